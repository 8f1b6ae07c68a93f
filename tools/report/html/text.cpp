#include "tools/report/html/text.hpp"

#include <algorithm>
#include <cctype>

#include "tools/report/markup.hpp"

namespace solnoma {

std::string html_data(std::string_view text) {
  return "<bdi>" + markup_escape(text) + "</bdi>";
}

std::string web_address(std::string_view url) {
  std::string scheme(url.substr(0, 8));
  std::ranges::transform(scheme, scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!scheme.starts_with("http://") && !scheme.starts_with("https://")) return "";
  return markup_escape(url);
}

}  // namespace solnoma
