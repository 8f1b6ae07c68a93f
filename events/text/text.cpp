#include "events/text/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "events/text/digits.hpp"
#include "events/text/eight_bytes.hpp"
#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/// Characters that change how the text around them is laid out, beyond its own letters. The marks
/// U+200E, U+200F and U+061C are none of them: each stands for a letter that is not seen.
bool is_layout(std::uint32_t c) {
  return c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/// Letters, digits and marks of a block that nothing shows: whoever reads by eye does not see what
/// a program reads there.
bool is_tag(std::uint32_t c) {
  return c >= 0xE0000 && c <= 0xE007F;
}

/// Says which form of the character before it is meant. One behind another says nothing to the eye;
/// a row of them can carry any bytes.
bool selects_variation(std::uint32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool breaks_lines(std::uint32_t c) {
  return c == '\n' || c == '\t';
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// How many bytes at the beginning are certainly printable ASCII, as nearly all are.
std::size_t plain_prefix(std::string_view text) {
  return unmarked_prefix(text, [](std::uint64_t bytes) {
    // The top bit of a byte: not ASCII; below 0x20; or 0x7F.
    return (bytes | bytes_below(bytes, 0x20) | (bytes + kEachByte)) & kTopBits;
  });
}

/// How many bytes the character takes that `text` begins with, if it is one of those that most
/// texts are made of: printable ASCII, and letters of Latin, Cyrillic, Arabic and the like, from
/// U+00C0 to U+07FF. 0: it is another one.
std::size_t usual_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead >= 0x20 && lead < 0x7F) return 1;
  return lead >= 0xC3 && lead < 0xE0 && text.size() > 1 && continues(text[1]) ? 2 : 0;
}

}  // namespace

std::size_t characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

Result<void> check_text(std::string_view text, std::size_t most, Lines lines) {
  if (text.size() > most)  // no text has more characters than bytes
    if (const std::size_t count = characters(text); count > most)
      return fail(Errc::invalid,
                  fmt::format("the text has {} characters, more than {}", count, most),
                  "shorten it");
  bool selected = false;
  for (std::size_t i = plain_prefix(text); i < text.size();) {
    if (const std::size_t size = usual_character(text.substr(i)); size != 0) {
      selected = false;
      i += size;
      continue;
    }
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size == 0)
      return fail(Errc::invalid, fmt::format("byte {} is not UTF-8", i + 1),
                  "save the text as UTF-8");
    if (breaks_lines(point.value) && lines == Lines::one)
      return fail(Errc::invalid,
                  fmt::format("byte {} is a {} (U+{:04X})", i + 1,
                              point.value == '\n' ? "line break" : "tab", point.value),
                  "write one line; only notes keep lines");
    if (is_control(point.value) && !breaks_lines(point.value))
      return fail(Errc::invalid,
                  fmt::format("byte {} is the control character U+{:04X}", i + 1, point.value),
                  "take it out");
    if (is_layout(point.value))
      return fail(Errc::invalid,
                  fmt::format("byte {} is U+{:04X}, which changes the layout of what surrounds it",
                              i + 1, point.value),
                  "take it out");
    const bool selects = selects_variation(point.value);
    if (is_tag(point.value) || (selects && selected))
      return fail(
          Errc::invalid,
          fmt::format("byte {} is U+{:04X}, which says what nobody sees", i + 1, point.value),
          "take it out");
    selected = selects;
    i += point.size;
  }
  return {};
}

std::string visible(std::string_view text) {
  std::string out;
  bool selected = false;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size == 0) {
      out += fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[i]));
      ++i;
    } else {
      const bool selects = selects_variation(point.value);
      if (is_control(point.value) || is_layout(point.value) || is_tag(point.value) ||
          (selects && selected))
        out += fmt::format("\\u{{{:x}}}", point.value);
      else
        out += text.substr(i, point.size);
      selected = selects;
      i += point.size;
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string line;
  bool gap = false;
  for (const char c : text) {
    if (c == '\n' || c == '\t' || c == '\r') {
      gap = true;
      while (line.ends_with(' ')) line.pop_back();
    } else if (!gap || c != ' ') {
      if (gap && !line.empty()) line.push_back(' ');
      gap = false;
      line.push_back(c);
    }
  }
  return visible(line);
}

bool is_slug(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_decimal(std::string_view text) {
  if (text.size() > 40) return false;
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, is_digit);
  };
  if (!digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
  return dot == std::string_view::npos || digits(text.substr(dot + 1));
}

}  // namespace solnoma
