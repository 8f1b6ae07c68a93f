#include "tools/shared/local_text_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace solnoma {

bool TextOptions::given() const {
  return !others.empty() || std::ranges::any_of(texts, std::not_fn(&std::string::empty));
}

void add_texts(Command& command, const std::string& name, TextOptions& values,
               const std::string& help) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    const auto& [language, code, english, own] = kLanguages[i];
    const bool first = i == 0;
    const std::string option = first ? name : fmt::format("{}-{}", name, code);
    command.option(option.c_str(), values.texts[i],
                   fmt::format("{} in {}", first ? help + "," : "...", english), "TEXT");
  }
  command.options(fmt::format("{}-in", name).c_str(), values.others,
                  "... in another language, as in zh-Hans=TEXT", "TAG=TEXT");
}

bool says(const LocalText& text, std::string_view words) {
  return std::ranges::any_of(kLocalTexts,
                             [&](const LocalPlace& each) { return text.*each.text == words; }) ||
         std::ranges::any_of(text.others,
                             [&](const TaggedText& each) { return each.text == words; });
}

Outcome set(LocalText& text, const std::string& name, const TextOptions& given) {
  for (std::size_t i = 0; i < kLanguages.size(); ++i)
    if (!given.texts[i].empty()) text.put(kLanguages[i].code, given.texts[i]);
  for (const std::string& other : given.others) {
    const auto equals = other.find('=');
    if (equals == 0 || equals >= other.size() - 1)
      return usage(fmt::format("{}-in: '{}' is not understood", name, other.substr(0, 60)),
                   "write the tag of the language and the text, as in zh-Hans=TEXT");
    text.put(other.substr(0, equals), other.substr(equals + 1));
  }
  return {};
}

}  // namespace solnoma
