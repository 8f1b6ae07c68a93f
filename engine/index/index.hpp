#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/base/ski_rental.hpp"
#include "engine/format/index_entry.hpp"
#include "engine/format/segment.hpp"
#include "engine/index/subject_filters.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

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
  [[nodiscard]] Position in_segments() const;

  /// Takes in what follows covered(), in the order of the log. One thread at a time.
  void add(std::span<const IndexEntry> entries);

  /// How many segments write_segments() would fill.
  [[nodiscard]] std::size_t due_segments() const;

  /// Looks whether every segment that should stand has a first page of rows and of ids.
  /// Errors: damaged_index, io.
  [[nodiscard]] Result<void> check_segments() const;

  /// Writers: moves what fills a segment into one. One thread at a time, beside anything
  /// but reset(). Errors: damaged_index, io; the index then stays as it was.
  [[nodiscard]] Result<void> write_segments(Store& store);

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

  /// Visits all ids, segment by segment, then those that no segment holds yet.
  [[nodiscard]] Result<void> all_ids(const std::function<void(const IdEntry&)>& visit) const;

  /// Visits the positions of each hash that several events have, in ascending order: most of these
  /// have the same id.
  [[nodiscard]] Result<void> ids_of_several(
      const std::function<Result<void>(std::span<const Position>)>& visit) const;

  /// The segments as they stand at one moment, with a cursor over their pages of rows or ids
  /// that sees these.
  struct Segments {
    std::vector<Segment> all;  ///< oldest first
    Store::Cursor cursor;
  };
  [[nodiscard]] Segments segments(Family family, bool scan = false) const;

  /// The events that no segment holds yet, and where they begin, at one moment.
  struct Rest {
    Position after;
    std::vector<IndexEntry> entries;
  };
  [[nodiscard]] Rest rest() const;

 private:
  Index(const Store& store, const Layout& layout) : store_(store), layout_(layout) {}
  Result<void> read_indexed();
  void drop_oldest(std::uint64_t count);                              // of rest_
  std::vector<std::uint32_t> places_of(SubjectNumber subject) const;  // in rest_

  const Store& store_;
  const Layout layout_;
  mutable SubjectFilters filters_;

  // Guards what follows. A cursor that is made under it sees the segments that stand.
  mutable std::mutex mutex_;
  std::vector<Segment> segments_;
  Position indexed_{0};  // segments hold the events up to here
  // True after reset(): the families are empty, so a large segment may be written at once.
  // Otherwise a crash may have left pages of small segments, which only a merge removes.
  bool afresh_ = false;
  std::vector<IndexEntry> rest_;  // the events after indexed_
  mutable SkiRental scans_of_rest_;
  mutable bool placed_by_subject_ = false;  // the table below is kept
  mutable std::unordered_map<SubjectNumber, std::vector<std::uint32_t>> places_;  // in rest_
  mutable std::size_t placed_ = 0;  // how much of rest_ is in places_
};

}  // namespace solnoma
