#pragma once

#include <string>
#include <vector>

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// Which pictures of a report are drawn.
enum class Pictures { all, board, timeline, chart };

/// How a picture is wanted.
struct PictureOptions {
  Pictures only = Pictures::all;
  double width = 0;   ///< in pixels; 0: 1200, or what suits the height
  double height = 0;  ///< of all of it; 0: as much as it takes
};
/// What a size may be.
inline constexpr double kLeastSide = 200;
inline constexpr double kMostSide = 16'000;

/// A picture, and its size in pixels.
struct SvgPage {
  std::string text;
  double width = 0, height = 0;
};

/// The pictures that are asked for as one. Where a height is given they are laid out side by side
/// and below each other so that they fill that size, in letters as large as there is room for;
/// where these would be too small to read, the first subjects are drawn, and it is said of how
/// many.
[[nodiscard]] Result<SvgPage> svg_page(const Report& report, const PictureOptions& options);
/// The same, each picture a page of its own.
[[nodiscard]] Result<std::vector<SvgPage>> svg_pages(const Report& report,
                                                     const PictureOptions& options);
[[nodiscard]] Result<void> svg_pictures(const Report& report, const PictureOptions& options,
                                        const Sink& sink);

/// The timeline and, for a whole report, the charts below it: one picture (pictures.hpp). All
/// subjects are held at once; of many, the pictures draw the first and say so.
[[nodiscard]] Result<void> svg_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> svg_marks(const Report& report, const Sink& sink);

}  // namespace solnoma
