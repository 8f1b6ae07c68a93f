#include "tools/report/words/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <limits>
#include <locale>
#include <span>
#include <vector>

#include "engine/base/check.hpp"
#include "tools/report/words/catalogues.hpp"
#include "tools/report/words/once_per_language.hpp"

namespace solnoma {
namespace {

using Catalogue = boost::locale::message_format<char>;

constexpr int kDomain = 0;  // there is but one

/// Never fails: a catalogue that could not be read would have failed the tests, and is empty.
std::locale read(Language language) {
  const std::span<const char> compiled = compiled_catalogue(code_of(language));
  boost::locale::gnu_gettext::messages_info info;
  info.language = code_of(language);
  info.encoding = "UTF-8";
  info.paths = {""};
  info.domains.emplace_back("solnoma");
  info.callback = [compiled](const std::string&, const std::string&) {
    return std::vector<char>(compiled.begin(), compiled.end());
  };
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

/// Precondition: not English. Each is read when it is first asked for.
const Catalogue& catalogue(Language language) {
  static OncePerLanguage<std::locale> kept;
  return std::use_facet<Catalogue>(kept.get(language, [&] { return read(language); }));
}

/// The library wants C strings; no context is null.
struct Key {
  std::string context, text;
  bool has_context;

  Key(std::string_view in, std::string_view english)
      : context(in), text(english), has_context(!in.empty()) {}
  [[nodiscard]] const char* in() const { return has_context ? context.c_str() : nullptr; }
};

}  // namespace

std::string_view translate_in(Language language, std::string_view context,
                              std::string_view english) {
  if (language == Language::en || english.empty()) return english;  // "" is gettext's header
  const Key key(context, english);
  const char* found = catalogue(language).get(kDomain, key.in(), key.text.c_str());
  return found != nullptr ? std::string_view(found) : english;
}

std::string_view translate(Language language, std::string_view english) {
  return translate_in(language, {}, english);
}

std::string translate(Language language, std::string_view pattern, std::string_view value) {
  return fmt::format(fmt::runtime(translate(language, pattern)), value);
}

std::string fill(std::string_view pattern, std::initializer_list<Place> places) {
  std::string text;
  for (std::size_t open = pattern.find('{'); open != pattern.npos; open = pattern.find('{')) {
    const std::size_t close = pattern.find('}', open);
    const auto* const place =
        std::ranges::find(places, pattern.substr(open + 1, close - open - 1), &Place::name);
    SOLNOMA_CHECK(close != pattern.npos && place != places.end());
    text.append(pattern.substr(0, open)).append(place->value);
    pattern.remove_prefix(close + 1);
  }
  return text.append(pattern);
}

std::string_view translate_plural_in(Language language, std::string_view context,
                                     std::string_view one, std::string_view many, std::uint64_t n) {
  const std::string_view english = n == 1 ? one : many;
  if (language == Language::en) return english;
  const Key key(context, one);
  // Plural forms go by the last two digits; the library takes no more than an int.
  const int number = static_cast<int>(n <= std::numeric_limits<int>::max() ? n : 100 + n % 100);
  const char* found = catalogue(language).get(kDomain, key.in(), key.text.c_str(), number);
  return found != nullptr ? std::string_view(found) : english;
}

std::string_view translate_plural(Language language, std::string_view one, std::string_view many,
                                  std::uint64_t n) {
  return translate_plural_in(language, {}, one, many, n);
}

}  // namespace solnoma
