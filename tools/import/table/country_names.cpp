#include "tools/import/table/country_names.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uloc.h>

#include <unordered_map>

#include "events/language.hpp"
#include "events/text/folded_name.hpp"

namespace solnoma {
namespace {

/// Names in use that ICU does not give, in the form of key_of().
constexpr std::pair<std::string_view, std::string_view> kOtherNames[] = {
    {"turkey", "TR"},
    {"turkiye", "TR"},
    {"czech republic", "CZ"},
    {"macedonia", "MK"},
    {"burma", "MM"},
    {"myanmar", "MM"},
    {"swaziland", "SZ"},
    {"cape verde", "CV"},
    {"ivory coast", "CI"},
    {"cote d ivoire", "CI"},
    {"cote divoire", "CI"},
    {"hong kong", "HK"},
    {"macau", "MO"},
    {"macao", "MO"},
    {"viet nam", "VN"},
    {"republic of korea", "KR"},
    {"korea", "KR"},
    {"north korea", "KP"},
    {"dprk", "KP"},
    {"drc", "CD"},
    {"dr congo", "CD"},
    {"democratic republic of congo", "CD"},
    {"republic of congo", "CG"},
    {"congo", "CG"},
    {"usa", "US"},
    {"united states of america", "US"},
    {"uk", "GB"},
    {"great britain", "GB"},
    {"uae", "AE"},
    {"russian federation", "RU"},
    {"lao pdr", "LA"},
    {"brunei darussalam", "BN"},
    {"syrian arab republic", "SY"},
    {"palestine", "PS"},
    {"occupied palestinian territory", "PS"},
    {"guinea bissau", "GW"},
    {"timor leste", "TL"},
    {"east timor", "TL"},
    {"holland", "NL"},
    {"reunion", "RE"},
    {"iran islamic republic of", "IR"},
    {"tanzania united republic of", "TZ"},
    {"россия", "RU"},
    {"рф", "RU"},
    {"республика узбекистан", "UZ"},
    {"белоруссия", "BY"},
    {"республика беларусь", "BY"},
    {"киргизия", "KG"},
    {"молдавия", "MD"},
    {"туркмения", "TM"},
    {"кнр", "CN"},
    {"китаи", "CN"},
    {"южная корея", "KR"},
    {"сша", "US"},
    {"оаэ", "AE"},
    {"ozbekiston respublikasi", "UZ"},
    {"rossiya federatsiyasi", "RU"}};

/// Without the words that some write and others do not.
std::string key_of(std::string_view name) {
  const std::string folded = " " + folded_name(name) + " ";
  std::string key;
  for (std::size_t begin = 1; begin < folded.size();) {
    const std::size_t end = folded.find(' ', begin);
    const auto word = std::string_view(folded).substr(begin, end - begin);
    if (word != "and" && word != "the" && word != "и" && word != "va")
      key += (key.empty() ? "" : " ") + std::string(word == "st" ? "saint" : word);
    begin = end + 1;
  }
  return key;
}

std::unordered_map<std::string, std::string> all_names() {
  std::unordered_map<std::string, std::string> names;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    names.emplace(key_of(*code), *code);
    for (const LanguageName& language : kLanguages) {
      icu::UnicodeString name;
      icu::Locale("", *code).getDisplayCountry(icu::Locale(std::string(language.code).c_str()),
                                               name);
      std::string text;
      names.emplace(key_of(name.toUTF8String(text)), *code);
    }
  }
  for (const auto& [name, code] : kOtherNames) names.emplace(name, code);
  return names;
}

}  // namespace

std::optional<std::string> country_code(std::string_view name) {
  static const auto names = all_names();
  const auto found = names.find(key_of(name));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace solnoma
