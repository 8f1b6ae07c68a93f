#include "tools/report/html/text.hpp"

#include <algorithm>
#include <cctype>

#include "events/text.hpp"

namespace solnoma {

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : visible(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string html_data(std::string_view text) {
  return "<bdi>" + html_escape(text) + "</bdi>";
}

std::string web_address(std::string_view url) {
  std::string scheme(url.substr(0, 8));
  std::ranges::transform(scheme, scheme.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!scheme.starts_with("http://") && !scheme.starts_with("https://")) return "";
  return html_escape(url);
}

}  // namespace solnoma
