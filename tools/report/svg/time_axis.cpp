#include "tools/report/svg/time_axis.hpp"

#include <fmt/format.h>

#include <chrono>

#include "tools/report/svg/writer.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"

namespace solnoma {
namespace {

constexpr double kRoom = 46;  // between labels

std::string tick_label(const TimeScale::Tick& tick, Language language) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{tick.day.number}}};
  return tick.kind == TimeScale::TickKind::year
             ? fmt::format("{}", static_cast<int>(date.year()))
             : month_names(language).brief[static_cast<unsigned>(date.month()) - 1];
}

}  // namespace

std::string svg_time_axis(const TimeScale& scale, double top, double bottom, Language language) {
  std::string text;
  for (const TimeScale::Tick& tick : scale.ticks(kRoom)) {
    const bool year = tick.kind == TimeScale::TickKind::year;
    text += svg_line({tick.x, top}, {tick.x, bottom}, year ? "rule" : "grid");
    text += svg_line({tick.x, top - (year ? 5 : 3)}, {tick.x, top}, "axis");
  }
  return text + svg_time_labels(scale, top - 9, language) +
         svg_line({scale.left(), top}, {scale.right(), top}, "axis");
}

std::string svg_time_labels(const TimeScale& scale, double y, Language language) {
  std::string text;
  for (const TimeScale::Tick& tick : scale.ticks(kRoom))
    if (tick.labelled)
      text += svg_text({tick.x, y}, tick_label(tick, language),
                       tick.kind == TimeScale::TickKind::year ? "year" : "quiet", Anchor::middle);
  return text;
}

std::string svg_breaks(const TimeScale& scale, double top, double bottom) {
  std::string text;
  for (const TimeScale::Break& each : scale.breaks()) {
    text += svg_rect({each.x - 4, top - 6}, 8, bottom - top + 6, "paper");
    std::string sides;
    for (const double x : {each.x - 4, each.x + 4})
      sides += fmt::format("M{0} {1}l3 4-6 4 3 4V{2}", svg_number(x), svg_number(top - 6),
                           svg_number(bottom));
    text += svg_path(sides, "break");
  }
  return text;
}

std::string svg_as_of(const TimeScale& scale, Day as_of, double top, double bottom,
                      Language language) {
  if (!is_calendar_day(as_of)) return "";
  const double x = scale.end_of(as_of);
  const std::string label = translate(language, "as of {}", day_in_words(as_of, language));
  const bool leftwards = x + svg_text_width(label, 11) > scale.right();
  return svg_line({x, top - 26}, {x, bottom}, "asof") +
         svg_text({leftwards ? x - 4 : x + 4, top - 26}, label, "accent halo",
                  leftwards ? Anchor::end : Anchor::start);
}

}  // namespace solnoma
