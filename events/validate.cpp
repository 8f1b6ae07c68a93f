#include "events/validate.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "engine/event.hpp"
#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "events/known.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "events/text/web_address.hpp"
#include "events/validate/field.hpp"

namespace solnoma {
namespace {

Outcome type(const std::string& value) {
  if (type_code(value) != kUnknownType) return {};
  if (value.empty()) return wrong("type", "this field is missing", "every event needs one");
  std::vector<std::string_view> names;
  for (const auto& each : kEventTypes) names.push_back(each.name);
  const auto near = nearest(value, names);
  const std::string what = fmt::format("'{}' is no event type", clipped(value));
  if (near) return wrong("type", what, fmt::format("did you mean {}?", *near));
  return at("type", fail(Errc::invalid, what, Advice::list_types).error());
}

Outcome source(const Field& field, const Source& value) {
  if (auto ok = check_local(Field(field, "publisher"), value.publisher); !ok) return ok;
  if (auto ok = check_date(Field(field, "published"), value.published); !ok) return ok;
  if (auto ok = check_text(Field(field, "url"), value.url, kMaxUrl); !ok) return ok;
  if (holds_several_addresses(value.url))
    return wrong(Field(field, "url"),
                 fmt::format("'{}' is more than one web address", clipped(value.url)),
                 "give each in a source of its own; a | that belongs to an address is written %7C");
  if (!value.url.empty() && !is_web_address(value.url))
    return wrong(Field(field, "url"), fmt::format("'{}' is no web address", clipped(value.url)),
                 "begin it with https:// or http://, without spaces, quotes or angle brackets");
  return check_note(Field(field, "note"), value.note);
}

Outcome references(const Event& event) {
  const bool retracts = event.type == kEventTypes[kRetracted].name;
  if (retracts && event.supersedes.empty())
    return wrong("supersedes", "this field is missing", "name the event that is retracted");
  if (retracts && event.note.empty() && event.title.empty())
    return wrong("data.note", "this field is missing", "say why the event is retracted");
  if (auto ok = check_reference("supersedes", event.supersedes, kMaxId); !ok) return ok;
  if (auto ok = check_reference("supersedessource", event.supersedes_source, kMaxSourceName); !ok)
    return ok;
  if (event.supersedes.empty() && !event.supersedes_source.empty())
    return wrong("supersedessource", "it stands without supersedes", "name the id as well");
  const bool own_source =
      event.supersedes_source.empty() || event.supersedes_source == event.source;
  if (!event.supersedes.empty() && event.supersedes == event.id && own_source)
    return wrong("supersedes", fmt::format("the event '{}' supersedes itself", event.id),
                 "give the new event an id of its own");
  return {};
}

/// Which part of the subject is meant, and which plans are met.
Outcome plan_references(const Event& event) {
  if (auto ok = check_slug("data.part", event.part, "part", "phase-2"); !ok) return ok;
  const Field fulfils = "data.fulfils";
  const bool can_fulfil =
      event.modality == Modality::actual && event.type != kEventTypes[kRetracted].name;
  if (!event.fulfils.empty() && !can_fulfil)
    return wrong(fulfils, "only what was done can meet a plan", "take it out");
  return check_each(fulfils, event.fulfils,
                    [](const Field& field, const std::string& id) -> Outcome {
                      if (id.empty()) return wrong(field, "it is empty", "name a plan by its id");
                      return check_reference(field, id, kMaxId);
                    });
}

/// A fact about the record itself, which nobody plans.
bool can_be_planned(const std::string& type) {
  return std::ranges::none_of(std::array{kRetracted, kImported, kDelisted},
                              [&](TypeCode code) { return type == kEventTypes[code].name; });
}

Outcome modality(const Event& event) {
  if (event.modality == Modality::actual || can_be_planned(event.type)) return {};
  return wrong("data.modality", fmt::format("'{}' cannot be planned", event.type),
               "take the modality out; it is in force from the day it became known");
}

Outcome known(const Event& event) {
  if (event.known_precision == Precision::day) return {};
  const auto again = known_from_text(to_string(known_of(event)));
  if (again && *again == known_of(event)) return {};
  return wrong("known", "it is not the last day of its month or year",
               "give the last day with that precision");
}

Outcome data(const Event& event) {
  if (auto ok = modality(event); !ok) return ok;
  if (auto ok = check_local("data.title", event.title); !ok) return ok;
  if (auto ok = check_text("data.label", event.label); !ok) return ok;
  if (auto ok = plan_references(event); !ok) return ok;
  if (auto ok = check_each("data.quantities", event.quantities, check_quantity); !ok) return ok;
  const auto party = [](const Field& field, const LocalText& name) {
    return check_local(field, name);
  };
  if (auto ok = check_each("data.parties", event.parties, party); !ok) return ok;
  if (auto ok = check_each("data.sources", event.sources, source); !ok) return ok;
  if (auto ok = check_note("data.note", event.note); !ok) return ok;
  if (auto ok = check_description(event); !ok) return ok;
  return check_import_record(event);
}

}  // namespace

Result<Dating> validate(const Event& event) {
  if (auto ok = check_id("id", event.id, kMaxId); !ok) return std::unexpected(ok.error());
  if (auto ok = check_id("source", event.source, kMaxSourceName); !ok)
    return std::unexpected(ok.error());
  if (!is_like_uri(event.source))
    return at("source", Error{Errc::invalid,
                              fmt::format("'{}' is no URI-reference", clipped(event.source)),
                              {},
                              "write it without spaces, quotes or angle brackets, as in "
                              "urn:solnoma:history"});
  if (auto ok = type(event.type); !ok) return std::unexpected(ok.error());
  if (auto ok = check_subject("subject", event.subject); !ok) return std::unexpected(ok.error());
  if (auto ok = references(event); !ok) return std::unexpected(ok.error());
  if (auto ok = data(event); !ok) return std::unexpected(ok.error());
  auto dating =
      dating_of(event.type, event.modality, event.occurred, event.known, !event.quantities.empty());
  if (!dating) return dating;
  if (auto ok = known(event); !ok) return std::unexpected(ok.error());
  return dating;
}

}  // namespace solnoma
