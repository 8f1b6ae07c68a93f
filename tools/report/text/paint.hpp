#pragma once

#include <string>
#include <string_view>

#include "projections/park_state.hpp"
#include "tools/report/text/screen.hpp"

namespace solnoma {

/// A text in the colour of a status, or of what is alarming, where the screen takes colours. What
/// it says is said by its words as well.
[[nodiscard]] std::string painted(std::string text, Status status, const Screen& screen);
[[nodiscard]] std::string alarming(std::string text, const Screen& screen);

/// A text that may be painted as a whole, taken apart: what comes before and behind it is empty
/// where it is not.
struct PaintedText {
  std::string_view before, text, behind;
};
[[nodiscard]] PaintedText apart(std::string_view text);

}  // namespace solnoma
