#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "engine/event.hpp"
#include "engine/format/frame.hpp"
#include "engine/index/index.hpp"
#include "engine/log/name_cache.hpp"
#include "engine/proof/tree.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// A store that is open, with all that derives from its log: what reading, appending, rebuilding
/// and verifying work on. Const functions are thread-safe.
struct OpenLog {
  std::unique_ptr<Store> store;
  std::unique_ptr<Index> index;  // of the store
  std::unique_ptr<Tree> tree;    // of the same
  bool index_damaged = false;    // writers: the index must be derived again before it is used
  /// Readers: a rebuild was under way when it was opened, or the index could not be used. The log
  /// is read; what asks for more gets this error.
  std::optional<Error> underived;
  Indexer indexer;
  Access access = Access::read;
  mutable NameCache names;

  /// Errors: those of Log::open(), but where the index is damaged, or was made by another version,
  /// a writer gets an empty one.
  [[nodiscard]] static Result<std::unique_ptr<OpenLog>> open(const Disk& disk,
                                                             const std::string& directory,
                                                             Access access, Indexer indexer);

  /// Position of the newest event that may be read.
  [[nodiscard]] Position head() const { return Position{head_.load(std::memory_order_acquire)}; }
  void set_head(Position position);
  /// Returns once the head lies past `position`, or after `timeout`.
  void wait_past(Position position, std::chrono::milliseconds timeout) const;

  /// Readers: takes in what the writer has committed since. One thread. Errors: corrupt, io.
  [[nodiscard]] Result<Position> catch_up();

  /// Up to where the copy goes that has made this store and is not finished.
  [[nodiscard]] Result<std::optional<Position>> copying() const;

  /// Call it before anything that derives from the log is used, but for current_index(), which
  /// does. Errors: unavailable while that is being derived again.
  [[nodiscard]] Result<void> check_derived() const {
    if (underived) return std::unexpected(*underived);
    return {};
  }

  /// The index with all events up to the head in it: takes in those that it lacks.
  /// Errors: those of check_derived(); corrupt, io.
  [[nodiscard]] Result<const Index*> current_index() const;

  /// Writers: takes in what derives from the events after those taken in before. In memory.
  void add(std::span<const IndexEntry> entries, std::span<const Hash> leaves);
  /// Writers: moves what has come together in memory into the store. One thread at a time.
  /// Errors: damaged_index, corrupt, io.
  [[nodiscard]] Result<void> write_derived();

  /// An event of the log, with its names. Errors: damaged_index, io.
  [[nodiscard]] Result<RecordedEvent> describe(const Frame& frame, Position position) const;

 private:
  [[nodiscard]] Result<RecordedEvent> describe_known(const Frame& frame, Position position) const;
  /// Reads all names from the events that introduce them.
  [[nodiscard]] Result<void> meet_all_names() const;
  [[nodiscard]] Result<void> leaves(Position first, Position last,
                                    const std::function<void(const Hash&)>& visit) const;

  std::atomic<std::uint64_t> head_{0};
  mutable std::mutex mutex_;  // with `moved_`: guards waiting for the head
  mutable std::condition_variable moved_;
  mutable std::mutex indexing_;  // held by whoever brings the index up to the head
};

/// The same of names that are known.
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
          frame.payload,
          frame.recorded_by};
}

}  // namespace solnoma
