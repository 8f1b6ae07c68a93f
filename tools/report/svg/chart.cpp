#include "tools/report/svg/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

ChartFrame::ChartFrame(const Vantage& vantage, Language language, std::string id, double width,
                       std::string_view heading, std::string_view explanation)
    : language_(language),
      id_(std::move(id)),
      width_(width),
      heading_(translate(language, heading)),
      explanation_(translate(language, explanation)),
      vantage_(in_words(vantage, language)) {}

SvgPicture ChartFrame::around(double height, std::string_view definitions,
                              std::string_view plot) const {
  const std::string head = svg_text({kMargin, 34}, heading_, "heading") +
                           svg_text({kMargin, 51}, explanation_, "label") +
                           svg_text({kMargin, 66}, vantage_, "quiet");
  return svg_document({.width = width_,
                       .height = top_left().y + height + kMargin,
                       .id = id_,
                       .title = fmt::format("{}: {}", heading_, vantage_),
                       .description = explanation_,
                       .language = language_},
                      definitions, head + std::string(plot));
}

SvgPicture ChartFrame::empty() const {
  const auto [x, y] = top_left();
  SvgPicture picture =
      around(34, "", svg_text({x, y + 24}, translate(language_, "nothing to show"), "label"));
  picture.empty = true;
  return picture;
}

double svg_tick_step(double range) {
  const double rough = std::max(range / 6, 1.0);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double times : {1.0, 2.0, 5.0})
    if (power * times >= rough) return power * times;
  return power * 10;
}

std::string svg_first_shown(Point at, std::size_t shown, std::size_t all, Language language) {
  return svg_text(at,
                  fill(translate(language, "the first {shown} of {all} are shown"),
                       {{"shown", fmt::format("{}", shown)}, {"all", fmt::format("{}", all)}}),
                  "quiet");
}

}  // namespace solnoma
