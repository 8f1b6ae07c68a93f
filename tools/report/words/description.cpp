#include "tools/report/words/description.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/folded_name.hpp"
#include "tools/report/words/countries.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

void add(std::string& list, std::string_view separator, const std::string& more) {
  if (!more.empty()) list += (list.empty() ? "" : std::string(separator)) + more;
}

std::string role_in_words(const std::string& role, Language language) {
  if (std::ranges::find(kRoles, role) != std::end(kRoles) && language != Language::en)
    return std::string(translate_in(language, "role", role));
  std::string words = role;
  std::ranges::replace(words, '-', ' ');
  return words;
}

std::string in_words(const Partner& partner, Language language) {
  std::string inner = role_in_words(partner.role, language);
  if (!partner.share.empty()) add(inner, ", ", partner.share + "\u00A0%");
  add(inner, ", ", partner.id);
  const std::string& name = partner.name.in(language);
  return inner.empty() ? name : fmt::format("{} ({})", name, inner);
}

/// The name in every language that it has, once each: other names are looked for, not read.
std::string all_of(const LocalText& name) {
  std::string text;
  for (const LocalPlace& each : kLocalTexts) add(text, ", ", name.*each.text);
  for (const TaggedText& other : name.others) add(text, ", ", other.text);
  return text;
}

/// Names in further languages than the program speaks, and other names.
std::string other_names(const Description& description) {
  std::string text;
  for (const TaggedText& other : description.names.others)
    if (!language_from(other.language)) add(text, ", ", other.text);
  for (const LocalText& name : description.other_names) add(text, ", ", all_of(name));
  return text;
}

}  // namespace

std::string place_in_words(const Description& description, Language language) {
  const std::string& region = description.region.in(language);
  if (description.country.empty()) return region;
  const std::string country = country_name(description.country, language);
  if (region.empty()) return country;
  const std::string folded = folded_name(region);  // in whatever language it is at hand
  const bool named = std::ranges::any_of(kLanguages, [&](const auto& each) {
    return has_words(folded, folded_name(country_name(description.country, each.language)));
  });
  return named ? region : region + ", " + country;
}

std::string partners_in_words(const Description& description, Language language) {
  if (description.partners.empty()) return description.partner.in(language);
  std::string text;
  for (const Partner& partner : description.partners) add(text, "; ", in_words(partner, language));
  return text;
}

std::vector<DescriptionFact> description_in_words(const Description& d, Language language) {
  std::vector<DescriptionFact> facts;
  const auto fact = [&](std::string_view name, std::string text) {
    if (!text.empty()) facts.push_back({std::string(translate(language, name)), std::move(text)});
  };
  std::string sectors;
  for (const LocalText& sector : d.sectors) add(sectors, ", ", sector.in(language));
  std::string identifiers;
  for (const Identifier& each : d.identifiers)
    add(identifiers, ", ", fmt::format("{} {}", each.scheme, each.id));
  fact(message("Region"), place_in_words(d, language));
  fact(message("Part of"), d.part_of);
  fact(message("Partner"), partners_in_words(d, language));
  fact(message("Sectors"), sectors);
  fact(message("Other names"), other_names(d));
  fact(message("Identifiers"), identifiers);
  return facts;
}

}  // namespace solnoma
