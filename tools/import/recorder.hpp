#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/journal.hpp"
#include "engine/tree_head.hpp"
#include "events/chronicle.hpp"
#include "tools/import/already_recorded.hpp"
#include "tools/import/dates_read.hpp"
#include "tools/import/new_names.hpp"
#include "tools/import/recorded_clock.hpp"
#include "tools/import/refusals.hpp"
#include "tools/import/row_blocks.hpp"
#include "tools/import/row_place.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/status_changes.hpp"

namespace solnoma {

/// What becomes of rows that have a problem.
enum class OnProblem {
  stop,       ///< the first one ends the import, and nothing is recorded
  set_aside,  ///< they are left out, the rest is recorded
  check,      ///< they are counted, and nothing is recorded
};

struct RecorderOptions {
  OnProblem on_problem = OnProblem::stop;
  /// So many events are recorded as soon as they are there; 0: all of them in the end, or nothing.
  std::size_t batch = 0;
  bool same_positions = false;  ///< each event must land where its input says it stood
  /// The log is to become the one that the input is an export of: each event at its position, with
  /// the instant at which it was recorded. Nothing is recorded where the heads differ that the
  /// input states, or these; one of them must be that of the end. `clock` is the journal's, and no
  /// other one's. Rows are lines with one event each, and come with what they are made of.
  struct Again {
    RecordedClock* clock;
    std::vector<TreeHead> heads = {};
  };
  std::optional<Again> as_recorded = {};
  Forks forks = Forks::refused;  ///< whether what is superseded may be superseded again
  Day latest;                    ///< nothing can be known after this day
  Day today;                     ///< that of the import itself
  /// Where rows go that are refused, as a file that can be imported when it is corrected.
  std::function<void(std::string_view)> rejects = {};
  std::function<void(std::size_t)> progress = {};  ///< called now and then with the rows read
  /// Called once, when events come of which each is tens of kilobytes.
  std::function<void()> large = {};
  /// Called before what was tried is taken over: much of what that needed is free by then.
  std::function<void()> tried = {};
  std::string recorded_by = {};  ///< in whose name, where the input is not as it was recorded
};

/// An input as an import names it.
struct ImportedInput {
  std::string name;                  ///< as it was given, for messages
  std::future<Event> imported = {};  ///< what tells of the import, but for its id and its counts;
                                     ///< not valid: nothing is to tell of it
};

/// What an import came to, or would.
struct ImportSummary {
  std::size_t rows = 0, refused_rows = 0;
  std::size_t events = 0;  ///< of the rows that were taken
  std::size_t recorded = 0, already = 0;
  std::map<std::string, std::size_t> types;  ///< of the events that were taken
  Problems problems;
  ReadNotes notes;
  std::vector<Slip> slips;
  std::string doubtful_dates;  ///< a line; empty: there are none
  std::vector<AlreadyRecorded::Retracted> retracted;
  std::vector<std::string> imports;             ///< the ids of the events that tell of it
  std::optional<TreeHead> head;                 ///< with as_recorded: what all heads agreed on
  std::optional<StatusChanges> status_changes;  ///< where it was a check
};

/// Takes in the rows of inputs and records them, all or nothing. As long as they fit into one batch
/// (kMostEvents, kMostBytes) they are a transaction, decided while the rows after them are read.
/// What is more goes to a trial of the log, which is taken over when all of it has been read and
/// found right: a million events at a time, and where that is interrupted, the same import
/// again records the rest. A check, and whatever sets rows aside, is made on a trial, too: what it
/// says is what recording does.
///
/// One thread. After an error the recorder is of no more use.
class Recorder {
 public:
  static constexpr std::size_t kMostEvents = 20'000;
  static constexpr std::size_t kMostBytes = 4 << 20;

  /// `log` outlives it. Errors: corrupt, io.
  [[nodiscard]] static Result<std::unique_ptr<Recorder>> to(Journal& log, RecorderOptions options);

  /// Takes in all rows of an input. Errors: what the reader cannot go on after; with
  /// OnProblem::stop the first problem, told with its place; corrupt, io.
  [[nodiscard]] Result<void> read(RowReader& reader, ImportedInput input);

  /// Records what was taken in. Errors: as above; conflict, and nothing is recorded, where others
  /// have recorded since a trial began.
  [[nodiscard]] Result<ImportSummary> finish();

  [[nodiscard]] std::size_t rows() const { return summary_.rows; }
  /// How many events are recorded already: with a batch size, also after an error.
  [[nodiscard]] std::size_t recorded() const { return committed_; }

 private:
  struct Input {
    std::string name;
    std::optional<Event> imported = {};
    std::size_t rows = 0;      // that were taken
    std::size_t recorded = 0;  // events of it that are new in the log
    Position first = {};       // of these
    std::string first_id = {};
  };
  struct Piece;

  Recorder(Journal& log, RecorderOptions options, std::uint32_t subjects);

  Result<void> take(RowBlock& block, const RowReader& reader);
  Result<void> stage(RowBlock& block);
  Result<void> try_block(const RowBlock& block, const RowReader& reader);
  Result<void> append_piece(const Piece& piece, const RowBlock& block);
  Result<Appended> append_as_recorded(const RowBlock& block, std::size_t first,
                                      std::span<const NewEvent> events);

  Result<void> begin();
  Result<void> begin_behind(const Log& log);
  Result<void> commit();
  Result<void> begin_trial();
  Result<void> append_imported(Input& input);
  Result<void> check_heads();
  Result<void> check_positions(std::span<const Position> positions,
                               std::span<const Position> expected, std::size_t first) const;

  void remember(std::span<const Event> events, std::span<const Position> positions,
                std::span<const RowPlace> places);
  [[nodiscard]] Event imported(const Input& input);
  Result<void> look_back(const Log& log);

  [[nodiscard]] std::unexpected<Error> located(Error error, const RowBlock& block) const;
  [[nodiscard]] Error named(Error error, const RowBlock& block, std::size_t event) const;
  [[nodiscard]] std::optional<RowPlace> place_of(const NewEvent& event) const;
  [[nodiscard]] std::string where(const RowPlace& place) const;
  [[nodiscard]] Journal& journal() const { return trial_ ? *trial_ : *log_; }

  RecorderOptions options_;
  Journal* log_;
  Position start_;
  std::uint32_t subjects_;  // of the log before
  std::unique_ptr<Journal> trial_;
  std::unique_ptr<Transaction> transaction_;
  std::vector<RowPlace> places_;  // of the transaction's events

  std::map<Position, TreeHead> heads_;  // that the log must have
  Instant last_recorded_ = Instant::min();

  std::vector<Input> inputs_;
  Refusals refusals_;
  ImportSummary summary_;
  std::size_t committed_ = 0;  // events of it that are recorded
  std::size_t counted_ = 0;    // events that were taken
  std::vector<bool> is_new_;   // of these, in order
  Position newest_;            // of what was recorded
  RecordedPlaces recorded_places_;
  AlreadyRecorded already_recorded_;
  NewNames names_;
  DoubtfulDates dates_;
};

}  // namespace solnoma
