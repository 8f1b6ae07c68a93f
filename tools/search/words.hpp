#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace solnoma {

/// What a word is found by: itself, folded (folded_name.hpp), and its stems.
struct WordForms {
  std::string word;
  std::string english, russian, uzbek;  ///< empty: the word is in another script
};

/// Whether a folded word says nothing of what is looked for: "of", "the", "на", "va".
[[nodiscard]] bool is_common(std::string_view word);

/// Calls `visit` with the words of a text in any script, each as it is found by.
void each_word(std::string_view text, const std::function<void(const WordForms&)>& visit);

}  // namespace solnoma
