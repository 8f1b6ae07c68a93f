#include "events/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

#include "engine/event.hpp"
#include "events/codec.hpp"
#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/text/id_text.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "events/text/web_address.hpp"

namespace solnoma {
namespace {

using Outcome = Result<void>;

/// Where a value stands, put into words only when something is wrong there.
class Field {
 public:
  constexpr Field(const char* name) : name_(name) {}  // "data.title" converts
  constexpr Field(const Field& parent, const char* name) : parent_(&parent), name_(name) {}
  constexpr Field(const Field& parent, std::size_t index) : parent_(&parent), index_(index) {}

  [[nodiscard]] std::string text() const {
    if (parent_ == nullptr) return name_;
    if (name_ == nullptr) return fmt::format("{}[{}]", parent_->text(), index_);
    return fmt::format("{}.{}", parent_->text(), name_);
  }

 private:
  const Field* parent_ = nullptr;
  const char* name_ = nullptr;
  std::size_t index_ = 0;
};

Outcome wrong(const Field& field, std::string what, std::string remedy = {}) {
  return at(field.text(), Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
}

Outcome text(const Field& field, const std::string& value, std::size_t most = kMaxShortText,
             Lines lines = Lines::one) {
  if (auto ok = check_text(value, most, lines); !ok) return at(field.text(), ok.error());
  return {};
}

Outcome note(const Field& field, const std::string& value) {
  return text(field, value, kMaxLongText, Lines::many);
}

Outcome missing(const Field& field) {
  return wrong(field, "this field is missing", "every event needs one");
}

Outcome required(const Field& field, const std::string& value, std::size_t most) {
  return value.empty() ? missing(field) : text(field, value, most);
}

Outcome required_id(const Field& field, const std::string& value, std::size_t most) {
  if (value.empty()) return missing(field);
  if (auto ok = check_id(value, most); !ok) return at(field.text(), ok.error());
  return {};
}

/// A reference names an event as it is recorded: older logs hold ids that no event may have now.
Outcome reference(const Field& field, const std::string& value, std::size_t most) {
  if (value.size() > most)
    return wrong(field, fmt::format("it has {} bytes, more than {}", value.size(), most),
                 "shorten it");
  return text(field, value, most);
}

Outcome local(const Field& field, const LocalText& value) {
  for (const LanguageName& each : kLanguages)
    if (auto ok = text(Field(field, each.code.data()), value.only(each.language)); !ok) return ok;
  return {};
}

Outcome date(const Field& field, const std::string& value) {
  if (value.empty()) return {};
  if (auto edtf = parse_edtf(value); !edtf) return at(field.text(), edtf.error());
  return {};
}

Outcome entries(const Field& field, std::size_t count) {
  if (count <= kMaxEntries) return {};
  return wrong(field, fmt::format("it has {} entries, more than {}", count, kMaxEntries),
               "split the event");
}

Outcome subject(const std::string& value) {
  const auto slash = value.find('/');
  if (value.size() <= kMaxSubjectName && slash != std::string::npos &&
      is_slug(std::string_view(value).substr(0, slash)) &&
      is_slug(std::string_view(value).substr(slash + 1)))
    return {};
  if (value.empty()) return wrong("subject", "this field is missing", "every event needs one");
  return wrong("subject", fmt::format("'{}' is no subject", clipped(value)),
               fmt::format("write kind/name in lower-case letters, digits and hyphens, as in "
                           "park/chirchik, in at most {} bytes",
                           kMaxSubjectName));
}

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

Outcome quantity(const Field& field, const Quantity& value) {
  if (!is_slug(value.measure) || value.measure.size() > kMaxShortText)
    return wrong(Field(field, "measure"), fmt::format("'{}' is no measure", clipped(value.measure)),
                 "write it in lower-case letters, digits and hyphens, as in residents");
  if (!is_decimal(value.value))
    return wrong(Field(field, "value"),
                 fmt::format("'{}' is no decimal number", clipped(value.value)),
                 "write digits with at most one point, as in 10 or 10.2");
  if (auto ok = required(Field(field, "unit"), value.unit, kMaxShortText); !ok) return ok;
  return date(Field(field, "period"), value.period);
}

Outcome source(const Field& field, const Source& value) {
  if (auto ok = text(Field(field, "publisher"), value.publisher); !ok) return ok;
  if (auto ok = date(Field(field, "published"), value.published); !ok) return ok;
  if (auto ok = text(Field(field, "url"), value.url, kMaxUrl); !ok) return ok;
  if (holds_several_addresses(value.url))
    return wrong(Field(field, "url"),
                 fmt::format("'{}' is more than one web address", clipped(value.url)),
                 "give each in a source of its own; a | that belongs to an address is written %7C");
  if (!value.url.empty() && !is_web_address(value.url))
    return wrong(Field(field, "url"), fmt::format("'{}' is no web address", clipped(value.url)),
                 "begin it with https:// or http://, without spaces, quotes or angle brackets");
  return note(Field(field, "note"), value.note);
}

bool is_degrees(std::string_view text, double most) {
  double value = 0;
  return is_decimal(text) &&
         std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{} &&
         std::abs(value) <= most;
}

Outcome description(const Event& event) {
  const Field field = "data.description";
  const bool describes = event.type == kEventTypes[kDescribed].name;
  if (describes != event.description.has_value())
    return wrong(field,
                 describes ? "this field is missing" : "only events of type described have one",
                 describes ? "say what the subject is" : "record it as an event of its own");
  if (!describes) return {};
  const Description& d = *event.description;
  if (d.names.empty())
    return wrong(Field(field, "names"), "this field is missing",
                 "give a name in at least one language");
  if (auto ok = local(Field(field, "names"), d.names); !ok) return ok;
  if (!d.kind.empty() && (!is_slug(d.kind) || d.kind.size() > kMaxShortText))
    return wrong(Field(field, "kind"), fmt::format("'{}' is no kind", clipped(d.kind)),
                 "write it in lower-case letters, digits and hyphens");
  if (auto ok = local(Field(field, "region"), d.region); !ok) return ok;
  if (d.latitude.empty() != d.longitude.empty() ||
      (!d.latitude.empty() && (!is_degrees(d.latitude, 90) || !is_degrees(d.longitude, 180))))
    return wrong(Field(field, "coordinates"), "they are no pair of decimal degrees",
                 "give latitude and longitude, as in 41.47 and 69.58");
  if (auto ok = entries(Field(field, "sectors"), d.sectors.size()); !ok) return ok;
  const Field sectors(field, "sectors");
  for (std::size_t i = 0; i < d.sectors.size(); ++i)
    if (auto ok = local(Field(sectors, i), d.sectors[i]); !ok) return ok;
  return local(Field(field, "partner"), d.partner);
}

Outcome references(const Event& event) {
  const bool retracts = event.type == kEventTypes[kRetracted].name;
  if (retracts && event.supersedes.empty())
    return wrong("supersedes", "this field is missing", "name the event that is retracted");
  if (retracts && event.note.empty() && event.title.empty())
    return wrong("data.note", "this field is missing", "say why the event is retracted");
  if (auto ok = reference("supersedes", event.supersedes, kMaxId); !ok) return ok;
  if (auto ok = reference("supersedessource", event.supersedes_source, kMaxSourceName); !ok)
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

Outcome data(const Event& event) {
  if (auto ok = local("data.title", event.title); !ok) return ok;
  const Field quantities = "data.quantities";
  if (auto ok = entries(quantities, event.quantities.size()); !ok) return ok;
  for (std::size_t i = 0; i < event.quantities.size(); ++i)
    if (auto ok = quantity(Field(quantities, i), event.quantities[i]); !ok) return ok;
  const Field parties = "data.parties";
  if (auto ok = entries(parties, event.parties.size()); !ok) return ok;
  for (std::size_t i = 0; i < event.parties.size(); ++i)
    if (auto ok = text(Field(parties, i), event.parties[i]); !ok) return ok;
  const Field sources = "data.sources";
  if (auto ok = entries(sources, event.sources.size()); !ok) return ok;
  for (std::size_t i = 0; i < event.sources.size(); ++i)
    if (auto ok = source(Field(sources, i), event.sources[i]); !ok) return ok;
  if (auto ok = note("data.note", event.note); !ok) return ok;
  return description(event);
}

}  // namespace

Result<Dating> validate(const Event& event) {
  if (auto ok = required_id("id", event.id, kMaxId); !ok) return std::unexpected(ok.error());
  if (auto ok = required_id("source", event.source, kMaxSourceName); !ok)
    return std::unexpected(ok.error());
  if (!is_like_uri(event.source))
    return at("source", Error{Errc::invalid,
                              fmt::format("'{}' is no URI-reference", clipped(event.source)),
                              {},
                              "write it without spaces, quotes or angle brackets, as in "
                              "urn:solnoma:history"});
  if (auto ok = type(event.type); !ok) return std::unexpected(ok.error());
  if (auto ok = subject(event.subject); !ok) return std::unexpected(ok.error());
  if (auto ok = references(event); !ok) return std::unexpected(ok.error());
  if (auto ok = data(event); !ok) return std::unexpected(ok.error());
  return dating_of(event.type, event.modality, event.occurred, event.known,
                   !event.quantities.empty());
}

}  // namespace solnoma
