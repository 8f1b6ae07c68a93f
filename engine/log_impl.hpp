#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/block.hpp"
#include "engine/frame.hpp"
#include "engine/index.hpp"
#include "engine/log.hpp"
#include "engine/name_cache.hpp"
#include "engine/store.hpp"
#include "engine/tree.hpp"

namespace solnoma {

/// An event of the log, with its names.
[[nodiscard]] inline RecordedEvent event_of(const Frame& frame, Position position,
                                            std::string_view subject, std::string_view source) {
  return {position,
          Revision{frame.revision},
          Instant{std::chrono::microseconds{frame.recorded_us}},
          SubjectNumber{frame.subject},
          subject,
          source,
          frame.id,
          Revision{frame.supersedes},
          frame.payload};
}

/// The frames of a block, or some of them.
using Frames = std::vector<std::pair<Position, Frame>>;

struct Log::Impl {
  std::unique_ptr<Store> store;
  std::unique_ptr<Index> index;  // of the store
  std::unique_ptr<Tree> tree;    // of the same
  bool index_damaged = false;    // writers: what the store holds of an index is of no use
  Indexer indexer;
  Access access = Access::read;
  std::atomic<std::uint64_t> head{0};
  std::mutex mutex;  // with `moved`: guards waiting for the head
  std::condition_variable moved;
  mutable NameCache names;
  mutable std::mutex indexing;  // whoever brings the index up to the head

  /// Opens what both a reader and a journal need. Errors: those of Log::open(), but where the
  /// index is damaged, a writer gets an empty one.
  [[nodiscard]] static Result<std::unique_ptr<Impl>> open(const Disk& disk,
                                                          const std::string& directory,
                                                          Access access, Indexer indexer);

  void set_head(Position position);
  /// Up to where the copy goes that has made this store and is not finished.
  [[nodiscard]] Result<std::optional<Position>> copying() const;

  /// The index with all events up to the head in it: takes in those that it lacks.
  /// Errors: corrupt, io.
  [[nodiscard]] Result<const Index*> current_index() const;

  /// See Tree::Leaves.
  [[nodiscard]] Result<void> leaves(Position first, Position last,
                                    const std::function<void(const Hash&)>& visit) const;

  /// Writers: moves what has come together in memory into the store. One thread at a time.
  /// Errors: damaged_index, corrupt, io.
  [[nodiscard]] Result<void> settle();

  [[nodiscard]] Result<RecordedEvent> describe(const Frame& frame, Position position) const;

  /// The frames between `from` and the head, in order or against it, without gaps.
  /// Needs no derived data. Views live until `visit` returns; false stops.
  using FrameVisitor = std::function<Result<bool>(Position, const Frame&)>;
  [[nodiscard]] Result<void> scan(Position from, Direction direction,
                                  const FrameVisitor& visit) const;
  /// The same block by block. The frames view into the block; a visitor may keep both.
  using BlockVisitor = std::function<Result<bool>(AlignedBlock&, Frames&)>;
  [[nodiscard]] Result<void> scan_blocks(Position from, Direction direction,
                                         const BlockVisitor& visit) const;
};

}  // namespace solnoma
