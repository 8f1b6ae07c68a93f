#include "tools/report/svg/report.hpp"

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/svg/writer.hpp"

namespace solnoma {
namespace {

constexpr double kGap = 24;

/// A picture below others: the same element, moved down, without the style that all share.
std::string moved(std::string picture, double down) {
  constexpr std::string_view kElement = "<svg";
  SOLNOMA_CHECK(picture.starts_with(kElement));
  const std::size_t styles = picture.find(svg_styles());
  SOLNOMA_CHECK(styles != picture.npos);
  picture.erase(styles, svg_styles().size());
  return fmt::format("{} y=\"{}\"{}", kElement, down, picture.substr(kElement.size()));
}

}  // namespace

Result<void> svg_marks(const Report& report, const Sink& sink) {
  const auto views = report.views();
  if (!views) return std::unexpected(views.error());
  sink(svg_timeline(report.vantage(), *views, report.language()).text);
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
    const SvgPicture picture = draw(report.vantage(), *views, report.language(), options);
    if (picture.empty) continue;
    pictures += moved(picture.text, height);
    height += picture.height + kGap;
  }
  sink(
      fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sn-picture\" "
                  "width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n{2}{3}",
                  options.width, height, svg_styles(), svg_paper(options.width, height)));
  sink(pictures);
  sink("</svg>\n");
  return {};
}

}  // namespace solnoma
