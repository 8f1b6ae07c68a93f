#include "events/exchange.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "events/json/json_shape.hpp"
#include "events/json/json_text.hpp"
#include "events/normalized.hpp"
#include "events/text/quote.hpp"
#include "events/wire/capnp_text.hpp"
#include "events/wire/codec_data.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kTypePrefix = "solnoma.";
constexpr std::string_view kJsonContent = "application/json";

const capnp::JsonCodec& codec() {
  static const auto instance = [] {
    auto made = std::make_unique<capnp::JsonCodec>();
    made->handleByAnnotation<schema::CloudEvent>();
    made->setMaxNestingDepth(16);
    return made;
  }();
  return *instance;
}

std::string text(capnp::Text::Reader reader) {
  return std::string(as_view(reader));
}

kj::ArrayPtr<const char> chars(std::string_view view) {
  return {view.data(), view.size()};
}

std::unexpected<Error> wrong(std::string field, std::string what, std::string remedy) {
  return at(std::move(field), fail(Errc::invalid, std::move(what), std::move(remedy)).error());
}

/// Runs `parse` on the JSON value of `json`; Cap'n Proto's exceptions end here.
template <class Value, class Parse>
Result<Value> with_json(std::string_view json, Parse parse) {
  auto resolved = resolve_unicode_escapes(json);
  if (!resolved) return std::unexpected(resolved.error());
  Result<Value> result;
  const auto exception = kj::runCatchingExceptions([&] {
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<capnp::JsonValue>();
    codec().decodeRaw(chars(*resolved), root);
    result = parse(root);
  });
  KJ_IF_MAYBE (caught, exception)
    return fail(Errc::invalid, fmt::format("it is not JSON: {}", reason_of(*caught)),
                "write one whole event as JSON");
  return result;
}

std::optional<std::uint64_t> whole(double number) {
  if (number < 1 || number > 9007199254740992.0 || number != std::floor(number))
    return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

Result<void> check_attributes(schema::CloudEvent::Reader from) {
  if (from.getSpecversion() != "1.0")
    return wrong("specversion",
                 from.hasSpecversion() ? fmt::format("version '{}' is not known",
                                                     clipped(as_view(from.getSpecversion())))
                                       : "this field is missing",
                 "write \"specversion\":\"1.0\"");
  if (!from.hasId() || from.getId().size() == 0)
    return wrong("id", "this field is missing", "every event needs one, unique within its source");
  if (!text(from.getType()).starts_with(kTypePrefix))
    return wrong("type",
                 from.hasType() ? fmt::format("'{}' does not begin with 'solnoma.'",
                                              clipped(as_view(from.getType())))
                                : "this field is missing",
                 "write it as in \"solnoma.opened\"");
  if (from.hasDatacontenttype() && from.getDatacontenttype() != kJsonContent.data())
    return wrong("datacontenttype", "only application/json is understood", "convert the data");
  if (!from.hasKnown())
    return wrong("known", "this field is missing",
                 "give the day on which the source was published");
  return {};
}

Result<Exchanged> from_cloud_event(schema::CloudEvent::Reader from,
                                   std::string_view default_source) {
  if (auto ok = check_attributes(from); !ok) return std::unexpected(ok.error());
  Exchanged read;
  Event& event = read.event;
  event.id = text(from.getId());
  event.source = from.hasSource() ? text(from.getSource()) : std::string(default_source);
  if (event.source.empty())
    return at("source", fail(Errc::invalid, "this field is missing", Advice::name_source).error());
  event.type = text(from.getType()).substr(kTypePrefix.size());
  event.subject = text(from.getSubject());
  event.occurred = text(from.getOccurred());
  auto known = day_from_text(text(from.getKnown()));
  if (!known) return at("known", known.error());
  event.known = *known;
  event.supersedes = text(from.getSupersedes());
  event.supersedes_source = text(from.getSupersedessource());
  if (auto ok = read_data(from.getData(), event); !ok) return std::unexpected(ok.error());
  event = normalized(std::move(event));
  if (const auto position = whole(from.getPosition())) read.position = Position{*position};
  if (const auto revision = whole(from.getRevision()); revision && *revision <= UINT32_MAX)
    read.revision = Revision{static_cast<std::uint32_t>(*revision)};
  return read;
}

Result<Exchanged> from_value(capnp::JsonValue::Builder value, std::string_view default_source) {
  if (auto ok = check_shape(value, capnp::Type::from<schema::CloudEvent>()); !ok)
    return std::unexpected(ok.error());
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<schema::CloudEvent>();
  codec().decode(value.asReader(), root);
  return from_cloud_event(root.asReader(), default_source);
}

/// `stored` is null for an event that no log has taken yet.
std::string to_json(const Event& event, const StoredEvent* stored) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<schema::CloudEvent>();
  root.setSpecversion("1.0");
  root.setId(as_capnp(event.id));
  root.setSource(as_capnp(event.source));
  root.setType(as_capnp(std::string(kTypePrefix) + event.type));
  root.setSubject(as_capnp(event.subject));
  root.setDatacontenttype(kJsonContent.data());
  if (!event.occurred.empty()) root.setOccurred(as_capnp(event.occurred));
  root.setKnown(to_string(event.known));
  if (!event.supersedes.empty()) root.setSupersedes(as_capnp(event.supersedes));
  if (!event.supersedes_source.empty()) root.setSupersedessource(as_capnp(event.supersedes_source));
  if (stored != nullptr) {
    root.setTime(to_string(stored->recorded));
    root.setPosition(static_cast<double>(stored->position.value));
    root.setRevision(static_cast<double>(stored->revision.value));
  }
  write_data(event, root.initData());

  capnp::MallocMessageBuilder tree;
  auto value = tree.initRoot<capnp::JsonValue>();
  codec().encode(root.asReader(), value);
  if (stored == nullptr) {  // the codec knows numbers that are 0, but none that are absent
    for (auto field : value.getObject())
      if (const std::string name = text(field.getName().asReader());
          name == "position" || name == "revision")
        field.initValue().setNull();
    drop_nulls(value);
  }
  return text(codec().encodeRaw(value.asReader()));
}

}  // namespace

Result<Exchanged> event_from_json(std::string_view json, std::string_view default_source) {
  return with_json<Exchanged>(
      json, [&](capnp::JsonValue::Builder value) { return from_value(value, default_source); });
}

Result<std::vector<Exchanged>> events_from_json_array(std::string_view json,
                                                      std::string_view default_source) {
  using Events = std::vector<Exchanged>;
  return with_json<Events>(json, [&](capnp::JsonValue::Builder value) -> Result<Events> {
    if (!value.isArray())
      return fail(Errc::invalid, "it is no JSON array of events", "write [ … ]");
    Events events;
    for (auto item : value.getArray()) {
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
