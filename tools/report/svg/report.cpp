#include "tools/report/svg/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "engine/check.hpp"
#include "tools/report/svg/pictures.hpp"

namespace solnoma {
namespace {

constexpr double kGap = 24;

/// The height that a picture states in its first element.
double height_of(const std::string& picture) {
  constexpr std::string_view kHeight = " height=\"";
  const std::size_t at = picture.find(kHeight);
  SOLNOMA_CHECK(at != std::string::npos);
  return std::strtod(picture.c_str() + at + kHeight.size(), nullptr);
}

/// A picture below others: the same element, moved down.
std::string moved(const std::string& picture, double down) {
  constexpr std::string_view kElement = "<svg";
  SOLNOMA_CHECK(picture.starts_with(kElement));
  return fmt::format("{} y=\"{}\"{}", kElement, down, picture.substr(kElement.size()));
}

}  // namespace

Result<void> svg_marks(const Report& report, const Sink& sink) {
  const auto views = report.views();
  if (!views) return std::unexpected(views.error());
  sink(svg_timeline(report.vantage(), *views, report.language()));
  return {};
}

Result<void> svg_report(const Report& report, const Sink& sink) {
  const auto views = report.views();
  if (!views) return std::unexpected(views.error());
  const SvgOptions options;
  std::string pictures;
  double height = 0;
  for (const auto& draw : {svg_timeline, svg_status_chart, svg_figures_chart, svg_slippage_chart,
                           svg_indicators_chart}) {
    const std::string picture = draw(report.vantage(), *views, report.language(), options);
    pictures += moved(picture, height);
    height += height_of(picture) + kGap;
  }
  sink(
      fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
                  "viewBox=\"0 0 {0} {1}\">\n",
                  options.width, height));
  sink(pictures);
  sink("</svg>\n");
  return {};
}

}  // namespace solnoma
