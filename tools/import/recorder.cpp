#include "tools/import/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/import/new_subjects.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kBlock = 4096;  // events that are prepared together, where nothing is sooner

/// Takes "event N" from the front of where an error is, and gives N less one.
std::optional<std::size_t> take_event_number(Error& error) {
  constexpr std::string_view kEvent = "event ";
  if (!error.where.starts_with(kEvent)) return std::nullopt;
  std::size_t number = 0, i = kEvent.size();
  for (; i < error.where.size() && error.where[i] >= '0' && error.where[i] <= '9'; ++i)
    number = number * 10 + static_cast<std::size_t>(error.where[i] - '0');
  error.where.erase(0, error.where.substr(i).starts_with(", ") ? i + 2 : i);
  return number - 1;
}

/// Where events come to stand in an empty log, if they can be recorded at all.
Result<Appended> appended_to_nothing(std::span<const NewEvent> events) {
  Appended appended;
  std::map<std::pair<std::string_view, std::string_view>, Position> by_id;
  for (const NewEvent& event : events) {
    const auto [found, is_new] =
        by_id.try_emplace({event.id, event.source}, Position{appended.recorded + 1});
    appended.positions.push_back(found->second);
    ++(is_new ? appended.recorded : appended.already);
  }
  return appended;
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
      newest_(start_) {}

Result<void> Recorder::read(RowReader& reader, ImportedInput input) {
  inputs_.emplace_back().told = std::move(input);
  ImportRow row;
  for (;;) {
    auto more = reader.next(row);
    if (!more) {
      const std::string& name = inputs_.back().told.name;
      return at(row.line == 0 ? name : fmt::format("{}:{}", name, row.line), more.error());
    }
    if (!*more) break;
    if (auto ok = take(row, reader); !ok) return ok;
  }
  if (auto ok = take_block(reader); !ok) return ok;
  ReadNotes notes = reader.notes();
  for (const auto& [what, count] : notes.repaired) summary_.notes.repaired[what] += count;
  for (const auto& [what, count] : notes.left_out) summary_.notes.left_out[what] += count;
  for (std::string& remark : notes.remarks) summary_.notes.remarks.push_back(std::move(remark));
  Input& done = inputs_.back();
  if (done.told.imported && done.told.imported->occurred.empty())
    done.told.imported->occurred = reader.stated_date();
  return trial_ ? append_imported(done) : Result<void>{};
}

Result<void> Recorder::take(ImportRow& row, const RowReader& reader) {
  if (!row.inferred) ++summary_.rows;
  if (options_.progress && summary_.rows % 1000 == 0) options_.progress(summary_.rows);
  const auto input = static_cast<std::uint32_t>(inputs_.size() - 1);
  Row taken{{input, static_cast<std::uint32_t>(row.entry), row.line},
            row.events.size(),
            std::move(row.original)};
  for (const Exchanged& exchanged : row.events)
    if (auto ok = check(exchanged); !ok) row.problems.push_back(problem_of(ok.error()));
  if (!row.problems.empty()) return refuse(taken, row.problems, reader);
  if (!row.inferred) ++inputs_.back().rows;
  for (Exchanged& exchanged : row.events) {
    dates_.add(exchanged.event, [&] { return where(taken.place); });
    block_.push_back(std::move(exchanged.event));
    if (options_.same_positions) expected_.push_back(exchanged.position.value_or(Position{0}));
  }
  rows_.push_back(std::move(taken));
  const std::size_t enough = options_.batch == 0 ? kBlock : std::min(kBlock, options_.batch);
  return block_.size() < enough ? Result<void>{} : take_block(reader);
}

Result<void> Recorder::check(const Exchanged& exchanged) const {
  const Known known = known_of(exchanged.event);
  if (first_day(known) > options_.latest)
    return std::unexpected(after_today(known, options_.latest));
  if (options_.same_positions && !exchanged.position)
    return fail(Errc::invalid, "it does not say its position", "import it without --expect same");
  return {};
}

Result<void> Recorder::refuse(const Row& row, const std::vector<Problem>& problems,
                              const RowReader& reader) {
  const std::string place = where(row.place);
  if (!tolerant()) {
    const Problem& first = problems.front();
    return at(place, Error{Errc::invalid, text_of(first), first.field, first.remedy});
  }
  ++summary_.refused_rows;
  for (const Problem& problem : problems) summary_.problems.add(problem, place);
  if (options_.rejects) {
    if (summary_.refused_rows == 1) options_.rejects(reader.rejects_head());
    options_.rejects(reader.reject(row.original, problems, place));
  }
  return {};
}

Result<void> Recorder::take_block(const RowReader& reader) {
  auto prepared = PreparedEvents::of(block_, options_.forks);
  if (!prepared) {
    if (!tolerant()) return located(prepared.error(), {}, block_places());
    if (auto ok = leave_out_invalid(reader); !ok) return ok;
    prepared = PreparedEvents::of(block_, options_.forks);
    if (!prepared) return std::unexpected(prepared.error());
  }
  const bool too_much =
      spool_.events().size() + block_.size() > kMostEvents || spool_.bytes() > kMostBytes;
  if (tolerant() || (too_much && options_.batch == 0))
    if (auto ok = begin_trial(); !ok) return ok;
  if (trial_) {
    if (auto ok = try_block(*prepared, reader); !ok) return ok;
  } else {
    spool_.add(prepared->events());
    std::ranges::copy(block_places(), std::back_inserter(places_));
    std::ranges::copy(expected_, std::back_inserter(spool_expected_));
    count(block_);
  }
  block_.clear();
  rows_.clear();
  expected_.clear();
  inputs_.back().end = spool_.events().size();
  const bool due = options_.batch != 0 && (too_much || inputs_.back().end >= options_.batch);
  return due ? record_spool() : Result<void>{};
}

/// Each row by itself: those of which an event breaks a rule are refused.
Result<void> Recorder::leave_out_invalid(const RowReader& reader) {
  std::vector<Event> events;
  std::vector<Row> rows;
  std::vector<Position> expected;
  std::size_t next = 0;
  for (Row& row : rows_) {
    const std::span<const Event> own(block_.data() + next, row.events);
    std::vector<Problem> problems;
    for (const Event& event : own)
      if (auto prepared = PreparedEvents::of({&event, 1}, options_.forks); !prepared) {
        Error error = prepared.error();
        (void)take_event_number(error);
        problems.push_back(problem_of(std::move(error)));
      }
    if (problems.empty()) {
      std::ranges::copy(own, std::back_inserter(events));
      if (options_.same_positions)
        std::copy_n(expected_.begin() + static_cast<std::ptrdiff_t>(next), row.events,
                    std::back_inserter(expected));
    } else if (auto ok = refuse(row, problems, reader); !ok) {
      return ok;
    }
    next += row.events;
    if (problems.empty())
      rows.push_back(std::move(row));
    else
      --inputs_.back().rows;
  }
  block_ = std::move(events);
  rows_ = std::move(rows);
  expected_ = std::move(expected);
  return {};
}

/// Rows of the block that go to the trial together.
struct Recorder::Piece {
  std::size_t row = 0, rows = 0;      // from which one on, and how many
  std::size_t event = 0, events = 0;  // the same of their events
};

/// Appends the block to the trial: all of it, or where rows may be left out, without those that
/// cannot be recorded. What comes before such a row goes in first, then it is tried alone, and what
/// follows in pieces that grow as long as all goes well.
Result<void> Recorder::try_block(const PreparedEvents& prepared, const RowReader& reader) {
  std::size_t most = rows_.size();
  for (Piece piece; piece.row < rows_.size();) {
    piece.rows = std::min(most, rows_.size() - piece.row);
    piece.events = 0;
    for (std::size_t i = 0; i < piece.rows; ++i) piece.events += rows_[piece.row + i].events;
    auto ok = append_piece(piece, prepared);
    if (!ok) {
      Error error = ok.error();
      const auto number = take_event_number(error);
      if (!tolerant() || !number) return located(ok.error(), prepared.events(), block_places());
      if (piece.rows > 1) {
        most = std::max<std::size_t>(1, row_of(*number) - piece.row);
        continue;
      }
      if (auto refused = refuse(
              rows_[piece.row],
              {problem_of(named(std::move(error), prepared.events().subspan(*number, 1), {}))},
              reader);
          !refused)
        return refused;
      --inputs_.back().rows;
    }
    most = ok ? most * 2 : 1;
    piece = {piece.row + piece.rows, 0, piece.event + piece.events, 0};
  }
  return {};
}

/// Errors: `where` begins with "event N", of the block.
Result<void> Recorder::append_piece(const Piece& piece, const PreparedEvents& prepared) {
  const auto events = prepared.events().subspan(piece.event, piece.events);
  auto appended = trial_->append(events);
  if (!appended) {
    Error error = appended.error();
    const auto number = take_event_number(error);
    if (!number) return std::unexpected(error);
    return at(fmt::format("event {}", piece.event + *number + 1), error);
  }
  if (options_.same_positions)
    if (auto ok = check_positions(appended->positions, expected_, piece.event); !ok) return ok;
  count(std::span(block_).subspan(piece.event, piece.events));
  std::vector<RowPlace> places;
  for (std::size_t i = piece.row; i < piece.row + piece.rows; ++i)
    places.insert(places.end(), rows_[i].events, rows_[i].place);
  remember(events, appended->positions, places, inputs_.back());
  return {};
}

/// Which row of the block has an event.
std::size_t Recorder::row_of(std::size_t event) const {
  std::size_t row = 0;
  for (std::size_t end = rows_[0].events; end <= event; end += rows_[++row].events) {
  }
  return row;
}

std::vector<RowPlace> Recorder::block_places() const {
  std::vector<RowPlace> places;
  for (const Row& row : rows_) places.insert(places.end(), row.events, row.place);
  return places;
}

Result<void> Recorder::begin_trial() {
  if (trial_) return {};
  auto trial = log_->trial();
  if (!trial) return std::unexpected(trial.error());
  trial_ = std::move(*trial);
  return spill();
}

/// What waits goes to the trial, input by input.
Result<void> Recorder::spill() {
  std::size_t begin = 0;
  for (Input& input : inputs_) {
    const bool open = &input == &inputs_.back();
    const std::size_t end = open ? spool_.events().size() : input.end;
    const auto events = spool_.events().subspan(begin, end - begin);
    const auto places = std::span(places_).subspan(begin, end - begin);
    auto appended = trial_->append(events);
    if (!appended) return located(appended.error(), events, places);
    if (options_.same_positions)
      if (auto ok = check_positions(appended->positions, spool_expected_, begin); !ok)
        return located(ok.error(), spool_.events(), places_);
    remember(events, appended->positions, places, input);
    if (!open)
      if (auto ok = append_imported(input); !ok) return ok;
    begin = end;
  }
  spool_.clear();
  places_.clear();
  return {};
}

/// The events that tell of inputs, encoded.
class Recorder::Telling {
 public:
  /// Errors: those of PreparedEvents::of().
  Result<NewEvent> add(Event event) {
    events_.push_back(std::make_unique<Event>(std::move(event)));
    auto prepared = PreparedEvents::of({events_.back().get(), 1});
    if (!prepared) return std::unexpected(prepared.error());
    prepared_.push_back(std::move(*prepared));
    return prepared_.back().events().front();
  }

 private:
  std::vector<std::unique_ptr<Event>> events_;  // what is prepared views into these
  std::vector<PreparedEvents> prepared_;
};

/// To the trial, where the input has brought anything new.
Result<void> Recorder::append_imported(Input& input) {
  if (input.recorded == 0 || !input.told.imported) return {};
  const Event event = imported(input);
  auto appended = solnoma::append(*trial_, {&event, 1});
  if (!appended) return std::unexpected(appended.error());
  newest_ = appended->positions.front();
  return {};
}

/// In one batch, with what tells of each input behind its events.
Result<void> Recorder::record_spool() {
  const auto events = spool_.events();
  if (events.empty()) return {};
  const bool tells =
      std::ranges::any_of(inputs_, [](const Input& i) { return i.told.imported.has_value(); });
  // How many are new, and where: what tells of an input says it, and goes into the same batch.
  const bool first_tries = tells || options_.same_positions;
  auto appended = !first_tries             ? log_->append(events)
                  : newest_ == Position{0} ? appended_to_nothing(events)
                                           : log_->try_append(events);
  if (!appended) return located(appended.error(), events, places_);
  if (options_.same_positions)
    if (auto ok = check_positions(appended->positions, spool_expected_, 0); !ok)
      return located(ok.error(), events, places_);
  Telling telling;
  std::vector<NewEvent> batch;
  std::vector<RowPlace> batch_places;
  std::size_t begin = 0, ahead = 0;
  for (Input& input : inputs_) {
    const auto own = events.subspan(begin, input.end - begin);
    const auto positions = std::span(appended->positions).subspan(begin, own.size());
    for (Position& position : positions)
      if (position > start_) position = Position{position.value + ahead};
    remember(own, positions, std::span(places_).subspan(begin), input);
    if (first_tries) {
      batch.insert(batch.end(), own.begin(), own.end());
      const auto places = std::span(places_).subspan(begin, own.size());
      batch_places.insert(batch_places.end(), places.begin(), places.end());
    }
    begin = input.end;
    input.end = 0;
    if (input.recorded == 0 || !input.told.imported) continue;
    auto told = telling.add(imported(input));
    if (!told) return at(input.told.name, told.error());
    batch.push_back(*told);
    batch_places.push_back(places_.front());  // nothing is wrong with it
    newest_ = newest_.next();
    ++ahead;
  }
  if (appended->recorded > 0 && first_tries)
    if (auto recorded = log_->append(batch); !recorded)
      return located(recorded.error(), batch, batch_places);
  spool_.clear();
  places_.clear();
  spool_expected_.clear();
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
                      "import into an empty store, or without --expect same"});
  return {};
}

void Recorder::count(std::span<const Event> events) {
  for (const Event& event : events) {
    ++summary_.types[event.type];
    names_.add(event, counted_++);
  }
}

void Recorder::remember(std::span<const NewEvent> events, std::span<const Position> positions,
                        std::span<const RowPlace> places, Input& input) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Position position = positions[i];
    const bool is_new = position > newest_;
    if (position <= start_) already_recorded_.add(std::string(events[i].subject), position);
    if (is_new) {
      newest_ = position;
      recorded_places_.add(position, places[i]);
      if (input.recorded++ == 0) {
        input.first = position;
        input.first_id = events[i].id;
      }
    }
    ++(is_new ? summary_.recorded : summary_.already);
    is_new_.push_back(is_new);
  }
}

Event Recorder::imported(const Input& input) {
  Event event = *input.told.imported;
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
  return text_of(place, inputs_[place.input].told.name);
}

/// The log speaks of "event N": the user knows it by file and line.
std::unexpected<Error> Recorder::located(Error error, std::span<const NewEvent> events,
                                         std::span<const RowPlace> places) const {
  const auto number = take_event_number(error);
  if (!number) return std::unexpected(std::move(error));
  if (*number < events.size()) error = named(std::move(error), events.first(*number + 1), places);
  return at(where(places[*number]), std::move(error));
}

/// An id that stands twice is told with the place where it stands first. `events`: the last of them
/// is the one in question.
Error Recorder::named(Error error, std::span<const NewEvent> events,
                      std::span<const RowPlace> places) const {
  if (error.code != Errc::conflict) return error;
  const NewEvent& event = events.back();
  std::optional<RowPlace> first;
  for (std::size_t i = 0; i + 1 < events.size() && !first; ++i)
    if (events[i].id == event.id && events[i].source == event.source) first = places[i];
  if (!first)
    if (const auto position = journal().log().find(event.source, event.id); position && *position)
      first = recorded_places_.find(**position);
  if (first)
    error.what =
        fmt::format("the id '{}' stands twice, at {} with other content", event.id, where(*first));
  return error;
}

Result<ImportSummary> Recorder::finish() {
  const bool refused = summary_.refused_rows > 0 && options_.on_problem == OnProblem::stop;
  const bool records = options_.on_problem != OnProblem::check && !refused;
  if (!trial_) {
    if (auto ok = record_spool(); !ok) return std::unexpected(ok.error());
  } else if (records) {
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
