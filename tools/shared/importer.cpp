#include "tools/shared/importer.hpp"

#include <fmt/format.h>

#include "tools/shared/event.hpp"
#include "tools/shared/new_subjects.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kShown = 5;  // of what is counted

/// "3 names look like slips of known ones: park/bukahra (park/bukhara), …"
std::string slip_line(const std::vector<Slip>& slips) {
  std::string line = slips.size() == 1
                         ? "1 name looks like a slip of a known one: "
                         : fmt::format("{} names look like slips of known ones: ", slips.size());
  for (std::size_t i = 0; i < std::min(slips.size(), kShown); ++i)
    line += fmt::format("{}{} {} ({})", i == 0 ? "" : ", ", slips[i].what, slips[i].typed,
                        slips[i].known);
  return slips.size() > kShown ? line + ", …" : line;
}

void tell_retracted(const std::vector<AlreadyRecorded::Retracted>& retracted,
                    std::vector<std::string>& lines) {
  if (retracted.empty()) return;
  lines.push_back(retracted.size() == 1
                      ? "1 of those recorded already is retracted, and stays so:"
                      : fmt::format("{} of those recorded already are retracted, and stay so:",
                                    retracted.size()));
  for (std::size_t i = 0; i < std::min(retracted.size(), kShown); ++i)
    lines.push_back(fmt::format("  '{}' by '{}', at position {}", retracted[i].id, retracted[i].by,
                                retracted[i].at.value));
  if (retracted.size() > kShown) lines.emplace_back("  …");
  lines.push_back(
      fmt::format("To bring one back, retract what retracts it: solnoma retract {} "
                  "--reason 'why it counts after all'",
                  retracted.front().by));
}

}  // namespace

Result<Importer> Importer::to(Appender& log, const ImporterOptions& options, bool progress) {
  auto subjects = log.log().subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  return Importer(log, options, *subjects, progress);
}

Importer::Importer(Appender& log, const ImporterOptions& options, std::uint32_t subjects,
                   bool progress)
    : options_(options),
      log_(&log),
      start_(log.log().head()),
      subjects_(subjects),
      progress_(progress, "events read:") {}

Outcome Importer::take(Exchanged&& exchanged, const InputPlace& place) {
  if (options_.same_positions && !exchanged.position)
    return refuse(at(
        place.text(),
        Error{
            Errc::invalid, "it does not say its position", {}, "import it without --expect same"}));
  if (first_day(known_of(exchanged.event)) > options_.latest)
    return refuse(at(place.text(), after_today(known_of(exchanged.event), options_.latest)));
  dates_.add(exchanged.event, place);
  events_.push_back(std::move(exchanged.event));
  expected_.push_back(exchanged.position.value_or(Position{0}));
  places_.push_back(place);
  if (++read_ % 1000 == 0) progress_.at(read_);
  return events_.size() < options_.batch ? Outcome{} : flush();
}

Outcome Importer::flush() {
  if (events_.empty()) return {};
  auto prepared = PreparedEvents::of(events_, options_.forks);
  if (!prepared) return refuse(located(prepared.error()));
  if (auto ok = check_positions(*prepared); !ok) return ok;
  auto appended = log_->append(prepared->events());
  if (!appended) return refuse(located(appended.error()));
  remember(*appended);
  events_.clear();
  expected_.clear();
  places_.clear();
  return {};
}

void Importer::remember(const Appended& appended) {
  const Position before{start_.value + recorded_};
  Position last = before;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const Position position = appended.positions[i];
    if (position <= start_) already_recorded_.add(events_[i].subject, position);
    if (position <= last) continue;
    last = position;
    recorded_places_.add(position, places_[i]);
    each_name(events_[i], [&](NameUse use, const std::string& name) {
      if (shipped_.has(use, name)) return;
      if (seen_names_[static_cast<std::size_t>(use)].insert(name).second)
        names_.emplace_back(use, name);
    });
  }
  recorded_ += appended.recorded;
  already_ += appended.already;
}

Outcome Importer::finish() {
  auto ok = flush();
  progress_.clear();
  return ok;
}

Try<std::vector<std::string>> Importer::told() {
  std::vector<std::string> lines{fmt::format("{} new, {} recorded already", recorded_, already_)};
  auto slips = this->slips();
  if (!slips) return refuse(slips);
  if (!slips->empty()) lines.push_back(slip_line(*slips));
  if (std::string doubtful = dates_.line(); !doubtful.empty()) lines.push_back(std::move(doubtful));
  auto retracted = already_recorded_.retracted(log_->log(), start_);
  if (!retracted) return refuse(retracted);
  tell_retracted(*retracted, lines);
  return lines;
}

Result<std::vector<Slip>> Importer::slips() const {
  std::vector<Slip> slips;
  const Log& log = log_->log();
  auto subjects = log.subject_count();
  if (!subjects) return std::unexpected(subjects.error());
  if (*subjects > subjects_) {
    auto found = slips_of_subjects(log, subjects_);
    if (!found) return std::unexpected(found.error());
    slips = std::move(*found);
  }
  if (names_.empty()) return slips;
  KnownNames known;
  if (auto ok = known.add_newest(log, start_); !ok) return std::unexpected(ok.error());
  for (const auto& [use, typed] : names_) {
    if (auto like = known.slip_of(use, typed))
      slips.push_back({std::string(name(use)), typed, std::move(*like)});
    known.add(use, typed);
  }
  return slips;
}

Outcome Importer::check_positions(const PreparedEvents& prepared) {
  if (!options_.same_positions) return {};
  auto tried = log_->try_append(prepared.events());
  if (!tried) return refuse(located(tried.error()));
  for (std::size_t i = 0; i < events_.size(); ++i)
    if (tried->positions[i] != expected_[i])
      return refuse(
          at(places_[i].text(), Error{Errc::conflict,
                                      fmt::format("the event would stand at position {}, not {}",
                                                  tried->positions[i].value, expected_[i].value),
                                      {},
                                      "import into an empty store, or without --expect same"}));
  return {};
}

/// Where this input has the (source, id) of an event of the batch before it.
std::optional<InputPlace> Importer::earlier(std::size_t index) const {
  const Event& event = events_[index];
  for (std::size_t i = 0; i < index; ++i)
    if (events_[i].id == event.id && events_[i].source == event.source) return places_[i];
  const auto position = log_->log().find(event.source, event.id);
  return position && *position ? recorded_places_.find(**position) : std::nullopt;
}

/// The log speaks of "event N" of the batch: the user knows it by file and line.
std::unexpected<Error> Importer::located(Error error) const {
  std::size_t index = 0;
  constexpr std::string_view kEvent = "event ";
  if (!error.where.starts_with(kEvent)) return std::unexpected(std::move(error));
  std::size_t i = kEvent.size();
  for (; i < error.where.size() && error.where[i] >= '0' && error.where[i] <= '9'; ++i)
    index = index * 10 + static_cast<std::size_t>(error.where[i] - '0');
  error.where.erase(0, error.where.substr(i).starts_with(", ") ? i + 2 : i);
  --index;
  if (error.code == Errc::conflict)
    if (const auto first = earlier(index))
      error.what = fmt::format("the id '{}' stands twice, at {} with other content",
                               events_[index].id, first->text());
  return at(places_[index].text(), std::move(error));
}

}  // namespace solnoma
