#include "tools/import/table/cell_text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

/// Windows-1252 from 0x80 to 0x9F (https://encoding.spec.whatwg.org/#index-windows-1252).
constexpr std::array<char16_t, 32> kWindows = {
    u'\u20AC', u'\u0081', u'\u201A', u'\u0192', u'\u201E', u'\u2026', u'\u2020', u'\u2021',
    u'\u02C6', u'\u2030', u'\u0160', u'\u2039', u'\u0152', u'\u008D', u'\u017D', u'\u008F',
    u'\u0090', u'\u2018', u'\u2019', u'\u201C', u'\u201D', u'\u2022', u'\u2013', u'\u2014',
    u'\u02DC', u'\u2122', u'\u0161', u'\u203A', u'\u0153', u'\u009D', u'\u017E', u'\u0178'};

void append(std::string& text, std::uint32_t code_point) {
  std::array<char, U8_MAX_LENGTH> bytes;
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(code_point));
  text.append(bytes.data(), size);
}

bool is_plain(std::string_view cell) {
  if (cell.empty()) return true;
  if (cell.front() == ' ' || cell.back() == ' ') return false;
  char last = 0;
  for (const char c : cell) {
    if (c < ' ' || c == 0x7F || (c == ' ' && last == ' ')) return false;  // also: not ASCII
    last = c;
  }
  return true;
}

/// Letters of what cannot be seen: joiners and marks of direction belong to words.
bool is_invisible(std::uint32_t c) {
  return c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c < ' ' || (c >= 0x7F && c < 0xA0);
}

}  // namespace

std::string cleaned_text(std::string_view cell, Repairs& repairs) {
  if (is_plain(cell)) return std::string(cell);
  std::string text;
  bool spaces = false, lines = false, unseen = false, windows = false, doubled = false;
  bool gap = false;
  for (std::size_t i = 0; i < cell.size();) {
    auto [c, size] = first_code_point(cell.substr(i));
    if (size == 0) {
      text += cell[i++];
      continue;
    }
    i += size;
    if (c >= 0x80 && c < 0xA0 && kWindows[c - 0x80] != c) {
      windows = true;
      c = kWindows[c - 0x80];
    }
    const bool line = c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029;
    if (line || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
      lines |= line;
      spaces |= !line && c != ' ';
      doubled |= gap || text.empty() || i == cell.size();
      gap = true;
      continue;
    }
    if (is_invisible(c)) {
      unseen = true;
      continue;
    }
    if (gap && !text.empty()) text += ' ';
    gap = false;
    append(text, c);
  }
  if (lines) repairs.add("line breaks and tabs became spaces");
  if (spaces) repairs.add("no-break and other spaces became plain ones");
  if (unseen) repairs.add("marks that cannot be seen were taken out");
  if (windows) repairs.add("control characters became the letters of Windows-1252");
  if (doubled) repairs.add("spaces at the ends, or doubled, were taken out");
  return text;
}

}  // namespace solnoma
