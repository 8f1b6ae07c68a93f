#include <fmt/format.h>

#include <algorithm>

#include "events/subject.hpp"
#include "events/text/text.hpp"
#include "projections/amount.hpp"
#include "tools/report/svg/bars.hpp"
#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// Panels by measure and unit, in the order in which they are first added to.
class Panels {
 public:
  explicit Panels(Language language) : language_(language) {}

  void add(const SubjectView& view, const Told& told, const std::string& part, bool planned,
           const std::string& tooltip) {
    const Quantity& quantity = told.quantity;
    if (!amount_of(told)) return;
    const auto known = std::ranges::find_if(keys_, [&](const Quantity& key) {
      return key.measure == quantity.measure && key.unit == quantity.unit;
    });
    const auto index = static_cast<std::size_t>(known - keys_.begin());
    if (known == keys_.end()) {
      keys_.push_back(quantity);
      panels_.push_back({.heading = measure_in_words(quantity.measure, language_),
                         .bars = {},
                         .comparable = quantity.unit != "rank"});
    }
    Bar bar{.label = visible(view.name(language_)) + part_behind(part),
            .value = quantity.value,
            .upper = quantity.upper,
            .text = amount_in_words(quantity, language_, told.ends),
            .bound = quantity.bound,
            .open = told.ends.open,
            .planned = planned,
            .tooltip = tooltip};
    if (!quantity.period.empty()) bar.label += ", " + period_in_words(quantity.period, language_);
    if (planned) bar.text += fmt::format(" ({})", translate(language_, "planned"));
    panels_[index].bars.push_back(std::move(bar));
  }

  [[nodiscard]] const std::vector<Panel>& panels() const { return panels_; }

 private:
  Language language_;
  std::vector<Quantity> keys_;
  std::vector<Panel> panels_;
};

std::string tooltip(const SubjectView& view, Revision revision, Bounds bounds, Language language) {
  const Event& event = view.event(revision);
  return fmt::format("{}, {} [{}]", title(event, language), when_in_words(event, bounds, language),
                     publishers_in_words(event, language));
}

void add_figures(Panels& panels, const SubjectView& view, Language language) {
  for (const Figure& figure : view.figures)
    panels.add(view, {figure.quantity, figure.ends}, figure.part, /*planned=*/false,
               tooltip(view, figure.from.back(), figure.bounds, language));
}

void add_plans(Panels& panels, const SubjectView& view, Language language) {
  for (const Plan& plan : view.plans) {
    if (plan.state != PlanState::pending && plan.state != PlanState::overdue) continue;
    const Event& event = view.event(plan.revision);
    for (const Told& told : told_by(event))
      panels.add(view, told, event.part, /*planned=*/true,
                 tooltip(view, plan.revision, plan.target, language));
  }
}

SvgPicture draw(const ChartFrame& frame, const Panels& panels, Language language) {
  if (panels.panels().empty()) return frame.empty();
  const DrawnPart part =
      svg_panels(panels.panels(), frame.top_left(), frame.inner_width(), language, frame.id());
  return frame.around(part.height, svg_bar_fades(frame.id()), part.text);
}

}  // namespace

SvgPicture svg_figures_chart(const Vantage& vantage, const std::vector<SubjectView>& views,
                             Language language, const SvgOptions& options) {
  const ChartFrame frame(
      vantage, language, options.id.empty() ? "figures" : options.id, options.width,
      message("What is reported of them"),
      message(
          "A bar that goes on beyond its end is “more than” the number; pale is what may be; an "
          "outline is a plan."));
  Panels panels(language);
  for (const SubjectView& view : views)
    if (has_status(view.subject)) {
      add_figures(panels, view, language);
      add_plans(panels, view, language);
    }
  return draw(frame, panels, language);
}

SvgPicture svg_indicators_chart(const Vantage& vantage, const std::vector<SubjectView>& views,
                                Language language, const SvgOptions& options) {
  const ChartFrame frame(
      vantage, language, options.id.empty() ? "indicators" : options.id, options.width,
      message("Indicators of relations and programmes"),
      message("A bar that goes on beyond its end is “more than” the number; pale is what may be."));
  Panels panels(language);
  for (const SubjectView& view : views)
    if (!has_status(view.subject)) add_figures(panels, view, language);
  return draw(frame, panels, language);
}

}  // namespace solnoma
