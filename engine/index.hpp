#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/id_table.hpp"
#include "engine/index_entry.hpp"
#include "engine/log.hpp"
#include "engine/segment.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// Finds events by subject and by id. Older events stand in segments on disk, the rest
/// (fewer than one segment holds) in memory: appending writes nothing of an index but when
/// a segment is full, and opening reads nothing but the rest of the log.
///
/// Answers hold no event after `head`. Thread-safe, but for what says otherwise.
class Index {
 public:
  /// `store` outlives it. Errors: damaged_index, io.
  [[nodiscard]] static Result<std::unique_ptr<Index>> open(const Store& store);
  /// One that holds nothing, whatever the store says.
  [[nodiscard]] static std::unique_ptr<Index> empty(const Store& store);

  /// The events up to here are in it.
  [[nodiscard]] Position covered() const;
  /// And up to here in segments.
  [[nodiscard]] Position settled() const;

  /// Takes in what follows covered(), in the order of the log. One thread at a time.
  void add(std::span<const IndexEntry> entries);

  /// How many segments settle() would fill.
  [[nodiscard]] std::size_t unsettled() const;

  /// Looks whether every segment that should stand has a first page of rows and of ids.
  /// Errors: damaged_index, io.
  [[nodiscard]] Result<void> check_segments() const;

  /// Writers: moves what fills a segment into one. One thread at a time, beside anything
  /// but reset(). Errors: damaged_index, io; the index then stays as it was.
  [[nodiscard]] Result<void> settle(Store& store);

  /// Readers: catches up with the store, and with what the writer has put into segments.
  [[nodiscard]] Result<void> catch_up(Store& store);

  /// Writers: begins anew, with nothing covered, and puts that into the batch.
  void reset(Store::Batch& batch);

  /// A subject's rows, oldest revision first. Errors of all: damaged_index, io.
  [[nodiscard]] Result<std::vector<Row>> rows(SubjectNumber subject, Position head) const;
  /// 0 when it has none.
  [[nodiscard]] Result<Revision> revision(SubjectNumber subject, Position head) const;
  [[nodiscard]] Result<void> all_rows(SubjectRange range, Position head,
                                      const std::function<bool(SubjectNumber, Rows)>& visit) const;

  /// Where events with such an id may be, in ascending order: look whether they have it.
  [[nodiscard]] Result<std::vector<Position>> find(IdHash id, Position head) const;

  /// Writers: the newest revision of all, 0 when there is none. What was not looked for
  /// before costs a look into each segment; a segment that was looked into often enough is
  /// read into memory instead (ski rental, as below). One thread at a time.
  [[nodiscard]] Result<Revision> newest_revision(SubjectNumber subject);
  /// Forgets what that keeps in memory: the caller has not kept what it appended since.
  void forget_revisions();

  /// Says that so many look-ups of ids are to come. When those of this object have cost as
  /// much as reading all ids into memory would, it does that (the ski rental rule: never
  /// more than twice the cheaper of the two). Writers; one thread at a time.
  [[nodiscard]] Result<void> expect_finds(std::size_t count);
  /// Begins to fetch what find() needs, where it is in memory.
  void prefetch(IdHash id) const { table_.prefetch(id); }

  /// Visits all ids, segment by segment, then those that no segment holds yet.
  [[nodiscard]] Result<void> all_ids(const std::function<void(const IdEntry&)>& visit) const;

 private:
  Index(const Store& store, const Layout& layout) : store_(store), layout_(layout) {}
  Result<void> read_indexed();
  void drop_oldest(std::uint64_t count);                              // of rest_
  std::vector<std::uint32_t> places_of(SubjectNumber subject) const;  // in rest_

  const Store& store_;
  const Layout layout_;

  // Guards what follows. A cursor that is made under it sees the segments that stand.
  mutable std::mutex mutex_;
  std::vector<Segment> segments_;
  Position indexed_{0};  // segments hold the events up to here
  // Since reset() no other has written pages: a crash has left none of smaller segments, which
  // merging takes away, and so a larger one may be made at once.
  bool afresh_ = false;
  std::vector<IndexEntry> rest_;  // and this those after it
  /// So many looks through all of rest_ cost about what making places_ does.
  static constexpr int kLooks = 64;
  mutable int looks_at_rest_ = 0;
  mutable std::unordered_map<SubjectNumber, std::vector<std::uint32_t>> places_;  // in rest_
  mutable std::size_t placed_ = 0;  // how much of rest_ is in places_

  // For newest_revision(), whose thread alone uses it: the newest revisions after
  // `heads_from_` as they were when it was first asked, and how often each older segment
  // was looked into.
  bool heads_kept_ = false;
  std::unordered_map<SubjectNumber, Revision> heads_;
  Position heads_from_{0};
  std::unordered_map<Position, std::uint64_t> looks_;  // by a segment's first

  bool table_kept_ = false;  // of who has told expect_finds()
  IdTable table_;            // the ids of all events after `table_from_`
  Position table_from_{0};
  std::size_t finds_ = 0;  // that were told to expect_finds()
};

}  // namespace solnoma
