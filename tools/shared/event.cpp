#include "tools/shared/event.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "events/exchange.hpp"
#include "events/known.hpp"
#include "events/normalized.hpp"
#include "events/validate.hpp"
#include "tools/import/dates_read.hpp"
#include "tools/import/find_slip.hpp"
#include "tools/import/problem.hpp"
#include "tools/report/text/status_changes.hpp"
#include "tools/shared/quantity_option.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

void set(std::string& field, const std::string& given) {
  if (!given.empty()) field = given;
}

Outcome set_known(const std::string& given, Event& event) {
  if (given.empty()) return {};
  auto known = known_from_text(given);
  if (!known) return usage("--known: " + known.error().what, known.error().remedy);
  event.known = known->day;
  event.known_precision = known->precision;
  return {};
}

Outcome set_quantities(const std::vector<std::string>& given, Event& event) {
  if (!given.empty()) event.quantities.clear();
  for (const std::string& text : given) {
    auto quantity = parse_quantity(text);
    if (!quantity) return refuse(quantity);
    event.quantities.push_back(std::move(*quantity));
  }
  return {};
}

/// One that stays keeps its other languages.
void set_parties(const std::vector<std::string>& given, Event& event) {
  if (given.empty()) return;
  std::vector<LocalText> parties;
  for (const std::string& name : given)
    parties.push_back(
        kept_or(event.parties, name, [](const std::string& text) { return LocalText(text); }));
  event.parties = std::move(parties);
}

/// Without a language, as it is mostly given, a note takes the place of the whole note.
Outcome set_note(const TextOptions& given, Event& event) {
  const auto& [texts, others] = given;
  const bool plain = !texts[0].empty() && others.empty() &&
                     std::ranges::all_of(texts.begin() + 1, texts.end(), &std::string::empty);
  if (plain) {
    event.note = texts[0];
    return {};
  }
  return set(event.note, "--note", given);
}

}  // namespace

void add_event_options(Command& command, EventOptions& options) {
  command.option("--occurred", options.occurred,
                 "When it happened: EDTF, as in 2022-03 or [..2025-11-12]; of a plan, its target",
                 "DATE");
  command.option("--known", options.known,
                 "When it was published: a day, or a month or year where the source says no more",
                 "DATE", "today");
  command.flag("--plan", options.plan, "It is planned, not done");
  add_texts(command, "--title", options.titles, "What happened, in your own words");
  command.option("--part", options.part, "What part of the subject is meant, as in phase-2", "SLUG",
                 "the whole");
  command.options("--fulfils", options.fulfils, "Id of a plan that it meets, and no others", "ID");
  command.options("--quantity", options.quantities, kQuantityHelp, "Q");
  command.option("--label", options.label, "The source's own word for the status", "TEXT");
  command.options("--party", options.parties, "Who took part", "TEXT");
  add_source_options(command, options.sources);
  add_texts(command, "--note", options.note, "Anything else; where it is said in others as well");
  add_description_options(command, options.description);
  command.flag("--new", options.new_names,
               "A subject, kind, measure or unit that looks like a slip of a known one is meant");
  command.option("--id", options.id, "The event's id; follows from its content", "TEXT");
  command.option("--source", options.source, "URI-reference of the producer", "URI", kToolSource);
}

Outcome read_dates(EventOptions& options, Context& context) {
  if (auto ok = read_typed("--occurred", options.occurred, context); !ok) return ok;
  if (auto ok = read_typed("--known", options.known, context); !ok) return ok;
  for (std::string& published : options.sources.published)
    if (auto ok = read_typed("--published", published, context); !ok) return ok;
  return {};
}

Outcome apply(const EventOptions& options, Event& event) {
  set(event.source, options.source);
  set(event.occurred, options.occurred);
  set(event.part, options.part);
  set(event.label, options.label);
  if (auto ok = set_known(options.known, event); !ok) return ok;
  if (options.plan) event.modality = Modality::planned;
  if (auto ok = set(event.title, "--title", options.titles); !ok) return ok;
  if (auto ok = set_quantities(options.quantities, event); !ok) return ok;
  if (!options.fulfils.empty()) event.fulfils = options.fulfils;
  set_parties(options.parties, event);
  if (auto ok = apply(options.sources, event); !ok) return ok;
  if (auto ok = set_note(options.note, event); !ok) return ok;
  if (auto ok = apply(options.description, event); !ok) return ok;
  event.id = options.id;
  // What is superseded is named as it is recorded: older logs hold ids that no event may have now.
  const std::string superseded = event.supersedes;
  const std::string superseded_source = event.supersedes_source;
  event = normalized(std::move(event));
  event.supersedes = superseded;
  event.supersedes_source = superseded_source;
  if (options.id.empty()) event.id = content_id(event);
  return {};
}

std::string content_id(const Event& event) {
  Event unnamed = event;
  unnamed.id.clear();
  const std::string content = event_to_json(unnamed);
  return fmt::format("e-{:016x}", std::uint64_t{XXH3_64bits(content.data(), content.size())});
}

Try<ExpectedRevision> parse_expected(const std::string& text) {
  if (text.empty() || text == "any") return ExpectedRevision{AnyRevision{}};
  if (text == "new") return ExpectedRevision{NewSubject{}};
  std::uint32_t revision = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), revision);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size())
    return usage(fmt::format("--expect: '{}' is not understood", text.substr(0, 60)),
                 "write any, new or a revision number");
  return ExpectedRevision{Exactly{Revision{revision}}};
}

namespace {

/// Of one event: "event 1" says nothing.
std::unexpected<Failure> clean(Error error) {
  if (error.where == "event 1") error.where.clear();
  if (error.where.starts_with("event 1, ")) error.where.erase(0, 9);
  return std::unexpected(Failure(std::move(error)));
}

Outcome check_known(Context& context, const Event& event) {
  auto today = context.today();
  if (!today) return refuse(today);
  if (first_day(known_of(event)) <= *today) return {};
  return refuse(std::unexpected(after_today(known_of(event), *today)));
}

Outcome check_names(const Log& log, const Event& event, const RecordOptions& options) {
  if (options.new_names) return {};
  auto slip = find_slip(log, event, options.old);
  if (!slip) return refuse(slip);
  if (!*slip) return {};
  return refuse(std::unexpected(
      Error{Errc::invalid,
            fmt::format("the {} '{}' is new, and looks like a slip of {}", (*slip)->what,
                        (*slip)->typed, (*slip)->known),
            {},
            fmt::format("write {}, or record it as it stands with --new", (*slip)->known)}));
}

/// What they would change, and nothing is recorded.
Outcome rehearse(Context& context, Appender& appender, std::span<const Event> events,
                 const OwnedEvents& prepared, std::span<const Expectation> expectations) {
  if (auto tried = appender.try_append(prepared.events(), expectations); !tried)
    return clean(tried.error());
  if (auto ok = tell_changes(context, appender.log(), events, prepared); !ok) return ok;
  for (const Event& event : events)
    for (const std::string& line : dates_read(event)) context.out.line(line);
  context.out.line("nothing was recorded");
  return {};
}

Outcome append_told(Context& context, Appender& appender, std::span<const Event> events,
                    const OwnedEvents& prepared, std::span<const Expectation> expectations) {
  const Position before = appender.log().head();
  auto appended = appender.append(prepared.events(), expectations);
  if (!appended) return clean(appended.error());
  for (std::size_t i = 0; i < events.size(); ++i) {
    tell_recorded(context, events[i], appended->positions[i], before);
    for (const std::string& line : dates_read(events[i])) context.out.line(line);
  }
  return {};
}

}  // namespace

void tell_recorded(Context& context, const Event& event, Position position, Position before) {
  context.out.line(fmt::format("{} {} {} at position {} (id {})",
                               position > before ? "recorded" : "was recorded already:", event.type,
                               event.subject, position.value, event.id));
}

Outcome tell_changes(Context& context, const Log& log, std::span<const Event> events,
                     const OwnedEvents& prepared) {
  auto changes = describe_all_changes(log, events, prepared, Language::en);
  if (!changes) return refuse(changes);
  for (const std::string& line : *changes) context.out.line(line);
  return {};
}

Outcome record(Context& context, const Event& event, const RecordOptions& options) {
  auto prepared = prepare({&event, 1});  // before the store: bad input needs none
  if (!prepared) return clean(prepared.error());
  if (auto ok = check_known(context, event); !ok) return ok;
  auto log = context.append_to();
  if (!log) return refuse(log);
  if (auto ok = check_names((*log)->log(), event, options); !ok) return ok;
  const Expectation expectation{event.subject, options.expected};
  const auto act = options.dry_run ? rehearse : append_told;
  return act(context, **log, {&event, 1}, *prepared, {&expectation, 1});
}

Outcome record_together(Context& context, std::span<const Event> events,
                        std::span<const Expectation> expectations, bool dry_run) {
  auto prepared = prepare(events);
  if (!prepared) return refuse(prepared);
  for (const Event& event : events)
    if (auto ok = check_known(context, event); !ok) return ok;
  auto log = context.append_to();
  if (!log) return refuse(log);
  return (dry_run ? rehearse : append_told)(context, **log, events, *prepared, expectations);
}

}  // namespace solnoma
