#include "tools/report/words/countries.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace solnoma {

std::string country_name(std::string_view code, Language language) {
  const icu::Locale country("", std::string(code).c_str());
  const icu::Locale reader(std::string(code_of(language)).c_str());
  icu::UnicodeString name;
  country.getDisplayCountry(reader, name);
  std::string text;
  name.toUTF8String(text);
  return text.empty() ? std::string(code) : text;
}

}  // namespace solnoma
