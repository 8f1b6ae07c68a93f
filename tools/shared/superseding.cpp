#include "tools/shared/superseding.hpp"

#include <fmt/format.h>

#include <optional>

#include "engine/base/check.hpp"
#include "events/event_type.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"
#include "tools/shared/event_id.hpp"

namespace solnoma {
namespace {

/// The rows of the event's subject, and what they come to with all that is known.
class Surroundings {
 public:
  static Result<Surroundings> of(const Log& log, const StoredEvent& stored) {
    auto number = log.subject(stored.event.subject);
    if (!number) return std::unexpected(number.error());
    SOLNOMA_CHECK(number->has_value());
    auto rows = log.rows(**number);
    if (!rows) return std::unexpected(rows.error());
    return Surroundings(log, std::move(*rows), stored.revision);
  }

  [[nodiscard]] Revision newest() const { return revision_of(rows_.size() - 1); }
  [[nodiscard]] bool retracts() const { return is_retraction(rows_[own_]); }
  [[nodiscard]] Revision superseded_by() const { return effective_.superseded_by[own_]; }
  [[nodiscard]] Revision retracted() const { return Revision{rows_[own_].supersedes}; }

  /// A retraction that stands and withdraws the same as this one: the newest after it, or before.
  [[nodiscard]] std::optional<Revision> retraction_after() const {
    return same_retraction(own_ + 1, rows_.size());
  }
  [[nodiscard]] std::optional<Revision> retraction_before() const {
    return same_retraction(0, own_);
  }

  /// The last of those that supersede the event, what supersedes it, and so on.
  [[nodiscard]] Revision end_of_chain() const {
    Revision end = revision_of(own_);
    for (std::size_t i = own_ + 1; i < rows_.size(); ++i)
      if (rows_[i].supersedes == end.value) end = revision_of(i);
    return end;
  }

  [[nodiscard]] Result<EventName> name(Revision revision) const {
    const Position position = rows_[index_of(revision)].position();
    auto events = fetch(*log_, {&position, 1});
    if (!events) return std::unexpected(events.error());
    return EventName{events->front().event.id, events->front().event.source};
  }

 private:
  Surroundings(const Log& log, std::vector<Row> rows, Revision own)
      : log_(&log), rows_(std::move(rows)), effective_(effective(rows_, {})), own_(index_of(own)) {}

  [[nodiscard]] std::optional<Revision> same_retraction(std::size_t from, std::size_t to) const {
    for (std::size_t i = to; i-- > from;)
      if (is_retraction(rows_[i]) && rows_[i].supersedes == rows_[own_].supersedes &&
          effective_.stands(i))
        return revision_of(i);
    return std::nullopt;
  }

  const Log* log_;
  std::vector<Row> rows_;
  Effective effective_;
  std::size_t own_;  // index of the event's row
};

Result<void> look_at_retraction(const Surroundings& around, Superseded& found) {
  auto retracted = around.name(around.retracted());
  if (!retracted) return std::unexpected(retracted.error());
  found.retracted = std::move(*retracted);
  if (const auto before = around.retraction_before()) {
    auto older = around.name(*before);
    if (!older) return std::unexpected(older.error());
    found.older_retraction = std::move(older->id);
  }
  return {};
}

/// What keeps the event from being superseded. Errors: conflict.
Result<void> check_open(const Surroundings& around, const std::string& id) {
  const Revision by = around.superseded_by();
  const auto better = around.retracts() ? around.retraction_after() : std::nullopt;
  if (by.value == 0 && !better) return {};
  auto name = around.name(by.value != 0 ? by : *better);
  if (!name) return std::unexpected(name.error());
  return fail(Errc::conflict,
              by.value != 0
                  ? fmt::format("'{}' is superseded by '{}' already", id, name->id)
                  : fmt::format("the retraction '{}' is worded better by '{}'", id, name->id),
              fmt::format("correct or retract '{}'", name->id));
}

/// Whether nothing is told differently: what every new event has of its own does not count.
bool tells_the_same(Event event, const Event& old, const EventOptions& given) {
  event.id = old.id;
  event.source = old.source;
  event.supersedes = old.supersedes;
  event.supersedes_source = old.supersedes_source;
  if (given.known.empty()) {
    event.known = old.known;
    event.known_precision = old.known_precision;
  }
  return event == old;
}

}  // namespace

void add_superseded(Command& command, SupersededOptions& options, const std::string& example) {
  command.argument("ID", options.id, "Id of the event, or its beginning");
  add_superseding(command, options, example);
}

void add_superseding(Command& command, SupersededOptions& options, const std::string& example) {
  command.option("--source-of", options.source, "Its source, where several have the id", "URI");
  command.flag("--slip", options.slip,
               "It was a slip of the keyboard: known as what it mends was, not from today on");
  command.flag("--dry-run", options.dry_run, "Show which statuses it would change; record nothing");
  command.footer(
      "News or a slip? Where the world has learnt better, the mistake was the truth as it was "
      "known\n"
      "until then: --known says since when, and --known-by a day before still shows the old. "
      "Where\n"
      "only the keyboard erred, the source never said so: with --slip it is right for every\n"
      "--known-by. What the log held stays to be seen with --at.\n"
      "Example:\n  " +
      example);
}

Try<Superseded> find_superseded(Context& context, const SupersededOptions& options) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto stored = find_event(**log, options.id, options.source, "--source-of");
  if (!stored) return refuse(stored);
  auto around = Surroundings::of(**log, *stored);
  if (!around) return refuse(around);
  if (auto ok = check_open(*around, stored->event.id); !ok) return refuse(ok);
  Superseded found{std::move(stored->event), around->newest(), {}, {}, {}};
  auto end = around->name(around->end_of_chain());
  if (!end) return refuse(end);
  found.end_of_chain = std::move(*end);
  if (around->retracts())
    if (auto ok = look_at_retraction(*around, found); !ok) return refuse(ok);
  return found;
}

Outcome supersede(const EventName& old, const Event& corrected, const SupersededOptions& options,
                  Context& context, Event& event) {
  event.supersedes = old.id;
  event.source = kToolSource;
  event.supersedes_source = old.source == event.source ? "" : old.source;
  auto today = context.today();
  if (!today) return refuse(today);
  event.known = options.slip ? corrected.known : *today;
  event.known_precision = options.slip ? corrected.known_precision : Precision::day;
  return {};
}

Outcome check_superseding(const Event& event, const SupersededOptions& old,
                          const EventOptions& given) {
  if (old.slip && !given.known.empty())
    return usage("--slip and --known exclude each other",
                 "give --slip where only the keyboard erred, --known where news came");
  if (event.id != event.supersedes && event.id != old.id) return {};
  return usage(fmt::format("--id: '{}' is the id of the event that is superseded", event.id),
               "give the new event an id of its own");
}

Outcome record_correction(Context& context, const Superseded& old, Event told,
                          const SupersededOptions& options, const EventOptions& given) {
  // A retraction that is told better withdraws the same; to supersede it would undo it.
  const auto& retracted = kEventTypes[kRetracted].name;
  const bool rewords = old.event.type == retracted && told.type == retracted;
  if (auto ok =
          supersede(rewords ? old.retracted : old.end_of_chain, old.event, options, context, told);
      !ok)
    return ok;
  if (auto ok = apply(given, told); !ok) return ok;
  if (tells_the_same(told, old.event, given))
    return usage("nothing is corrected", "say what is different");
  if (auto ok = check_superseding(told, options, given); !ok) return ok;
  return record(context, told,
                {.expected = Exactly{old.newest},
                 .dry_run = options.dry_run,
                 .new_names = given.new_names,
                 .old = &old.event});
}

}  // namespace solnoma
