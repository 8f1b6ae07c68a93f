#include "events/json/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "events/text/text.hpp"

namespace solnoma {
namespace {

std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    value <<= 4;
    if (c >= '0' && c <= '9')
      value |= static_cast<std::uint32_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      value |= static_cast<std::uint32_t>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      value |= static_cast<std::uint32_t>(c - 'A' + 10);
    else
      return std::nullopt;
  }
  return value;
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6);
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12);
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18);
    byte(0x80 | (c >> 12 & 0x3F));
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

/// The letter that stands for a tab or the end of a line in an escape; '\0': it is neither.
char escaped_space(std::uint32_t point) {
  return point == '\t' ? 't' : point == '\n' ? 'n' : point == '\r' ? 'r' : '\0';
}

/// The escape is where `json` begins.
std::unexpected<Error> wrong(std::string_view json) {
  return fail(Errc::invalid,
              fmt::format("the JSON escape '{}' stands for no character that a text may have",
                          visible(json.substr(0, 6))),
              "write the character itself, in UTF-8");
}

}  // namespace

Result<std::string> resolve_unicode_escapes(std::string_view json) {
  if (const auto zero = json.find('\0'); zero != std::string_view::npos)
    return fail(Errc::invalid, fmt::format("byte {} of the JSON is zero", zero + 1), "take it out");
  std::string out;
  out.reserve(json.size());
  while (true) {
    const auto backslash = json.find('\\');
    out += json.substr(0, backslash);
    if (backslash == std::string_view::npos) return out;
    json.remove_prefix(backslash);
    if (json.size() < 2 || json[1] != 'u') {
      out += json.substr(0, 2);
      json.remove_prefix(std::min<std::size_t>(2, json.size()));
      continue;
    }
    const auto first = hex4(json.substr(2));
    if (!first) return wrong(json);
    std::uint32_t point = *first;
    std::size_t used = 6;
    if (point >= 0xD800 && point <= 0xDBFF) {
      const auto second = json.substr(6).starts_with("\\u") ? hex4(json.substr(8)) : std::nullopt;
      if (!second || *second < 0xDC00 || *second > 0xDFFF) return wrong(json);
      point = 0x10000 + ((point - 0xD800) << 10) + (*second - 0xDC00);
      used = 12;
    } else if (const char letter = escaped_space(point); letter != '\0') {
      out += {'\\', letter};  // raw, it would break the string
      json.remove_prefix(used);
      continue;
    } else if (point < 0x20 || (point >= 0xDC00 && point <= 0xDFFF)) {
      return wrong(json);
    }
    if (point == '"' || point == '\\') out.push_back('\\');
    append_utf8(out, point);
    json.remove_prefix(used);
  }
}

}  // namespace solnoma
