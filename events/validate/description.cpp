#include <unicode/uloc.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/event.hpp"
#include "events/event_type.hpp"
#include "events/json/geojson.hpp"
#include "events/text/decimal.hpp"
#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "events/validate/field.hpp"

namespace solnoma {
namespace {

bool is_degrees(std::string_view text, double most) {
  double value = 0;
  return is_decimal(text) &&
         std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{} &&
         std::abs(value) <= most;
}

Outcome check_coordinates(const Field& field, const Description& d) {
  if (d.latitude.empty() && d.longitude.empty()) return {};
  if (is_degrees(d.latitude, 90) && is_degrees(d.longitude, 180)) return {};
  return wrong(field, "they are no pair of decimal degrees",
               "give latitude and longitude, as in 41.47 and 69.58");
}

/// An officially assigned code of ISO 3166-1 alpha-2, as ICU lists them.
bool is_country(const std::string& code) {
  for (const char* const* each = uloc_getISOCountries(); *each != nullptr; ++each)
    if (code == *each) return true;
  return false;
}

Outcome check_country(const Field& field, const std::string& code) {
  if (code.empty() || is_country(code)) return {};
  return wrong(field, fmt::format("'{}' is no country", clipped(code)),
               "write the two capital letters of ISO 3166, as in UZ");
}

Outcome check_partner(const Field& field, const Partner& partner) {
  if (partner.name.empty())
    return wrong(Field(field, "name"), "this field is missing",
                 "give a name in at least one language");
  if (auto ok = check_local(Field(field, "name"), partner.name); !ok) return ok;
  if (auto ok = check_slug(Field(field, "role"), partner.role, "role", "operator"); !ok) return ok;
  const bool is_share = partner.share.empty() ||
                        (is_decimal(partner.share) && compare_decimals(partner.share, "0") >= 0 &&
                         compare_decimals(partner.share, "100") <= 0);
  if (!is_share)
    return wrong(Field(field, "share"), fmt::format("'{}' is no share", clipped(partner.share)),
                 "give per cent from 0 to 100, as in 49 or 12.5");
  return check_text(Field(field, "id"), partner.id);
}

Outcome check_identifier(const Field& field, const Identifier& identifier) {
  if (auto ok = check_required(Field(field, "scheme"), identifier.scheme); !ok) return ok;
  return check_required(Field(field, "id"), identifier.id);
}

Outcome check_other_name(const Field& field, const LocalText& name) {
  if (name.empty()) return wrong(field, "it is empty", "give the name");
  return check_local(field, name);
}

Outcome check_part_of(const Field& field, const Event& event, const std::string& whole) {
  if (whole.empty()) return {};
  if (whole == event.subject)
    return wrong(field, "the subject is part of itself", "name the whole that it belongs to");
  return check_subject(field, whole);
}

}  // namespace

Outcome check_description(const Event& event) {
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
  if (auto ok = check_local(Field(field, "names"), d.names); !ok) return ok;
  if (auto ok = check_slug(Field(field, "kind"), d.kind, "kind", "technopark"); !ok) return ok;
  if (auto ok = check_local(Field(field, "region"), d.region); !ok) return ok;
  if (auto ok = check_coordinates(Field(field, "coordinates"), d); !ok) return ok;
  const auto sector = [](const Field& place, const LocalText& name) {
    return check_local(place, name);
  };
  if (auto ok = check_each(Field(field, "sectors"), d.sectors, sector); !ok) return ok;
  if (auto ok = check_local(Field(field, "partner"), d.partner); !ok) return ok;
  if (auto ok = check_each(Field(field, "identifiers"), d.identifiers, check_identifier); !ok)
    return ok;
  if (auto ok = check_each(Field(field, "otherNames"), d.other_names, check_other_name); !ok)
    return ok;
  if (auto ok = check_part_of(Field(field, "partOf"), event, d.part_of); !ok) return ok;
  if (auto ok = check_country(Field(field, "country"), d.country); !ok) return ok;
  if (!d.geometry.empty())
    if (auto ok = check_geometry(d.geometry); !ok)
      return at(Field(field, "geometry").text(), ok.error());
  return check_each(Field(field, "partners"), d.partners, check_partner);
}

Outcome check_import_record(const Event& event) {
  const Field field = "data.import";
  const bool imports = event.type == kEventTypes[kImported].name;
  if (imports != event.import_record.has_value())
    return wrong(field, imports ? "this field is missing" : "only events of type imported have one",
                 imports ? "say which file was imported" : "take it out");
  if (!imports) return {};
  if (!event.subject.starts_with("dataset/"))
    return wrong("subject", "an import is told of a dataset", "name it as in dataset/iati-uz");
  const ImportRecord& record = *event.import_record;
  if (auto ok = check_required(Field(field, "file"), record.file); !ok) return ok;
  constexpr std::size_t kDigits = 64;
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (record.sha256.size() != kDigits || !std::ranges::all_of(record.sha256, is_hex))
    return wrong(Field(field, "sha256"), "it is no SHA-256",
                 "write 64 digits in lower case, as sha256sum prints them");
  if (record.first.size() > kMaxId)
    return wrong(Field(field, "first"), "no id is that long", "name the first event of the import");
  if (auto ok = check_text(Field(field, "first"), record.first, kMaxId); !ok) return ok;
  return check_text(Field(field, "mapping"), record.mapping, kMaxLongText);
}

}  // namespace solnoma
