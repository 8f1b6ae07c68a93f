#pragma once

#include <string>
#include <vector>

#include "events/event.hpp"
#include "projections/amount.hpp"
#include "tools/report/svg/writer.hpp"

namespace solnoma {

/// One number as a bar. Its bound is seen: what is more than a number goes on beyond it, what
/// is less than it is pale, as is a range from its lower to its upper end; what is about it has
/// no sharp end, and where it is open, that of its side.
struct Bar {
  std::string label;
  std::string value;  ///< a decimal
  std::string upper;  ///< another, of a range
  std::string text;   ///< the number in words
  Bound bound = Bound::exact;
  Open open = Open::none;
  bool planned = false;  ///< an outline
  std::string tooltip;
};

struct Panel {
  std::string heading;
  std::vector<Bar> bars;
  bool comparable = true;  ///< whether twice the number is twice as much
};

struct DrawnPart {
  std::string text;
  double height = 0;
};

/// Panels of bars beneath each other, each with a scale of its own from zero; at most kMostBars
/// of each (pictures.hpp). A number that stands alone, or that cannot be compared, is told without
/// a bar.
[[nodiscard]] DrawnPart svg_panels(const std::vector<Panel>& panels, Point at, double width,
                                   Language language, std::string_view id);

/// The gradients that panels use.
[[nodiscard]] std::string svg_bar_fades(std::string_view id);

}  // namespace solnoma
