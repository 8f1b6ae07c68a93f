#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/frame.hpp"
#include "engine/index.hpp"
#include "engine/log.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// A block copied to where Cap'n Proto can read it in place.
class AlignedBlock {
 public:
  void assign(std::string_view bytes);
  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(words_.data()), size_};
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

/// The block that was read last, for reading single events: cheapest where one follows
/// another in it.
class LoadedBlock {
 public:
  /// The frame views into this object until the next call. Errors: corrupt, io.
  [[nodiscard]] Result<Frame> find(const Store& store, Position position);

 private:
  void use(std::string_view bytes, Position first);
  /// False where the block ends before the position.
  Result<bool> go_to(Position position);

  AlignedBlock block_;
  std::string_view rest_;  // what was not taken yet
  Position next_{0};       // of the first frame of `rest_`
  Frame frame_;            // the one before it
};

/// Numbers to names, read once. Names never change, so nothing is ever stale. Memory
/// grows with the names that were met, not with the events. Thread-safe.
class NameCache {
 public:
  /// What it returns lives as long as the cache. `told`: the name where the caller has it.
  [[nodiscard]] Result<std::string_view> get(const Store& store, char space, std::uint32_t number,
                                             std::string_view told = {});

 private:
  std::mutex mutex_;
  std::deque<std::string> subjects_, sources_;  // by number; empty: not met yet
};

struct Log::Impl {
  std::unique_ptr<Store> store;
  std::unique_ptr<Index> index;  // of the store
  Indexer indexer;
  Access access = Access::read;
  std::atomic<std::uint64_t> head{0};
  std::mutex mutex;  // with `moved`: guards waiting for the head
  std::condition_variable moved;
  mutable NameCache names;
  mutable std::mutex indexing;  // whoever brings the index up to the head

  /// Opens what both a reader and a journal need. Errors: those of Log::open().
  [[nodiscard]] static Result<std::unique_ptr<Impl>> open(const Disk& disk,
                                                          const std::string& directory,
                                                          Access access, Indexer indexer);

  /// Counts the events of the last block. Errors: corrupt, io.
  [[nodiscard]] Result<Position> find_head() const;
  void set_head(Position position);

  /// The index with all events up to the head in it: takes in those that it lacks.
  /// Errors: corrupt, io.
  [[nodiscard]] Result<const Index*> current_index() const;

  [[nodiscard]] Result<RecordedEvent> describe(const Frame& frame, Position position) const;

  /// The frames between `from` and the head, in order or against it, without gaps.
  /// Needs no derived data. Views live until `visit` returns; false stops.
  using FrameVisitor = std::function<Result<bool>(Position, const Frame&)>;
  [[nodiscard]] Result<void> scan(Position from, Direction direction,
                                  const FrameVisitor& visit) const;
};

}  // namespace solnoma
