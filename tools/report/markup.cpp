#include "tools/report/markup.hpp"

#include "events/text/text.hpp"

namespace solnoma {

std::string markup_escape(std::string_view text) {
  std::string out;
  const std::string safe = visible(text);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    switch (safe[i]) {
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
        // U+FFFE and U+FFFF are no characters of XML.
        if (safe.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < safe.size() &&
            static_cast<unsigned char>(safe[i + 2]) >= 0xBE) {
          out += "\xEF\xBF\xBD";
          i += 2;
        } else {
          out.push_back(safe[i]);
        }
    }
  }
  return out;
}

}  // namespace solnoma
