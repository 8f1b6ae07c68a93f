#include "tools/report/text/isolated.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "events/text/text.hpp"
#include "events/text/utf8.hpp"

namespace solnoma {
namespace {

/// Calls `take` with each character beyond ASCII. Precondition: `text` is UTF-8.
template <class Take>
void each_beyond_ascii(std::string_view text, Take take) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = first_code_point(text.substr(i));
    if (point.size > 1) take(static_cast<UChar32>(point.value));
    i += point.size == 0 ? 1 : point.size;
  }
}

bool runs_from_the_right(std::string_view text) {
  bool found = false;
  each_beyond_ascii(text, [&](UChar32 c) {
    const UCharDirection direction = u_charDirection(c);
    found = found || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
            direction == U_ARABIC_NUMBER;
  });
  return found;
}

}  // namespace

std::string isolated(std::string_view text) {
  std::string shown = visible(text);
  return runs_from_the_right(shown) ? "\u2068" + shown + "\u2069" : shown;
}

std::size_t columns(std::string_view text) {
  // What paints a text (paint.hpp) is not seen.
  if (const std::size_t paint = text.find('\x1b'); paint != text.npos) {
    const std::size_t end = std::min(text.find('m', paint), text.size() - 1) + 1;
    return columns(text.substr(0, paint)) + columns(text.substr(end));
  }
  // fmt pads by display width: what it adds tells the width. No text has more columns than bytes.
  // It gives one column to what has none.
  std::size_t width = 2 * text.size() - fmt::formatted_size("{:<{}}", text, text.size());
  each_beyond_ascii(text, [&](UChar32 c) {
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) --width;
  });
  return width;
}

}  // namespace solnoma
