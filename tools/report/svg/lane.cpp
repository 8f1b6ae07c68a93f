#include "tools/report/svg/lane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/text/text.hpp"
#include "projections/amount.hpp"
#include "tools/report/svg/writer.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kNameSize = 12;
constexpr std::size_t kMostLevels = 8;
constexpr std::size_t kMostLabelLines = 6;

/// Where a mark stands: its last possible day; a date that is open there, its first.
Day place_of(Bounds bounds) {
  return is_calendar_day(bounds.latest) ? bounds.latest : bounds.earliest;
}

/// Words of a name on at most two lines.
std::vector<std::string> wrapped(const std::string& name, double width) {
  const auto fits = [&](const std::string& text) {
    return svg_text_width(text, kNameSize, Weight::bold) <= width;
  };
  if (fits(name)) return {name};
  std::size_t end = name.npos;
  for (std::size_t space = name.find(' '); space != name.npos; space = name.find(' ', space + 1))
    if (fits(name.substr(0, space))) end = space;
  if (end == name.npos) return {svg_fitted(name, kNameSize, width, Weight::bold)};
  return {name.substr(0, end), svg_fitted(name.substr(end + 1), kNameSize, width, Weight::bold)};
}

/// Marks that would cover each other, or the spans of others, stand over each other.
void stack(std::vector<LaneMark>& marks) {
  std::vector<double> last(kMostLevels, -1e9);
  for (LaneMark& drawn : marks) {
    const auto level_free_from = [&](double from) {
      return std::ranges::find_if(last, [&](double x) { return from - x >= kLaneLevel; });
    };
    auto free = level_free_from(drawn.from);
    if (free == last.end()) free = level_free_from(drawn.x);  // over a span rather than a mark
    drawn.level =
        free == last.end() ? kMostLevels - 1 : static_cast<std::size_t>(free - last.begin());
    last[drawn.level] = drawn.x;
  }
}

/// Marks of one place share a label of several lines.
void make_labels(Lane& lane, const LaneLayout& layout, Language language) {
  for (const LaneMark& drawn : lane.marks) {
    const bool joins = !lane.labels.empty() && drawn.x - lane.labels.back().wish.x < 6;
    if (!joins) lane.labels.push_back({{drawn.x, 0, 0}, {}, {}, false});
    Lane::Label& label = lane.labels.back();
    label.lines.push_back(label_of(lane, drawn, language));
    label.alarm = label.alarm || (drawn.plan && drawn.plan->state == PlanState::overdue);
  }
  std::vector<LabelWish> wishes;
  const std::size_t most = std::min(kMostLabelLines, layout.label_rows);
  for (Lane::Label& label : lane.labels) {
    // A line that occurs more than once is shown once, with its number.
    std::vector<std::pair<std::string, std::size_t>> counted;
    for (const std::string& line : label.lines) {
      const auto same =
          std::ranges::find(counted, line, &std::pair<std::string, std::size_t>::first);
      if (same == counted.end())
        counted.emplace_back(line, 1);
      else
        ++same->second;
    }
    label.lines.clear();
    for (const auto& [line, times] : counted)
      label.lines.push_back(times == 1 ? line : fmt::format("{} ×{}", line, times));
    if (most > 0 && label.lines.size() > most) {
      const std::size_t more = label.lines.size() - most + 1;
      label.lines.resize(most - 1);
      label.lines.push_back(translate(language, "and {} more", fmt::format("{}", more)));
    }
    label.wish.lines = std::max<std::size_t>(label.lines.size(), 1);
    for (std::string& line : label.lines) {
      line = svg_fitted(line, kLaneText, 360);
      label.wish.width = std::max(label.wish.width, svg_text_width(line, kLaneText) + 8);
    }
    wishes.push_back(label.wish);
  }
  const auto places =
      place_labels(wishes, layout.plot_left, layout.plot_right, layout.label_rows, layout.line);
  for (std::size_t i = 0; i < places.size(); ++i) lane.labels[i].place = places[i];
}

}  // namespace

bool has_date(Bounds bounds) {
  return is_calendar_day(place_of(bounds));
}

std::string label_of(const Lane& lane, const LaneMark& drawn, Language language) {
  const Event& event = lane.view->event(drawn.mark->revision);
  std::string text = with_part(type_in_words(event.type, language), event);
  if (!event.quantities.empty()) {
    const Told first = told_by(event).front();
    text = fmt::format("{}: {}", measure_in_words(first.quantity.measure, language),
                       amount_in_words(first.quantity, language, first.ends));
  }
  if (drawn.plan != nullptr) {
    if (has_date(drawn.mark->bounds)) text = plan_of(text, language);
    if (drawn.plan->state != PlanState::pending)
      text += fmt::format(" ({})", translate(language, name(drawn.plan->state)));
  } else if (drawn.mark->happened == Happened::possibly) {
    text = translate(language, "possibly {}", text);
  }
  return text;
}

std::string tooltip_of(const Lane& lane, const LaneMark& drawn, Language language) {
  const Event& event = lane.view->event(drawn.mark->revision);
  std::string text = title(event, language);
  text += ", " + when_in_words(event, drawn.mark->bounds, language);
  if (drawn.plan != nullptr)
    text += fmt::format("; {}: {}", translate(language, "plan"), phrase(*drawn.plan, language));
  for (const Quantity& quantity : event.quantities)
    text += fmt::format("; {}: {}", measure_in_words(quantity.measure, language),
                        in_words(quantity, language));
  const std::string source = publishers_in_words(event, language);
  return source.empty() ? text : fmt::format("{} [{}]", text, source);
}

Lane make_lane(const SubjectView& view, const TimeScale& scale, const LaneLayout& layout,
               Language language) {
  Lane lane;
  lane.view = &view;
  lane.name = wrapped(visible(view.name(language)), kLaneNames - 16);
  for (const TimelineMark& mark : view.marks) {
    LaneMark drawn{.mark = &mark};
    if (mark.happened == Happened::planned) {
      const auto plan = std::ranges::find(view.plans, mark.revision, &Plan::revision);
      if (plan != view.plans.end()) drawn.plan = &*plan;
    }
    if (has_date(mark.bounds)) {
      drawn.x = is_calendar_day(mark.bounds.latest) ? scale.end_of(mark.bounds.latest)
                                                    : scale.x(mark.bounds.earliest);
      drawn.from = is_calendar_day(mark.bounds.earliest) && mark.bounds.latest != kOpenFuture
                       ? std::min(scale.x(mark.bounds.earliest), drawn.x)
                       : drawn.x;
      lane.marks.push_back(drawn);
    } else {
      lane.undated.push_back(drawn);
    }
  }
  std::ranges::stable_sort(lane.marks, {}, &LaneMark::x);
  stack(lane.marks);
  for (std::size_t i = 0; i < lane.marks.size(); ++i) {
    if (lane.marks[i].plan == nullptr) continue;
    const Plan& plan = *lane.marks[i].plan;
    const bool moved = plan.state == PlanState::moved && plan.baseline == plan.revision;
    const Revision became = moved ? plan.moved_to : plan.met_by;
    const auto found = std::ranges::find_if(
        lane.marks, [&](const LaneMark& other) { return other.mark->revision == became; });
    if (found != lane.marks.end())
      lane.ties.push_back({i, static_cast<std::size_t>(found - lane.marks.begin())});
  }
  make_labels(lane, layout, language);
  std::size_t levels = 1;
  for (const LaneMark& drawn : lane.marks) levels = std::max(levels, drawn.level + 1);
  std::size_t rows = 0;
  for (const Lane::Label& label : lane.labels)
    if (label.place.shown) rows = std::max(rows, label.place.row + label.lines.size());
  lane.headroom = static_cast<double>(levels - 1) * kLaneLevel +
                  (lane.ties.empty() ? 0 : 16 + 12 * static_cast<double>(lane.ties.size() - 1));
  const double plot = 14 + lane.headroom + 6 + 4 + kLaneStrip +
                      (rows == 0 ? 4 : 4 + kLaneLine * static_cast<double>(rows));
  const double names = 12 + kLaneLine * static_cast<double>(lane.name.size() + 1) + 6;
  const double undated = 10 + kLaneLine * static_cast<double>(lane.undated.size());
  lane.height = std::max({plot, names, undated}) + 6;
  return lane;
}

}  // namespace solnoma
