#include "events/exchange.hpp"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "events/json/json_reader.hpp"
#include "events/json/json_writer.hpp"
#include "events/json/timestamp.hpp"
#include "events/known.hpp"
#include "events/normalized.hpp"
#include "events/text/quote.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kTypePrefix = "solnoma.";
constexpr std::string_view kJsonContent = "application/json";

/// A CloudEvent's attributes as they stand; https://cloudevents.io, version 1.0. Those that an
/// event does not keep as they are view into the JSON.
struct CloudEvent {
  explicit CloudEvent(Event& to) : event(to), data{to} {}

  Event& event;
  std::string_view specversion, type, time, datacontenttype, known, head, recorded_by;
  double position = 0;
  double revision = 0;
  EventData<Event> data;
};

/// The attributes, in the order in which they are written.
template <class Visitor>
void visit_fields(Visitor& visit, CloudEvent& from) {
  visit("specversion", from.specversion);
  visit("id", from.event.id);
  visit("source", from.event.source);
  visit("type", from.type);
  visit("subject", from.event.subject);
  visit("time", from.time);
  visit("datacontenttype", from.datacontenttype);
  visit("occurred", from.event.occurred);
  visit("known", from.known);
  visit("supersedes", from.event.supersedes);
  visit("supersedessource", from.event.supersedes_source);
  visit("position", from.position);
  visit("revision", from.revision);
  visit("recordedby", from.recorded_by);  // these two for as_recorded_from_json()
  visit("loghead", from.head);
  visit("data", from.data);
}

std::unexpected<Error> wrong(std::string field, std::string what, std::string remedy) {
  return at(std::move(field), fail(Errc::invalid, std::move(what), std::move(remedy)).error());
}

std::optional<std::uint64_t> whole(double number) {
  if (number < 1 || number > 9007199254740992.0 || number != std::floor(number))
    return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

/// Whether a media type is that of JSON, with parameters or without: "application/json;
/// charset=utf-8". Types are the same in either case of letters (RFC 2045, 5.1).
bool is_json(std::string_view media_type) {
  std::string_view type = media_type.substr(0, media_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return std::ranges::equal(type, kJsonContent, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b;
  });
}

Result<void> check_attributes(const CloudEvent& from) {
  const auto check = [](const char* field, std::string_view value, std::string what,
                        const char* remedy) {
    return wrong(field, value.empty() ? "this field is missing" : std::move(what), remedy);
  };
  if (from.specversion != "1.0")
    return check("specversion", from.specversion,
                 fmt::format("version '{}' is not known", clipped(from.specversion)),
                 "write \"specversion\":\"1.0\"");
  if (from.event.id.empty())
    return check("id", {}, {}, "every event needs one, unique within its source");
  if (!from.type.starts_with(kTypePrefix))
    return check("type", from.type,
                 fmt::format("'{}' does not begin with 'solnoma.'", clipped(from.type)),
                 "write it as in \"solnoma.opened\"");
  if (!from.time.empty() && !is_timestamp(from.time))
    return wrong("time", fmt::format("'{}' is no time", clipped(from.time)),
                 "write it by RFC 3339, as in 2018-04-05T17:31:00Z");
  if (!from.datacontenttype.empty() && !is_json(from.datacontenttype))
    return wrong("datacontenttype", "only application/json is understood", "convert the data");
  if (from.known.empty())
    return check("known", {}, {}, "give the day on which the source was published");
  return {};
}

std::vector<std::string_view> names_of_data() {
  Event any;
  EventData<Event> data{any};
  FieldNames names;
  visit_fields(names, data);
  return names.all;
}

/// Precondition: `to` is new.
Result<void> read_event(const JsonValue& value, const std::string& default_source, Exchanged& to) {
  Event& event = to.event;
  CloudEvent from(event);
  static const std::vector<std::string_view> kOfData = names_of_data();
  Others extensions{.taken = true, .of_data = kOfData};
  if (auto ok = JsonObjectReader::read_event(value, from, extensions); !ok) return ok;
  to.unknown = std::move(extensions.names);
  if (auto ok = check_attributes(from); !ok) return ok;
  if (event.source.empty()) event.source = default_source;
  if (event.source.empty())
    return at("source", fail(Errc::invalid, "this field is missing", Advice::name_source).error());
  event.type = from.type.substr(kTypePrefix.size());
  const auto known = known_from_text(from.known);
  if (!known) return at("known", known.error());
  event.known = known->day;
  event.known_precision = known->precision;
  normalize(event);
  if (const auto position = whole(from.position)) to.position = Position{*position};
  if (const auto revision = whole(from.revision); revision && *revision <= UINT32_MAX)
    to.revision = Revision{static_cast<std::uint32_t>(*revision)};
  return {};
}

/// Adds it to `json`. `stored` is null for an event that no log has taken yet.
void write_event(const Event& event, const StoredEvent* stored, JsonFieldWriter& json) {
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
      json("recordedby", stored->recorded_by);
    }
    const EventData<const Event> data{event};
    json("data", data);
  });
}

/// Appends the event's JSON. Each thread keeps the memory in which it is made.
void add_event(const Event& event, const StoredEvent* stored, std::string& to) {
  static thread_local JsonFieldWriter json;
  json.clear();
  write_event(event, stored, json);
  to += json.text();
}

}  // namespace

/// A value, and the memory in which it stands until the next one takes its place.
class ExchangeReader::Parser {
 public:
  /// Errors: invalid, where it is no JSON. What is no UTF-8 is left to validate(), which names the
  /// field.
  Result<const JsonValue*> parse(std::string_view json) {
    // No depth ends the stack.
    constexpr unsigned kFlags = rapidjson::kParseFullPrecisionFlag | rapidjson::kParseIterativeFlag;
    if (const auto zero = json.find('\0'); zero != std::string_view::npos)  // the parser's end
      return fail(Errc::invalid, fmt::format("byte {} of the JSON is zero", zero + 1),
                  "take it out");
    document_.SetNull();
    allocator_.Clear();
    document_.Parse<kFlags>(json.data(), json.size());
    if (!document_.HasParseError()) return &document_;
    std::string_view reason = rapidjson::GetParseError_En(document_.GetParseError());
    if (reason.ends_with('.')) reason.remove_suffix(1);
    return fail(
        Errc::invalid,
        fmt::format("it is not JSON: {}, at byte {}", reason, document_.GetErrorOffset() + 1),
        "write one whole event as JSON");
  }

 private:
  static constexpr std::size_t kUsual = 16'384;  // bytes that the value of most events takes

  alignas(std::max_align_t) std::array<char, kUsual> memory_;
  rapidjson::MemoryPoolAllocator<> allocator_{memory_.data(), memory_.size()};
  rapidjson::Document document_{&allocator_};
};

ExchangeReader::ExchangeReader(std::string default_source)
    : default_source_(std::move(default_source)), parser_(std::make_unique<Parser>()) {}
ExchangeReader::~ExchangeReader() = default;
ExchangeReader::ExchangeReader(ExchangeReader&&) noexcept = default;
ExchangeReader& ExchangeReader::operator=(ExchangeReader&&) noexcept = default;

Result<Exchanged> ExchangeReader::read(std::string_view json) {
  Result<Exchanged> event;  // made in the caller's place: events are large
  const auto value = parser_->parse(json);
  if (!value)
    event = std::unexpected(value.error());
  else if (auto ok = read_event(**value, default_source_, *event); !ok)
    event = std::unexpected(std::move(ok.error()));
  return event;
}

Result<std::vector<Exchanged>> ExchangeReader::read_array(std::string_view json) {
  const auto value = parser_->parse(json);
  if (!value) return std::unexpected(value.error());
  if (!(*value)->IsArray())
    return fail(Errc::invalid, "it is no JSON array of events", "write [ … ]");
  std::vector<Exchanged> events;
  for (const JsonValue& item : (*value)->GetArray()) {
    const std::size_t number = events.size() + 1;
    if (auto ok = read_event(item, default_source_, events.emplace_back()); !ok)
      return at(fmt::format("event {}", number), ok.error());
  }
  return events;
}

Result<Exchanged> event_from_json(std::string_view json, std::string_view default_source) {
  return ExchangeReader(std::string(default_source)).read(json);
}

Result<std::vector<Exchanged>> events_from_json_array(std::string_view json,
                                                      std::string_view default_source) {
  return ExchangeReader(std::string(default_source)).read_array(json);
}

void event_to_json(const StoredEvent& stored, std::string& to) {
  add_event(stored.event, &stored, to);
}
std::string event_to_json(const StoredEvent& stored) {
  std::string json;
  event_to_json(stored, json);
  return json;
}
std::string event_to_json(const Event& event) {
  std::string json;
  add_event(event, nullptr, json);
  return json;
}

}  // namespace solnoma
