#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// A text in each language, in the order of kLanguages, and in others.
struct TextOptions {
  std::array<std::string, kLanguages.size()> texts;
  std::vector<std::string> others;  ///< "zh-Hans=…"

  [[nodiscard]] bool given() const;
};

/// `--title`, `--title-ru`…: one option a language; and `--title-in TAG=TEXT` for all others.
void add_texts(Command& command, const std::string& name, TextOptions& values,
               const std::string& help);

/// Whether a text reads so in one of its languages.
[[nodiscard]] bool says(const LocalText& text, std::string_view words);
/// The first of `texts` that reads so, with all its languages; none: the words, as `text_of` makes
/// a text of them. For a list that takes the place of `texts`.
template <class TextOf>
[[nodiscard]] LocalText kept_or(const std::vector<LocalText>& texts, const std::string& words,
                                const TextOf& text_of) {
  const auto same =
      std::ranges::find_if(texts, [&](const LocalText& text) { return says(text, words); });
  return same != texts.end() ? *same : text_of(words);
}

/// Puts what was given over what stands in `text`. Errors: usage, naming the option.
[[nodiscard]] Outcome set(LocalText& text, const std::string& name, const TextOptions& given);

}  // namespace solnoma
