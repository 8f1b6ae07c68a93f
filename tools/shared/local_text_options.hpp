#pragma once

#include <array>
#include <string>
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

/// Puts what was given over what stands in `text`. Errors: usage, naming the option.
[[nodiscard]] Outcome set(LocalText& text, const std::string& name, const TextOptions& given);

}  // namespace solnoma
