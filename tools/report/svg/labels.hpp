#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace solnoma {

/// Where the labels of one lane go, so that none covers another or the line that ties
/// another to its mark.
struct LabelWish {
  double x = 0;      ///< of the mark
  double width = 0;  ///< of the text
  std::size_t lines = 1;
};
struct LabelPlace {
  bool shown = false;      ///< false: there was no room
  std::size_t row = 0;     ///< of its first line
  bool leftwards = false;  ///< the text ends at the mark
};

/// Rows lie beneath each other, 0 nearest to the marks; a label hangs from its mark by a line
/// through the rows above it, and runs to the right of that line, or to the left of it where
/// that serves more labels. No label passes `left` or `right`, and none lies over `barrier` unless
/// others would have to go for that. In the order of `wishes`. Deterministic; in a crowd
/// quadratic.
[[nodiscard]] std::vector<LabelPlace> place_labels(const std::vector<LabelWish>& wishes,
                                                   double left, double right, std::size_t rows,
                                                   std::optional<double> barrier = {});

}  // namespace solnoma
