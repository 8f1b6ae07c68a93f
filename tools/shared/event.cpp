#include "tools/shared/event.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "events/exchange.hpp"
#include "events/normalized.hpp"
#include "events/validate.hpp"
#include "tools/report/text/status_changes.hpp"
#include "tools/shared/dates_read.hpp"

namespace solnoma {
namespace {

void set(std::string& field, const std::string& given) {
  if (!given.empty()) field = given;
}

void set(LocalText& text, const TextOptions& given) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i)
    set(text.only(kLanguages[i].language), given[i]);
}

/// `--title`, `--title-ru`…: one option a language.
void add_texts(Command& command, const std::string& name, TextOptions& values,
               const std::string& help) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    const auto& [language, code, english] = kLanguages[i];
    const bool first = i == 0;
    const std::string option = first ? name : fmt::format("{}-{}", name, code);
    command.option(option.c_str(), values[i],
                   fmt::format("{} in {}", first ? help + "," : "...", english), "TEXT");
  }
}

Try<Bound> parse_bound(const std::string& text) {
  for (std::size_t i = 0; i < kBounds; ++i)
    if (const auto bound = static_cast<Bound>(i); name(bound) == text) return bound;
  return usage(fmt::format("--quantity: '{}' is no bound", text.substr(0, 60)),
               "use exact, more-than, slightly-more-than, less-than or about");
}

/// measure=value:unit[:bound]
Try<Quantity> parse_quantity(const std::string& text) {
  const auto equals = text.find('=');
  const auto colon = text.find(':', equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || colon == std::string::npos)
    return usage(fmt::format("--quantity: '{}' is not understood", text.substr(0, 60)),
                 "write measure=value:unit[:bound], as in residents=10:companies:more-than");
  const auto second = text.find(':', colon + 1);
  Quantity quantity;
  quantity.measure = text.substr(0, equals);
  quantity.value = text.substr(equals + 1, colon - equals - 1);
  quantity.unit = text.substr(colon + 1, second == std::string::npos ? second : second - colon - 1);
  if (second == std::string::npos) return quantity;
  auto bound = parse_bound(text.substr(second + 1));
  if (!bound) return refuse(bound);
  quantity.bound = *bound;
  return quantity;
}

void describe(const EventOptions& options, Event& event) {
  const bool given = std::ranges::any_of(options.names, std::not_fn(&std::string::empty)) ||
                     !options.kind.empty() || !options.region.empty() || !options.partner.empty();
  if (!given) return;
  if (!event.description) event.description.emplace();
  set(event.description->names, options.names);
  set(event.description->kind, options.kind);
  set(event.description->region.en, options.region);
  set(event.description->partner.en, options.partner);
}

}  // namespace

void add_event_options(Command& command, EventOptions& options) {
  command.option("--occurred", options.occurred,
                 "When it happened: EDTF, as in 2022-03 or [..2025-11-12]; of a plan, its target",
                 "DATE");
  command.option("--known", options.known, "The day on which it was published", "DATE", "today");
  command.flag("--plan", options.plan, "It is planned, not done");
  add_texts(command, "--title", options.titles, "What happened, in your own words");
  command.options("--quantity", options.quantities,
                  "measure=value:unit[:bound]; bound is exact, more-than, slightly-more-than, "
                  "less-than or about; may be repeated",
                  "Q");
  command.options("--party", options.parties, "Who took part; may be repeated", "TEXT");
  command.option("--publisher", options.publisher, "Who published it", "TEXT");
  command.option("--published", options.published, "When", "DATE", "--known");
  command.option("--source-url", options.source_url, "Where it can be read", "URL");
  command.option("--note", options.note, "Anything else; may have several lines", "TEXT");
  add_texts(command, "--name", options.names, "For 'described': its name");
  command.option("--kind", options.kind, "For 'described': technopark, industrial-park, ...",
                 "TEXT");
  command.option("--region", options.region, "For 'described': where it lies", "TEXT");
  command.option("--partner", options.partner, "For 'described': with whom it is built", "TEXT");
  command.option("--id", options.id, "The event's id; follows from its content", "TEXT");
  command.option("--source", options.source, "URI-reference of the producer", "URI", kToolSource);
}

Outcome apply(const EventOptions& options, Event& event) {
  set(event.source, options.source);
  set(event.occurred, options.occurred);
  if (!options.known.empty()) {
    auto day = day_from_text(options.known);
    if (!day) return usage("--known: " + day.error().what, day.error().remedy);
    event.known = *day;
  }
  if (options.plan) event.modality = Modality::planned;
  set(event.title, options.titles);
  if (!options.quantities.empty()) event.quantities.clear();
  for (const std::string& text : options.quantities) {
    auto quantity = parse_quantity(text);
    if (!quantity) return refuse(quantity);
    event.quantities.push_back(std::move(*quantity));
  }
  if (!options.parties.empty())
    event.parties.assign(options.parties.begin(), options.parties.end());
  if (!(options.publisher.empty() && options.source_url.empty())) {
    const std::string published =
        options.published.empty() ? to_string(event.known) : options.published;
    event.sources = {{options.publisher, published, options.source_url, ""}};
  }
  if (!options.note.empty()) event.note = options.note;
  describe(options, event);
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

Outcome record(Context& context, const Event& event, ExpectedRevision expected, bool dry_run) {
  const auto clean = [](Error error) {  // one event: "event 1" says nothing
    if (error.where == "event 1") error.where.clear();
    if (error.where.starts_with("event 1, ")) error.where.erase(0, 9);
    return std::unexpected(Failure(std::move(error)));
  };
  auto prepared = PreparedEvents::of({&event, 1});  // before the store: bad input needs none
  if (!prepared) return clean(prepared.error());
  auto log = context.append_to();
  if (!log) return refuse(log);
  Appender& appender = **log;
  const Expectation expectation{event.subject, expected};
  if (dry_run) {
    if (auto tried = appender.try_append(prepared->events(), {&expectation, 1}); !tried)
      return clean(tried.error());
    auto changes = describe_changes(appender.log(), event, prepared->events().front().dating);
    if (!changes) return refuse(changes);
    context.out.write(*changes);
    for (const std::string& line : dates_read(event)) context.out.line(line);
    context.out.line("nothing was recorded");
    return {};
  }
  auto appended = appender.append(prepared->events(), {&expectation, 1});
  if (!appended) return clean(appended.error());
  const Position position = appended->positions.front();
  context.out.line(fmt::format("{} {} {} at position {} (id {})",
                               appended->recorded == 1 ? "recorded" : "was recorded already:",
                               event.type, event.subject, position.value, event.id));
  for (const std::string& line : dates_read(event)) context.out.line(line);
  return {};
}

}  // namespace solnoma
