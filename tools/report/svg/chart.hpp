#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/vantage.hpp"
#include "tools/report/svg/writer.hpp"

namespace solnoma {

/// What all charts have around their plot: a heading, a line that says what is shown, and the
/// vantage.
class ChartFrame {
 public:
  static constexpr double kMargin = 20;

  ChartFrame(const Vantage& vantage, Language language, std::string id, double width,
             std::string_view heading, std::string_view explanation);

  /// Where the plot begins.
  [[nodiscard]] Point top_left() const { return {kMargin, 72}; }
  [[nodiscard]] double inner_width() const { return width_ - 2 * kMargin; }
  [[nodiscard]] const std::string& id() const { return id_; }

  /// The whole picture around a plot of that height.
  [[nodiscard]] SvgPicture around(double height, std::string_view definitions,
                                  std::string_view plot) const;
  /// The picture where there is nothing to draw.
  [[nodiscard]] SvgPicture empty() const;

 private:
  Language language_;
  std::string id_;
  double width_;
  std::string heading_, explanation_, vantage_;
};

/// 1, 2 or 5 times a power of ten, so that there are about six ticks in the range.
[[nodiscard]] double svg_tick_step(double range);

/// A line that says how many of all are drawn.
[[nodiscard]] std::string svg_first_shown(Point at, std::size_t shown, std::size_t all,
                                          Language language);

}  // namespace solnoma
