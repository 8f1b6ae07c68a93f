#include "events/exchange.hpp"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include <cmath>

#include "events/json/json_reader.hpp"
#include "events/json/json_writer.hpp"
#include "events/known.hpp"
#include "events/normalized.hpp"
#include "events/text/quote.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kTypePrefix = "solnoma.";
constexpr std::string_view kJsonContent = "application/json";

/// A CloudEvent's attributes as they stand; https://cloudevents.io, version 1.0.
struct CloudEvent {
  explicit CloudEvent(Event& event) : data{event} {}

  std::string specversion, id, source, type, subject, time, datacontenttype;
  std::string occurred, known, supersedes, supersedessource;
  double position = 0;
  double revision = 0;
  EventData<Event> data;
};

/// The attributes, in the order in which they are written.
template <class Visitor>
void visit_fields(Visitor& visit, CloudEvent& event) {
  visit("specversion", event.specversion);
  visit("id", event.id);
  visit("source", event.source);
  visit("type", event.type);
  visit("subject", event.subject);
  visit("time", event.time);
  visit("datacontenttype", event.datacontenttype);
  visit("occurred", event.occurred);
  visit("known", event.known);
  visit("supersedes", event.supersedes);
  visit("supersedessource", event.supersedessource);
  visit("position", event.position);
  visit("revision", event.revision);
  visit("data", event.data);
}

std::unexpected<Error> wrong(std::string field, std::string what, std::string remedy) {
  return at(std::move(field), fail(Errc::invalid, std::move(what), std::move(remedy)).error());
}

std::optional<std::uint64_t> whole(double number) {
  if (number < 1 || number > 9007199254740992.0 || number != std::floor(number))
    return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

Result<void> check_attributes(const CloudEvent& from) {
  const auto check = [](const char* field, const std::string& value, std::string what,
                        const char* remedy) {
    return wrong(field, value.empty() ? "this field is missing" : std::move(what), remedy);
  };
  if (from.specversion != "1.0")
    return check("specversion", from.specversion,
                 fmt::format("version '{}' is not known", clipped(from.specversion)),
                 "write \"specversion\":\"1.0\"");
  if (from.id.empty())
    return check("id", from.id, {}, "every event needs one, unique within its source");
  if (!from.type.starts_with(kTypePrefix))
    return check("type", from.type,
                 fmt::format("'{}' does not begin with 'solnoma.'", clipped(from.type)),
                 "write it as in \"solnoma.opened\"");
  if (!from.datacontenttype.empty() && from.datacontenttype != kJsonContent)
    return wrong("datacontenttype", "only application/json is understood", "convert the data");
  if (from.known.empty())
    return check("known", from.known, {}, "give the day on which the source was published");
  return {};
}

Result<Exchanged> from_value(const JsonValue& value, std::string_view default_source) {
  Exchanged read;
  Event& event = read.event;
  CloudEvent from(event);
  JsonObjectReader reader(value, {});
  if (value.IsObject()) visit_fields(reader, from);
  if (auto ok = reader.finish(); !ok) return std::unexpected(ok.error());
  if (auto ok = check_attributes(from); !ok) return std::unexpected(ok.error());
  event.id = std::move(from.id);
  event.source = from.source.empty() ? std::string(default_source) : std::move(from.source);
  if (event.source.empty())
    return at("source", fail(Errc::invalid, "this field is missing", Advice::name_source).error());
  event.type = from.type.substr(kTypePrefix.size());
  event.subject = std::move(from.subject);
  event.occurred = std::move(from.occurred);
  auto known = known_from_text(from.known);
  if (!known) return at("known", known.error());
  event.known = known->day;
  event.known_precision = known->precision;
  event.supersedes = std::move(from.supersedes);
  event.supersedes_source = std::move(from.supersedessource);
  event = normalized(std::move(event));
  if (const auto position = whole(from.position)) read.position = Position{*position};
  if (const auto revision = whole(from.revision); revision && *revision <= UINT32_MAX)
    read.revision = Revision{static_cast<std::uint32_t>(*revision)};
  return read;
}

/// Runs `use`, which returns a Result, on the JSON value of a text.
template <class Use>
auto with_json(std::string_view json, Use use) -> decltype(use(JsonValue{})) {
  // No depth ends the stack. What is no UTF-8 is left to validate(), which names the field.
  constexpr unsigned kFlags = rapidjson::kParseFullPrecisionFlag | rapidjson::kParseIterativeFlag;
  if (const auto zero = json.find('\0'); zero != std::string_view::npos)  // the parser's end
    return fail(Errc::invalid, fmt::format("byte {} of the JSON is zero", zero + 1), "take it out");
  constexpr std::size_t kUsual = 8192;  // bytes that the value of most events takes
  char memory[kUsual];
  rapidjson::MemoryPoolAllocator<> allocator(memory, sizeof memory);
  rapidjson::Document document(&allocator);
  document.Parse<kFlags>(json.data(), json.size());
  if (document.HasParseError()) {
    std::string_view reason = rapidjson::GetParseError_En(document.GetParseError());
    if (reason.ends_with('.')) reason.remove_suffix(1);
    return fail(
        Errc::invalid,
        fmt::format("it is not JSON: {}, at byte {}", reason, document.GetErrorOffset() + 1),
        "write one whole event as JSON");
  }
  return use(document);
}

/// `stored` is null for an event that no log has taken yet.
std::string to_json(const Event& event, const StoredEvent* stored) {
  JsonFieldWriter json;
  json.object([&] {
    json("specversion", std::string_view("1.0"));
    json("id", event.id);
    json("source", event.source);
    json("type", std::string(kTypePrefix) + event.type);
    json("subject", event.subject);
    if (stored != nullptr) json("time", to_string(stored->recorded));
    json("datacontenttype", kJsonContent);
    json("occurred", event.occurred);
    json("known", to_string(known_of(event)));
    json("supersedes", event.supersedes);
    json("supersedessource", event.supersedes_source);
    if (stored != nullptr) {
      json("position", stored->position.value);
      json("revision", std::uint64_t{stored->revision.value});
    }
    const EventData<const Event> data{event};
    json("data", data);
  });
  return json.text();
}

}  // namespace

Result<Exchanged> event_from_json(std::string_view json, std::string_view default_source) {
  return with_json(json, [&](const JsonValue& value) { return from_value(value, default_source); });
}

Result<std::vector<Exchanged>> events_from_json_array(std::string_view json,
                                                      std::string_view default_source) {
  return with_json(json, [&](const JsonValue& value) -> Result<std::vector<Exchanged>> {
    if (!value.IsArray())
      return fail(Errc::invalid, "it is no JSON array of events", "write [ … ]");
    std::vector<Exchanged> events;
    for (const JsonValue& item : value.GetArray()) {
      auto event = from_value(item, default_source);
      if (!event) return at(fmt::format("event {}", events.size() + 1), event.error());
      events.push_back(std::move(*event));
    }
    return events;
  });
}

std::string event_to_json(const StoredEvent& stored) {
  return to_json(stored.event, &stored);
}
std::string event_to_json(const Event& event) {
  return to_json(event, nullptr);
}

}  // namespace solnoma
