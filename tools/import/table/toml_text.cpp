#include "tools/import/table/toml_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

/// Where a text has a letter beyond ASCII outside of strings and comments, which TOML does not
/// allow and toml++ 3.3 does not survive; npos: nowhere. What is no TOML otherwise is left to that.
std::size_t stray_letter(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  for (std::size_t i = text.starts_with(kMark) ? kMark.size() : 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80) return i;
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '"' || c == '\'') {
      const std::string three(3, c);
      const bool lines = text.substr(i).starts_with(three);
      const std::string_view end =
          lines ? std::string_view(three) : std::string_view(three).substr(2);
      for (i += end.size(); i < text.size() && !text.substr(i).starts_with(end); ++i) {
        if (text[i] == '\n' && !lines) break;
        if (text[i] == '\\' && c == '"') ++i;
      }
      if (lines) i += end.size() - 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<toml::table> toml_from_text(const std::string& text, const std::string& file) {
  if (const std::size_t stray = stray_letter(text); stray != std::string::npos) {
    const auto line = 1 + std::ranges::count(std::string_view(text).substr(0, stray), '\n');
    return at(fmt::format("{}:{}", file, line),
              Error{Errc::invalid,
                    "it is not TOML: a letter beyond a to z stands without quotes",
                    {},
                    "write names of such letters in quotes"});
  }
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& e) {
    return at(fmt::format("{}:{}", file, e.source().begin.line),
              Error{Errc::invalid,
                    fmt::format("it is not TOML: {}", e.description()),
                    {},
                    "see toml.io for how it is written"});
  } catch (const TomlAssertion&) {
    return at(file,
              Error{Errc::invalid, "it is not TOML", {}, "see toml.io for how it is written"});
  }
}

std::string toml_quoted(std::string_view text) {
  std::string toml = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::size_t size = first_code_point(text.substr(i)).size;
    if (c == '"' || c == '\\') toml += '\\';
    if (size == 0)
      toml += "\uFFFD";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      toml += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      toml += text.substr(i, size);
    i += std::max<std::size_t>(size, 1);
  }
  return toml + "\"";
}

}  // namespace solnoma
