#include "events/text/slip.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "events/text/characters.hpp"
#include "events/text/digits.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kLeast = 4;  // shorter names are abbreviations, each near many others

std::u32string folded(std::string_view text) {
  std::u32string all = packed_characters(text);
  for (char32_t& c : all)
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
  return all;
}

std::string digits(std::string_view text) {
  std::string all;
  std::ranges::copy_if(text, std::back_inserter(all), is_digit);
  return all;
}

/// Whether the character at `i` is a word by itself: zone-a.
bool is_word(std::u32string_view text, std::size_t i) {
  const auto separates = [](char32_t c) { return c == U'-' || c == U' ' || c == U'/'; };
  return (i == 0 || separates(text[i - 1])) && (i + 1 == text.size() || separates(text[i + 1]));
}

/// One letter missing, too many, wrong, or in its neighbour's place.
bool one_mistake(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  const auto front = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  std::size_t back = 0;
  while (back < a.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const auto of_a = a.substr(front, a.size() - front - back);
  const auto of_b = b.substr(front, b.size() - front - back);
  if (of_a.empty()) return of_b.size() == 1;
  if (of_a.size() == 1 && of_b.size() == 1) return !is_word(a, front) || !is_word(b, front);
  return of_a.size() == 2 && of_b.size() == 2 && of_a[0] == of_b[1] && of_a[1] == of_b[0];
}

/// A text is a polynomial of its letters (Karp & Rabin, IBM J. Res. Dev. 31, 1987), modulo 2^64:
/// what it is without one of them is known from what stands before and behind.
constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15;

/// SplitMix64's last step (Steele, Lea & Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t z) {
  z += kBase;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

}  // namespace

bool looks_like_slip(std::string_view typed, std::string_view known) {
  if (typed == known || digits(typed) != digits(known)) return false;
  const std::u32string a = folded(typed);
  const std::u32string b = folded(known);
  return a == b || (std::max(a.size(), b.size()) >= kLeast && one_mistake(a, b));
}

void each_slip_key(std::string_view name, const std::function<void(std::uint64_t)>& visit) {
  const auto counts = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const std::u32string text = folded(name);
  std::uint64_t digits = 0;
  std::vector<std::uint64_t> before;  // of what stands before each letter
  before.reserve(text.size());
  std::uint64_t whole = 0;
  for (const char32_t c : text) {
    before.push_back(whole);
    whole = whole * kBase + mixed(c);
    if (counts(c)) digits = digits * kBase + mixed(c);
  }
  const auto tell = [&](std::uint64_t letters) { visit(mixed(letters ^ mixed(digits))); };
  tell(whole);
  std::uint64_t behind = 0, power = 1;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (!counts(text[i])) tell(before[i] * power + behind);
    behind += mixed(text[i]) * power;
    power *= kBase;
  }
}

}  // namespace solnoma
