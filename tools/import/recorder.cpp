#include "tools/import/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/growing_head.hpp"
#include "tools/import/event_number.hpp"
#include "tools/import/new_subjects.hpp"

namespace solnoma {
namespace {

Error two_heads(const TreeHead& one, const TreeHead& other) {
  return {Errc::conflict,
          fmt::format("two heads are given for one position: {} and {}", to_string(one),
                      to_string(other)),
          {},
          "look where each comes from"};
}

Error recorded_too_early(Instant instant, Instant last) {
  return {Errc::invalid,
          fmt::format("it was recorded at {}, before the event before it, at {}",
                      to_string(instant), to_string(last)),
          {},
          "take the export as it was written"};
}

/// `same`: up to there all heads agreed.
Error not_as_recorded(Position same, const TreeHead& head, const TreeHead& stated) {
  const Position first = same.next();
  return {
      Errc::conflict,
      fmt::format("{} not as recorded: the head there is {}, it would become {}",
                  first == stated.position ? fmt::format("the event at position {} is", first.value)
                                           : fmt::format("an event at the positions {} to {} is",
                                                         first.value, stated.position.value),
                  to_string(stated), to_string(head)),
      {},
      "export the log anew, or restore it from a backup; without --as-recorded its events are "
      "recorded as new ones"};
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::to(Journal& log, RecorderOptions options) {
  auto subjects = log.log().subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  return std::unique_ptr<Recorder>(new Recorder(log, std::move(options), *subjects));
}

Recorder::Recorder(Journal& log, RecorderOptions options, std::uint32_t subjects)
    : options_(std::move(options)),
      log_(&log),
      start_(log.log().head()),
      subjects_(subjects),
      refusals_(options_.on_problem == OnProblem::stop, options_.rejects),
      newest_(start_) {
  if (options_.as_recorded)
    for (const TreeHead& head : options_.as_recorded->heads) heads_.emplace(head.position, head);
}

Result<void> Recorder::read(RowReader& reader, ImportedInput input) {
  const auto number = static_cast<std::uint32_t>(inputs_.size());
  inputs_.push_back({.name = std::move(input.name)});
  Input& own = inputs_.back();
  RowBlockOptions how{.same_positions = options_.same_positions,
                      .as_recorded = options_.as_recorded.has_value(),
                      .ahead = options_.batch == 0,
                      .forks = options_.forks,
                      .latest = options_.latest};
  if (options_.batch != 0) how.events = std::min(how.events, options_.batch);
  RowBlocks blocks(reader, how, number, own.name, refusals_, dates_);
  while (auto block = blocks.next()) {
    if (!*block) return std::unexpected(block->error());
    summary_.rows += (*block)->read;
    for (const RowBlock::Row& row : (*block)->rows) own.rows += row.inferred ? 0 : 1;
    if (auto ok = take(**block, reader); !ok) return ok;
    if (options_.progress) options_.progress(summary_.rows);
  }
  ReadNotes notes = reader.notes();
  for (const auto& [what, count] : notes.repaired) summary_.notes.repaired[what] += count;
  for (const auto& [what, count] : notes.left_out) summary_.notes.left_out[what] += count;
  for (std::string& remark : notes.remarks) summary_.notes.remarks.push_back(std::move(remark));
  if (input.imported.valid()) own.imported = input.imported.get();
  if (own.imported && own.imported->occurred.empty()) own.imported->occurred = reader.stated_date();
  return append_imported(own);
}

Result<void> Recorder::take(RowBlock& block, const RowReader& reader) {
  if (!trial_) {
    if (auto ok = begin(); !ok) return ok;
    const bool too_much = transaction_->size() + block.events.size() > kMostEvents ||
                          transaction_->bytes() > kMostBytes;
    if (!refusals_.first_ends() || (too_much && options_.batch == 0) || options_.as_recorded)
      if (auto ok = begin_trial(); !ok) return ok;
  }
  for (NewEvent& event : block.prepared.events()) event.recorded_by = options_.recorded_by;
  constexpr std::size_t kLarge = 32 << 10;
  if (options_.large && block.prepared.bytes() > kLarge * block.events.size())
    std::exchange(options_.large, {})();
  for (const AsRecorded& as : block.as_recorded) {
    if (!as.head) continue;
    const auto [there, is_new] = heads_.emplace(as.head->position, *as.head);
    if (there->second != *as.head) return std::unexpected(two_heads(there->second, *as.head));
  }
  if (trial_) return try_block(block, reader);
  if (auto ok = stage(block); !ok) return ok;
  const bool due = options_.batch != 0 &&
                   (transaction_->size() >= options_.batch || transaction_->bytes() > kMostBytes);
  return due ? commit() : Result<void>{};
}

Result<void> Recorder::begin() {
  if (transaction_) return {};
  auto begun = log_->begin();
  if (!begun) return std::unexpected(begun.error());
  transaction_ = std::move(*begun);
  return begin_behind(log_->log());
}

/// What others have recorded up to now is not of this import.
Result<void> Recorder::begin_behind(const Log& log) {
  newest_ = std::max(newest_, log.head());
  if (counted_ > 0) return {};
  start_ = log.head();
  auto subjects = log.subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  subjects_ = *subjects;
  return {};
}

Result<void> Recorder::commit() {
  if (!transaction_) return {};
  if (auto ok = transaction_->commit(); !ok) return ok;
  transaction_.reset();
  places_.clear();
  committed_ = summary_.recorded;
  return {};
}

Result<void> Recorder::stage(RowBlock& block) {
  auto appended = transaction_->append(std::move(block.prepared));
  if (!appended) return located(appended.error(), block);
  if (options_.same_positions)
    if (auto ok = check_positions(appended->positions, block.expected, 0); !ok) {
      Error error = ok.error();
      const auto number = take_event_number(error);
      return at(where(block.rows[block.row_of(*number)].place), error);
    }
  const std::vector<RowPlace> places = block.places();
  places_.insert(places_.end(), places.begin(), places.end());
  remember(block.events, appended->positions, places);
  return {};
}

/// Rows of a block that go to the trial together.
struct Recorder::Piece {
  std::size_t row = 0, rows = 0;      // from which one on, and how many
  std::size_t event = 0, events = 0;  // the same of their events
};

/// Appends the block to the trial: all of it, or where rows may be left out, without those that
/// cannot be recorded. What comes before such a row goes in first, then it is tried alone, and what
/// follows in pieces that grow as long as all goes well.
Result<void> Recorder::try_block(const RowBlock& block, const RowReader& reader) {
  std::size_t most = block.rows.size();
  for (Piece piece; piece.row < block.rows.size();) {
    piece.rows = std::min(most, block.rows.size() - piece.row);
    piece.events = 0;
    for (std::size_t i = 0; i < piece.rows; ++i) piece.events += block.rows[piece.row + i].events;
    auto ok = append_piece(piece, block);
    if (!ok) {
      Error error = ok.error();
      const auto number = take_event_number(error);
      if (refusals_.first_ends() || !number) return located(ok.error(), block);
      if (piece.rows > 1) {
        most = std::max<std::size_t>(1, block.row_of(*number) - piece.row);
        continue;
      }
      const RowBlock::Row& row = block.rows[piece.row];
      const Problem problem = problem_of(named(std::move(error), block, *number));
      if (auto refused = refusals_.add(where(row.place), row.original, {problem}, reader); !refused)
        return refused;
      if (!row.inferred) --inputs_.back().rows;
    }
    most = ok ? most * 2 : 1;
    piece = {piece.row + piece.rows, 0, piece.event + piece.events, 0};
  }
  return {};
}

/// Errors: `where` begins with "event N", of the block.
Result<void> Recorder::append_piece(const Piece& piece, const RowBlock& block) {
  const auto events = block.prepared.events().subspan(piece.event, piece.events);
  auto appended = options_.as_recorded ? append_as_recorded(block, piece.event, events)
                                       : trial_->append(events);
  if (!appended) {
    Error error = appended.error();
    const auto number = take_event_number(error);
    if (!number) return std::unexpected(error);
    return at(fmt::format("event {}", piece.event + *number + 1), error);
  }
  if (options_.same_positions || options_.as_recorded)
    if (auto ok = check_positions(appended->positions, block.expected, piece.event); !ok) return ok;
  std::vector<RowPlace> places;
  for (std::size_t i = piece.row; i < piece.row + piece.rows; ++i)
    places.insert(places.end(), block.rows[i].events, block.rows[i].place);
  remember(std::span(block.events).subspan(piece.event, piece.events), appended->positions, places);
  return {};
}

/// What was recorded at one instant goes in together, each for who recorded it there. Errors:
/// `where` begins with "event N", of these.
Result<Appended> Recorder::append_as_recorded(const RowBlock& block, std::size_t first,
                                              std::span<const NewEvent> events) {
  Appended all;
  for (std::size_t i = 0; i < events.size();) {
    const Instant instant = block.as_recorded[first + i].recorded;
    if (instant < last_recorded_)
      return at(fmt::format("event {}", i + 1), recorded_too_early(instant, last_recorded_));
    std::size_t end = i + 1;
    while (end < events.size() && block.as_recorded[first + end].recorded == instant) ++end;
    options_.as_recorded->clock->set(last_recorded_ = instant);
    const auto at_once = events.subspan(i, end - i);
    std::vector<NewEvent> together(at_once.begin(), at_once.end());
    for (std::size_t k = i; k < end; ++k)
      together[k - i].recorded_by = block.as_recorded[first + k].recorded_by;
    auto appended = trial_->append(together);
    if (!appended) {
      Error error = appended.error();
      const auto number = take_event_number(error);
      if (!number) return std::unexpected(std::move(error));
      return at(fmt::format("event {}", i + *number + 1), std::move(error));
    }
    all.recorded += appended->recorded;
    all.already += appended->already;
    std::ranges::move(appended->positions, std::back_inserter(all.positions));
    i = end;
  }
  return all;
}

/// What is staged goes to the trial.
Result<void> Recorder::begin_trial() {
  transaction_->roll_back();
  auto trial = log_->trial();
  if (!trial) return std::unexpected(trial.error());
  trial_ = std::move(*trial);
  if (transaction_->size() > 0 && trial_->log().head() != start_)
    return fail(Errc::conflict,
                "others have recorded while this was read, and nothing of it was recorded",
                Advice::look_again);
  if (auto ok = begin_behind(trial_->log()); !ok) return ok;
  for (const OwnedEvents& piece : transaction_->pieces())
    if (auto appended = trial_->append(piece.events()); !appended)
      return std::unexpected(appended.error());  // not of an event: each was decided before
  transaction_.reset();
  places_.clear();
  return {};
}

/// Behind the events of the input, where it has brought anything new.
Result<void> Recorder::append_imported(Input& input) {
  if (input.recorded == 0 || !input.imported) return {};
  const Event event = imported(input);
  auto prepared = prepare({&event, 1});
  if (!prepared) return at(input.name, prepared.error());
  prepared->events().front().recorded_by = options_.recorded_by;
  if (!trial_)
    if (auto ok = begin(); !ok) return ok;
  auto appended =
      trial_ ? trial_->append(prepared->events()) : transaction_->append(prepared->events());
  if (!appended) return std::unexpected(appended.error());
  places_.emplace_back();  // nothing is wrong with it
  newest_ = appended->positions.front();
  return {};
}

/// Errors: `where` is "event N".
Result<void> Recorder::check_positions(std::span<const Position> positions,
                                       std::span<const Position> expected,
                                       std::size_t first) const {
  for (std::size_t i = 0; i < positions.size(); ++i)
    if (positions[i] != expected[first + i])
      return at(fmt::format("event {}", first + i + 1),
                Error{Errc::conflict,
                      fmt::format("the event would stand at position {}, not {}",
                                  positions[i].value, expected[first + i].value),
                      {},
                      options_.as_recorded
                          ? "import all of the log, as it was exported, into an empty store"
                          : "import into an empty store, or without --expect same"});
  return {};
}

/// What was made of the input against the heads that it states: they commit to all of it.
Result<void> Recorder::check_heads() {
  const Log& log = journal().log();
  if (heads_.empty() || heads_.rbegin()->first < log.head())
    return fail(Errc::invalid,
                fmt::format("no head commits to its end, at position {}", log.head().value),
                "take all of a file that 'solnoma export' wrote, or give the head that is known as "
                "--head HASH@POSITION");
  if (heads_.rbegin()->first > log.head())
    return fail(Errc::conflict,
                fmt::format("it ends at position {}, before the head {}", log.head().value,
                            to_string(heads_.rbegin()->second)),
                "take all of the export");
  GrowingHead growing;
  Position same{0};
  std::optional<Error> differs;
  auto read = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    growing.add(event);
    const auto stated = heads_.find(event.position);
    if (stated == heads_.end()) return true;
    if (const TreeHead head = growing.head(); head != stated->second)
      differs = not_as_recorded(same, head, stated->second);
    same = event.position;
    return !differs;
  });
  if (differs) return std::unexpected(*differs);
  if (!read) return read;
  summary_.head = growing.head();
  return {};
}

void Recorder::remember(std::span<const Event> events, std::span<const Position> positions,
                        std::span<const RowPlace> places) {
  Input& input = inputs_.back();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    const Position position = positions[i];
    const bool is_new = position > newest_;
    ++summary_.types[event.type];
    names_.add(event, counted_++);
    if (position <= start_) already_recorded_.add(event.subject, position);
    if (is_new) {
      newest_ = position;
      recorded_places_.add(position, places[i]);
      if (input.recorded++ == 0) {
        input.first = position;
        input.first_id = event.id;
      }
    }
    ++(is_new ? summary_.recorded : summary_.already);
    is_new_.push_back(is_new);
  }
}

Event Recorder::imported(const Input& input) {
  Event event = *input.imported;
  ImportRecord& record = *event.import_record;
  record.rows = input.rows;
  record.events = input.recorded;
  record.first = input.first_id;
  event.title = record.file;
  event.note =
      fmt::format("{} rows, {} events, SHA-256 {}", record.rows, record.events, record.sha256);
  event.id = fmt::format("import-{}-{}", record.sha256.substr(0, 12), input.first.value);
  summary_.imports.push_back(event.id);
  return event;
}

std::string Recorder::where(const RowPlace& place) const {
  return text_of(place, inputs_[place.input].name);
}

/// The log speaks of "event N": the user knows it by file and line.
std::unexpected<Error> Recorder::located(Error error, const RowBlock& block) const {
  const auto number = take_event_number(error);
  if (!number) return std::unexpected(std::move(error));
  return at(where(block.rows[block.row_of(*number)].place),
            named(std::move(error), block, *number));
}

/// An id that stands twice is told with the place where it stands first.
Error Recorder::named(Error error, const RowBlock& block, std::size_t number) const {
  if (error.code != Errc::conflict) return error;
  const auto events = block.prepared.events();
  const NewEvent& event = events[number];
  std::optional<RowPlace> first;
  for (std::size_t i = 0; i < number && !first; ++i)
    if (events[i].id == event.id && events[i].source == event.source)
      first = block.rows[block.row_of(i)].place;
  if (!first) first = place_of(event);
  if (first)
    error.what =
        fmt::format("the id '{}' stands twice, at {} with other content", event.id, where(*first));
  return error;
}

/// Where the inputs have an event of that id before the block at hand, if they do.
std::optional<RowPlace> Recorder::place_of(const NewEvent& event) const {
  if (transaction_) {
    std::size_t i = 0;
    for (const auto& piece : transaction_->pieces()) {
      if (i == places_.size()) break;  // that is the block at hand
      for (const NewEvent& each : piece.events()) {
        if (each.id == event.id && each.source == event.source) return places_[i];
        ++i;
      }
    }
  }
  const auto position = journal().log().find(event.source, event.id);
  if (!position || !*position) return std::nullopt;
  return recorded_places_.find(**position);
}

Result<ImportSummary> Recorder::finish() {
  summary_.refused_rows = refusals_.rows();
  summary_.problems = refusals_.problems();
  const bool refused = summary_.refused_rows > 0 && options_.on_problem == OnProblem::stop;
  const bool records = options_.on_problem != OnProblem::check && !refused;
  if (options_.as_recorded && summary_.refused_rows == 0)
    if (auto ok = check_heads(); !ok) return std::unexpected(ok.error());
  if (!trial_) {
    if (auto ok = commit(); !ok) return std::unexpected(ok.error());
  } else if (records && summary_.recorded > 0) {
    if (options_.tried) options_.tried();
    if (auto taken = log_->take(*trial_); !taken) return std::unexpected(taken.error());
  }
  const Log& log = records ? log_->log() : journal().log();
  if (auto ok = look_back(log); !ok) return std::unexpected(ok.error());
  if (!records) {
    auto changes = status_changes(log, start_, options_.today);
    if (!changes) return std::unexpected(changes.error());
    summary_.status_changes = std::move(*changes);
  }
  return std::move(summary_);
}

/// What whoever imports should look at.
Result<void> Recorder::look_back(const Log& log) {
  auto subjects = log.subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  if (*subjects > subjects_) {
    auto found = slips_of_subjects(log, subjects_);
    if (!found) return std::unexpected(found.error());
    summary_.slips = std::move(*found);
  }
  auto slips = names_.slips(log, start_, [&](std::size_t event) { return is_new_[event]; });
  if (!slips) return std::unexpected(slips.error());
  std::ranges::move(*slips, std::back_inserter(summary_.slips));
  summary_.doubtful_dates = dates_.line();
  auto retracted = already_recorded_.retracted(log, start_);
  if (!retracted) return std::unexpected(retracted.error());
  summary_.retracted = std::move(*retracted);
  return {};
}

}  // namespace solnoma
