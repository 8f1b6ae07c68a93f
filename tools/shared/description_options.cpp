#include "tools/shared/description_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/json/geojson.hpp"

namespace solnoma {
namespace {

/// scheme=id
Try<Identifier> parse_identifier(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == 0 || equals >= text.size() - 1)
    return usage(fmt::format("--identifier: '{}' is not understood", text.substr(0, 60)),
                 "write scheme=id, as in GEM=P100000119642");
  return Identifier{text.substr(0, equals), text.substr(equals + 1)};
}

/// NAME[;role=R][;share=S][;id=I]
Try<Partner> parse_partner(const std::string& text) {
  std::string_view rest = text;
  const auto take = [&] {
    const auto end = rest.find(';');
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
  };
  Partner partner;
  partner.name = std::string(take());
  while (!rest.empty()) {
    const std::string_view part = take();
    const auto equals = part.find('=');
    const std::string_view field = part.substr(0, equals);
    std::string* place = field == "role"    ? &partner.role
                         : field == "share" ? &partner.share
                         : field == "id"    ? &partner.id
                                            : nullptr;
    if (place == nullptr || equals == std::string_view::npos)
      return usage(
          fmt::format("--with: '{}' is not understood", part.substr(0, 60)),
          "write NAME;role=investor;share=51;id=7707083893, each part but the name optional");
    *place = part.substr(equals + 1);
  }
  return partner;
}

template <class Value, class Parse>
Outcome replace(std::vector<Value>& values, const std::vector<std::string>& given,
                const Parse& parse) {
  if (given.empty()) return {};
  values.clear();
  for (const std::string& text : given) {
    auto value = parse(text);
    if (!value) return refuse(value);
    values.push_back(std::move(*value));
  }
  return {};
}

LocalText in_english(const std::string& text) {
  return LocalText{text, "", ""};
}

LocalText as_it_stands(const std::string& text) {
  return LocalText(text);
}

}  // namespace

bool DescriptionOptions::given() const {
  const auto has = [](const auto&... lists) { return (... || !lists.empty()); };
  return names.given() || region.given() || partner.given() ||
         has(kind, latitude, longitude, geometry, country, part_of, other_names, sectors,
             identifiers, partners);
}

void add_description_options(Command& command, DescriptionOptions& options) {
  add_texts(command, "--name", options.names, "For 'described': its name");
  command.options("--other-name", options.other_names,
                  "For 'described': another name that sources use", "TEXT");
  command.option("--kind", options.kind, "For 'described': technopark, industrial-park, ...",
                 "TEXT");
  command.option("--part-of", options.part_of, "For 'described': the subject that it is part of",
                 "SUBJECT");
  command.option("--country", options.country, "For 'described': its country, as in UZ", "CODE");
  add_texts(command, "--region", options.region, "For 'described': where it lies");
  command.option("--latitude", options.latitude, "For 'described': in decimal degrees", "DEGREES");
  command.option("--longitude", options.longitude, "For 'described': in decimal degrees",
                 "DEGREES");
  command.option("--geometry", options.geometry,
                 "For 'described': a GeoJSON geometry, as of a line or an area", "JSON");
  command.options("--sector", options.sectors, "For 'described': what is made there, in English",
                  "TEXT");
  add_texts(command, "--partner", options.partner, "For 'described': with whom it is built");
  command.options("--with", options.partners,
                  "For 'described': who has a part in it, as in 'NAME;role=investor;share=51;id=X'",
                  "PARTNER");
  command.options("--identifier", options.identifiers,
                  "For 'described': what a register calls it, as in GEM=P100000119642",
                  "SCHEME=ID");
}

Outcome apply(const DescriptionOptions& options, Event& event) {
  if (!options.given()) return {};
  if (!event.description) event.description.emplace();
  Description& d = *event.description;
  const auto put = [](std::string& field, const std::string& given) {
    if (!given.empty()) field = given;
  };
  put(d.kind, options.kind);
  put(d.latitude, options.latitude);
  put(d.longitude, options.longitude);
  put(d.country, options.country);
  put(d.part_of, options.part_of);
  if (!options.geometry.empty()) {
    auto geometry = compact_geometry(options.geometry);
    if (!geometry) return usage("--geometry: " + geometry.error().what, geometry.error().remedy);
    d.geometry = std::move(*geometry);
  }
  if (auto ok = set(d.names, "--name", options.names); !ok) return ok;
  if (auto ok = set(d.region, "--region", options.region); !ok) return ok;
  if (auto ok = set(d.partner, "--partner", options.partner); !ok) return ok;
  // A name that stays keeps its other languages.
  const std::vector<LocalText> other_names = d.other_names;
  const std::vector<LocalText> sectors = d.sectors;
  std::vector<LocalText> partners;
  for (const Partner& each : d.partners) partners.push_back(each.name);
  const auto other_name = [&](const std::string& text) -> Try<LocalText> {
    return kept_or(other_names, text, as_it_stands);
  };
  const auto sector = [&](const std::string& text) -> Try<LocalText> {
    return kept_or(sectors, text, in_english);
  };
  const auto partner = [&](const std::string& text) {
    auto parsed = parse_partner(text);
    if (parsed) parsed->name = kept_or(partners, parsed->name.in(Language::en), as_it_stands);
    return parsed;
  };
  if (auto ok = replace(d.other_names, options.other_names, other_name); !ok) return ok;
  if (auto ok = replace(d.sectors, options.sectors, sector); !ok) return ok;
  if (auto ok = replace(d.identifiers, options.identifiers, parse_identifier); !ok) return ok;
  return replace(d.partners, options.partners, partner);
}

}  // namespace solnoma
