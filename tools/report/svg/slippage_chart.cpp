#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "events/text/text.hpp"
#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kRow = 24;
constexpr double kBar = 10;
constexpr double kText = 11;

/// One plan that has slipped, was kept, or moved.
struct Kept {
  std::string label;
  Slippage slippage;
  std::string words;
  bool waiting = false;  ///< overdue: it goes on growing
  bool moved = false;
  std::string tooltip;
};

std::vector<Kept> kept_plans(const Vantage& vantage, const std::vector<SubjectView>& views,
                             Language language) {
  std::vector<Kept> all;
  for (const SubjectView& view : views)
    for (const Plan& plan : view.plans) {
      const bool waiting = plan.state == PlanState::overdue;
      // Where a key moved, its baseline tells how far.
      const bool moved = plan.state == PlanState::moved && plan.baseline == plan.revision;
      const Slippage slippage = waiting ? Slippage{vantage.as_of - plan.target.latest, std::nullopt}
                                : moved ? plan.moved_by
                                        : plan.slippage;
      if (!slippage.least && !slippage.most) continue;
      const Event& event = view.event(plan.revision);
      all.push_back({fmt::format("{}: {}", visible(view.name(language)),
                                 with_part(type_in_words(event.type, language), event)),
                     slippage, moved ? phrase(plan, language) : in_words(slippage, language),
                     waiting, moved,
                     fmt::format("{}, {}", title(event, language),
                                 when_in_words(event, plan.target, language))});
    }
  return all;
}

struct Scale {
  double least, most, left, right;
  [[nodiscard]] double x(double days) const {
    return left + (days - least) / (most - least) * (right - left);
  }
};

Scale scale_of(const std::vector<Kept>& plans, double left, double right) {
  double least = 0;
  double most = 0;
  for (const Kept& plan : plans)
    for (const auto& end : {plan.slippage.least, plan.slippage.most})
      if (end) {
        least = std::min(least, static_cast<double>(*end));
        most = std::max(most, static_cast<double>(*end));
      }
  const double step = svg_tick_step(std::max(most - least, 10.0));
  return {std::floor((least - 1) / step) * step, std::ceil((most + 1) / step) * step, left, right};
}

std::string draw_axis(const Scale& scale, double top, double bottom, Language language) {
  std::string text;
  const double step = svg_tick_step(scale.most - scale.least);
  for (double days = std::ceil(scale.least / step) * step; days <= scale.most; days += step) {
    const double x = scale.x(days);
    const bool zero = std::abs(days) < step / 2;
    text += svg_line({x, top}, {x, bottom}, zero ? "axis" : "grid");
    if (!zero)
      text +=
          svg_text({x, top - 6}, number_in_words(fmt::format("{:.0f}", std::abs(days)), language),
                   "quiet", Anchor::middle);
  }
  text += svg_text({scale.x(0), top - 6}, translate(language, "on time"), "year", Anchor::middle);
  text += svg_text({scale.x(0) - 10, top - 22},
                   "← " + std::string(translate(language, "days early")), "quiet", Anchor::end);
  return text + svg_text({scale.x(0) + 10, top - 22},
                         std::string(translate(language, "days late")) + " →", "quiet");
}

std::string draw_plan(const Kept& plan, const Scale& scale, double y, std::string_view id) {
  const auto& [least, most] = plan.slippage;
  const double from = least ? scale.x(static_cast<double>(*least)) : scale.left;
  const double to = most ? scale.x(static_cast<double>(*most)) : scale.right;
  const bool late = most.value_or(1) > 0 && least.value_or(-1) >= 0;
  const std::string colour = late ? "late" : "early";
  const std::string fill = !most    ? fmt::format("url(#{}-{}-out)", id, colour)
                           : !least ? fmt::format("url(#{}-{}-in)", id, colour)
                           : late   ? "alarm"
                                    : "accent";
  return svg_rect({from, y}, std::max(to - from, 4.0), kBar, plan.moved ? "span weak" : "span",
                  fill, plan.tooltip);
}

std::string fades(std::string_view id) {
  std::string text;
  for (const auto& [name, colour] : {std::pair{"late", "alarm"}, std::pair{"early", "accent"}}) {
    text += svg_fade(fmt::format("{}-{}-out", id, name), {colour, 0.9, 0.05});
    text += svg_fade(fmt::format("{}-{}-in", id, name), {colour, 0.05, 0.9});
  }
  return text;
}

}  // namespace

SvgPicture svg_slippage_chart(const Vantage& vantage, const std::vector<SubjectView>& views,
                              Language language, const SvgOptions& options) {
  const ChartFrame frame(
      vantage, language, options.id.empty() ? "slippage" : options.id, options.width,
      message("Slippage of plans"),
      message(
          "From a plan’s date to what became of it, as long as the dates leave open; what "
          "fades out is still awaited, or has no bound; what is pale has moved to another date."));
  std::vector<Kept> plans = kept_plans(vantage, views, language);
  if (plans.empty()) return frame.empty();
  const std::size_t all = plans.size();
  plans.resize(std::min(plans.size(), kMostBars));

  const auto [left, start] = frame.top_left();
  double names = 0;
  double texts = 0;
  for (const Kept& plan : plans) {
    names = std::max(names, svg_text_width(plan.label, kText));
    texts = std::max(texts, svg_text_width(plan.words, kText));
  }
  names = std::min(names, frame.inner_width() * 0.38);
  const Scale scale = scale_of(plans, left + names + 24, left + frame.inner_width() - texts - 24);
  const double top = start + 40;
  double y = top + 4;
  const double bottom = y + kRow * static_cast<double>(plans.size());
  std::string text = draw_axis(scale, top, bottom, language);
  for (const Kept& plan : plans) {
    text += svg_text({left, y + 16}, svg_fitted(plan.label, kText, names), "label");
    text += draw_plan(plan, scale, y + (kRow - kBar) / 2, frame.id());
    text += svg_text({scale.right + 12, y + 16}, plan.words, plan.waiting ? "alarm" : "label");
    y += kRow;
  }
  if (all > plans.size()) {
    y += 16;
    text += svg_text(
        {left, y},
        fill(translate(language, "the first {shown} of {all} are shown"),
             {{"shown", fmt::format("{}", plans.size())}, {"all", fmt::format("{}", all)}}),
        "quiet");
  }
  return frame.around(y - start + 6, fades(frame.id()), text);
}

}  // namespace solnoma
