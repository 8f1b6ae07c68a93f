#include "events/text/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace solnoma {
namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 0;  // 0: the bytes are not UTF-8
};

/// RFC 3629: shortest form only, no surrogates, nothing above U+10FFFF.
CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || text.size() < size) return {};
  std::uint32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {};
  return {value, size};
}

bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/// Characters that change how the text around them is laid out.
bool is_layout(std::uint32_t c) {
  return c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
}

/// How many bytes at the beginning are certainly printable ASCII: nearly all are, and
/// eight are looked at in the time of one.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    // The top bit of a byte: not ASCII; below 0x20 (it borrows); or 0x7F.
    if (((bytes | (bytes - kOnes * 0x20) | (bytes + kOnes)) & (kOnes * 0x80)) != 0) break;
  }
  return i;
}

}  // namespace

Result<void> check_text(std::string_view text, std::size_t most) {
  if (text.size() > most)
    return fail(Errc::invalid,
                fmt::format("the text has {} bytes, more than {}", text.size(), most),
                "shorten it");
  for (std::size_t i = plain_prefix(text); i < text.size();) {
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size == 0)
      return fail(Errc::invalid, fmt::format("byte {} is not UTF-8", i + 1),
                  "save the text as UTF-8");
    if (is_control(point.value))
      return fail(Errc::invalid,
                  fmt::format("byte {} is the control character U+{:04X}", i + 1, point.value),
                  "take it out");
    if (is_layout(point.value))
      return fail(Errc::invalid,
                  fmt::format("byte {} is U+{:04X}, which changes the layout of what surrounds it",
                              i + 1, point.value),
                  "take it out");
    i += point.size;
  }
  return {};
}

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size == 0) {
      out += fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[i]));
      ++i;
    } else {
      if (is_control(point.value) || is_layout(point.value))
        out += fmt::format("\\u{{{:x}}}", point.value);
      else
        out += text.substr(i, point.size);
      i += point.size;
    }
  }
  return out;
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
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
  return dot == std::string_view::npos || digits(text.substr(dot + 1));
}

}  // namespace solnoma
