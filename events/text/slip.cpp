#include "events/text/slip.hpp"

#include <algorithm>
#include <string>

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

}  // namespace

bool looks_like_slip(std::string_view typed, std::string_view known) {
  if (typed == known || digits(typed) != digits(known)) return false;
  const std::u32string a = folded(typed);
  const std::u32string b = folded(known);
  return a == b || (std::max(a.size(), b.size()) >= kLeast && one_mistake(a, b));
}

void each_slip_key(std::string_view name, const std::function<void(std::uint64_t)>& visit) {
  constexpr std::uint64_t kOffset = 0xcbf29ce484222325;  // FNV-1a
  constexpr std::uint64_t kPrime = 0x100000001b3;
  const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  const std::u32string text = folded(name);
  std::uint64_t digits = kOffset;
  for (const char32_t c : text)
    if (is_digit(c)) digits = (digits ^ c) * kPrime;
  for (std::size_t left_out = 0; left_out <= text.size(); ++left_out) {  // the last: nothing
    if (left_out < text.size() && is_digit(text[left_out])) continue;
    std::uint64_t key = digits;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (i != left_out) key = (key ^ text[i]) * kPrime;
    visit(key);
  }
}

}  // namespace solnoma
