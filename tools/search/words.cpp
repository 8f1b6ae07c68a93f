#include "tools/search/words.hpp"

#include <xapian.h>
#include <algorithm>
#include <array>

#include "events/text/folded_name.hpp"

namespace solnoma {
namespace {

/// Xapian keeps terms of up to 245 bytes; nobody looks for a word that is longer.
constexpr std::size_t kLongestWord = 200;
constexpr std::size_t kShortestStem = 4;

/// Endings of Uzbek, the longest first: of number, possession and case. Snowball has no stemmer of
/// it. A word loses one after the other: zavodlarining → zavod.
constexpr std::array<std::string_view, 27> kUzbekEndings = {
    "larining", "larning", "lariga", "larini", "larida", "laridan", "lari", "larga", "larni",
    "larda",    "lardan",  "lar",    "ining",  "ning",   "idan",    "ida",  "iga",   "ini",
    "dan",      "da",      "ga",     "ni",     "si",     "sining",  "lik",  "li",    "i"};

constexpr std::array<std::string_view, 44> kCommon = {
    "a",   "an",   "the",  "of", "in",  "on",  "at",  "to",  "and",  "or",    "for",
    "by",  "from", "with", "is", "was", "и",   "в",   "во",  "на",   "с",     "со",
    "по",  "о",    "об",   "от", "до",  "за",  "к",   "у",   "из",   "для",   "не",
    "или", "а",    "va",   "bu", "u",   "ham", "shu", "esa", "yoki", "bilan", "uchun"};

std::string uzbek_stem(std::string_view word) {
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (const std::string_view ending : kUzbekEndings) {
      if (!word.ends_with(ending) || word.size() < ending.size() + kShortestStem) continue;
      word.remove_suffix(ending.size());
      shorter = true;
      break;
    }
  }
  return std::string(word);
}

bool is_latin(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_cyrillic(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return first >= 0xD0 && first <= 0xD3;
}

}  // namespace

bool is_common(std::string_view word) {
  return std::ranges::find(kCommon, word) != kCommon.end();
}

void each_word(std::string_view text, const std::function<void(const WordForms&)>& visit) {
  static const thread_local Xapian::Stem english("english"), russian("russian");
  const std::string folded = folded_name(text);
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (word.empty() || word.size() > kLongestWord) continue;
    WordForms forms{std::string(word), {}, {}, {}};
    if (is_latin(word)) {
      forms.english = english(forms.word);
      forms.uzbek = uzbek_stem(word);
    } else if (is_cyrillic(word)) {
      forms.russian = russian(forms.word);
    }
    visit(forms);
  }
}

}  // namespace solnoma
