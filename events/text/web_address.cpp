#include "events/text/web_address.hpp"

#include <algorithm>
#include <array>

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 2> kSchemes{"https://", "http://"};

bool separates(char c) {
  return c == '|' || c == ',' || c == ';' || c == ' ';
}

/// How long the scheme is that the text begins with, in letters of either case; 0: none.
std::size_t scheme_of(std::string_view text) {
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b;
  };
  for (const std::string_view scheme : kSchemes)
    if (std::ranges::equal(text.substr(0, scheme.size()), scheme, same)) return scheme.size();
  return 0;
}

}  // namespace

bool is_like_uri(std::string_view text) {
  return std::ranges::none_of(text,
                              [](char c) { return c == ' ' || c == '<' || c == '>' || c == '"'; });
}

bool is_web_address(std::string_view url) {
  if (!is_like_uri(url)) return false;
  for (const std::string_view scheme : kSchemes)
    if (url.starts_with(scheme)) return url.size() > scheme.size() && url[scheme.size()] != '/';
  return false;
}

bool holds_several_addresses(std::string_view text) {
  const std::size_t first = scheme_of(text);
  if (first == 0) return false;
  if (text.contains('|')) return true;  // no address has one: it is written %7C there
  // The second scheme decides: once one stands within a query, a list of them may be its value.
  constexpr std::string_view kMark = "://";
  for (std::size_t mark = text.find(kMark, first); mark != std::string_view::npos;
       mark = text.find(kMark, mark + 1))
    for (const std::string_view scheme : kSchemes) {
      const std::size_t name = scheme.size() - kMark.size();
      if (mark >= first + name && scheme_of(text.substr(mark - name)) == scheme.size())
        return separates(text[mark - name - 1]);
    }
  return false;
}

}  // namespace solnoma
