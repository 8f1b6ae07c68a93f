#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/disk.hpp"
#include "engine/event.hpp"
#include "engine/growing_head.hpp"
#include "engine/hash.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"

namespace solnoma {

struct OpenLog;
struct InclusionProof;

/// Which logs are opened: a copy that was interrupted is the beginning of a log, and may end
/// within a batch.
enum class Copies { whole, unfinished_too };

/// The append-only log, for reading. What needs the index may answer damaged_index where the
/// disk has lost it, and unavailable where Journal::rebuild() derived it at the opening. Reads
/// answer as of head() when they began: a batch is seen whole or not at all. Thread-safe, but
/// for catch_up() and wait_past(), which belong to one thread.
class Log {
 public:
  /// Opens a store for reading, beside at most one writer in any process.
  /// Errors: unavailable (missing, not permitted, an unfinished copy),
  /// unsupported, corrupt (also when the log has lost events that were acknowledged),
  /// damaged_index, io.
  [[nodiscard]] static Result<std::unique_ptr<Log>> open(const Disk& disk,
                                                         const std::string& directory,
                                                         Indexer indexer,
                                                         Copies copies = Copies::whole);
  /// For the engine's own rooms, as opened(): a log that is open already.
  explicit Log(std::shared_ptr<OpenLog> open);
  ~Log();

  /// Whether events of a subject are seen. Called by several threads.
  using Sight = std::function<bool(std::string_view subject)>;
  /// The same log, as it looks to who may see some subjects only: events, names and rows of others
  /// are not found, visited or counted, by any function here. What is of the log as a whole stays
  /// as it is: positions, heads, the numbers of subjects. Cost: a call of `sight` for each event,
  /// name or subject that comes by. Not to be used for what derives from the whole log.
  [[nodiscard]] std::unique_ptr<Log> seen_by(Sight sight) const;

  [[nodiscard]] OpenLog& opened() const { return *open_; }

  /// Position of the newest event; 0 when there is none.
  [[nodiscard]] Position head() const;

  /// Visits events from `from` (included) in log order or against it. Reads ahead;
  /// memory is one block (32 KiB, or one larger event). Errors: corrupt, io.
  [[nodiscard]] Result<void> read(Position from, Direction direction, const Visitor& visit) const;

  /// Visits these positions in the order given. Cheapest when neighbours are near.
  /// Precondition: each is between 1 and head(). Errors: corrupt, io.
  /// One that is not seen is passed over.
  [[nodiscard]] Result<void> read_at(std::span<const Position> positions,
                                     const Visitor& visit) const;

  /// The same for one subject, from revision `from`. Errors: not_found, corrupt, io.
  [[nodiscard]] Result<void> read_subject(std::string_view subject, Revision from,
                                          Direction direction, const Visitor& visit) const;

  /// Every recorded event with this id, oldest first: one per source at most.
  [[nodiscard]] Result<std::vector<Position>> find(std::string_view id) const;

  /// The position of `(source, id)`, if recorded.
  [[nodiscard]] Result<std::optional<Position>> find(std::string_view source,
                                                     std::string_view id) const;

  /// While a writer records the first event of a subject, its name may be found a moment
  /// before the event: it has no rows then.
  [[nodiscard]] Result<std::optional<SubjectNumber>> subject(std::string_view name) const;
  /// Errors: also not_found where it is not seen.
  [[nodiscard]] Result<std::string> subject_name(SubjectNumber number) const;

  /// A subject's newest revision; 0 when there is none. Errors: corrupt, io.
  [[nodiscard]] Result<Revision> revision(SubjectNumber number) const;

  /// Names beginning with `prefix`, in byte order, until `visit` returns false. As with
  /// subject(), the newest may have no rows yet.
  [[nodiscard]] Result<void> subjects(
      std::string_view prefix,
      const std::function<bool(std::string_view, SubjectNumber)>& visit) const;

  /// A subject's rows of the timeline index, oldest revision first. Costs a look-up in
  /// each segment of the index (at most 15 for each factor of 16 in events) and fetches
  /// no payload. Errors: corrupt, io.
  [[nodiscard]] Result<std::vector<Row>> rows(SubjectNumber subject) const;

  /// How many subjects have a number: 0 up to this, this one excluded. Errors: corrupt, io.
  [[nodiscard]] Result<std::uint32_t> subject_count() const;

  /// The rows of all subjects of `range` in one pass, in the order of subject numbers.
  /// The span lives until `visit` returns; returning false stops. Threads may share the
  /// work by ranges.
  [[nodiscard]] Result<void> all_rows(const std::function<bool(SubjectNumber, Rows)>& visit,
                                      SubjectRange range = {}) const;

  /// The newest position recorded at or before `instant`; 0 if none. O(log n) reads.
  [[nodiscard]] Result<Position> position_at(Instant instant) const;

  /// What commits to the events up to `at`: whoever has it can tell later whether one of
  /// them was changed. Hashes at most about 20,000 events. Precondition: at <= head().
  [[nodiscard]] Result<TreeHead> tree_head(Position at) const;

  /// The roots of `count` whole subtrees of 2^level events, from the one numbered `first` (from 0)
  /// on: of what a transparency log's tiles consist (https://c2sp.org/tlog-tiles). Hashes the
  /// events of those of less than 1,024. Precondition: (first + count) << level is at most head().
  [[nodiscard]] Result<std::vector<Hash>> tree_nodes(unsigned level, std::uint64_t first,
                                                     std::size_t count) const;

  /// What tells the heads of this log with further events. The same cost. Precondition: at <=
  /// head().
  [[nodiscard]] Result<GrowingHead> growing_head(Position at) const;

  /// Shows that the event `of` is in the log with tree_head(at). The same cost.
  /// Precondition: 1 <= of <= at <= head(). Errors: also not_found where it is not seen.
  [[nodiscard]] Result<InclusionProof> prove(Position of, Position at) const;

  /// Takes in what the writer has committed since. Errors: corrupt, io, unavailable (replaced).
  [[nodiscard]] Result<Position> catch_up();

  /// Returns once the head lies past `position`, or after `timeout`: the head then.
  /// In the writer's process at once; from another process within about 20 ms.
  [[nodiscard]] Result<Position> wait_past(Position position, std::chrono::milliseconds timeout);

 private:
  Log(std::shared_ptr<OpenLog> open, Sight sight);
  [[nodiscard]] bool sees(std::string_view subject) const { return !sight_ || sight_(subject); }
  [[nodiscard]] Result<bool> sees(SubjectNumber number) const;

  std::shared_ptr<OpenLog> open_;
  Sight sight_;  // none: all is seen
};

}  // namespace solnoma
