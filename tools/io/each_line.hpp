#pragma once

#include <algorithm>
#include <string_view>

namespace solnoma {

/// Calls `take` with each line of a text, without its end.
template <class Take>
void each_line(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace solnoma
