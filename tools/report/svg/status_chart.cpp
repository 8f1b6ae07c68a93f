#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "events/subject.hpp"
#include "projections/all_days/status_history.hpp"
#include "tools/report/catalogue.hpp"
#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/svg/time_axis.hpp"
#include "tools/report/svg/time_scale.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kHeight = 300;  // of the plot, where it may be as it likes
constexpr double kAround = 52;   // above the plot
constexpr double kBelow = 10;
constexpr double kLegend = 190;  // width of the names beside it
constexpr double kLine = 16;

/// The counts from each day on which one changes.
using Steps = std::map<Day, StatusCounts>;

Steps steps_of(const Vantage& vantage, const std::vector<SubjectView>& views) {
  std::map<Day, std::array<std::int64_t, kStatuses>> changes;
  for (const SubjectView& view : views) {
    if (!has_status(view.subject)) continue;
    Status before = Status::unrecorded;
    for (const auto& period : status_history_as_of(view.rows, vantage.known_by, vantage.at)) {
      if (period.status == before || period.from > vantage.as_of) continue;
      auto& change = changes[period.from];
      --change[static_cast<std::size_t>(before)];
      ++change[static_cast<std::size_t>(period.status)];
      before = period.status;
    }
  }
  Steps steps;
  std::array<std::int64_t, kStatuses> now{};
  for (const auto& [day, change] : changes) {
    for (std::size_t i = 0; i < kStatuses; ++i) {
      now[i] += change[i];
      steps[day][i] = i == 0 ? 0 : static_cast<std::uint32_t>(now[i]);
    }
  }
  return steps;
}

std::uint32_t total(const StatusCounts& counts) {
  std::uint32_t sum = 0;
  for (const Status status : kFromTheGround) sum += counts[static_cast<std::size_t>(status)];
  return sum;
}

class StatusChart {
 public:
  StatusChart(const ChartFrame& frame, const Steps& steps, Day end, Language language,
              double height)
      : frame_(frame),
        steps_(steps),
        language_(language),
        left_(frame.top_left().x + 26),
        top_(frame.top_left().y + kAround),
        height_(std::max(height - top_ - kBelow - ChartFrame::kMargin, kHeight)),
        time_(busy(steps, end), left_, frame.inner_width() - 26 - kLegend),
        end_(time_.end_of(end)) {
    for (const auto& [day, counts] : steps) most_ = std::max(most_, total(counts));
  }

  [[nodiscard]] std::string draw(Day as_of) const {
    const double bottom = top_ + height_;
    std::string text = svg_time_axis(time_, top_, bottom, language_) + draw_counts();
    std::vector<double> base(steps_.size(), 0);
    std::vector<std::pair<Status, double>> names;  // with the height of their last step
    for (const Status status : kFromTheGround) {
      std::vector<double> tops = base;
      std::size_t i = 0;
      for (const auto& [day, counts] : steps_)
        tops[i++] += counts[static_cast<std::size_t>(status)];
      if (tops == base) continue;
      text += svg_path(area(base, tops), "edge", svg_status_fill(frame_.id(), status),
                       in_words(status, language_));
      names.emplace_back(status, y((base.back() + tops.back()) / 2));
      base = std::move(tops);
    }
    text += svg_line({left_, bottom}, {time_.right(), bottom}, "axis");
    text += svg_breaks(time_, top_, bottom);
    text += svg_as_of(time_, as_of, top_, bottom, language_);
    return text + draw_names(names);
  }
  [[nodiscard]] double height() const { return kAround + height_ + kBelow; }

 private:
  static std::vector<Bounds> busy(const Steps& steps, Day end) {
    std::vector<Bounds> days{{end, end}};
    for (const auto& [day, counts] : steps) days.push_back({day, day});
    return days;
  }

  [[nodiscard]] double y(double count) const { return top_ + height_ * (1 - count / most_); }

  /// Between two courses of steps, from the first day to the last.
  [[nodiscard]] std::string area(const std::vector<double>& base,
                                 const std::vector<double>& tops) const {
    std::vector<double> x;
    for (const auto& [day, counts] : steps_) x.push_back(time_.x(day));
    std::string there = fmt::format("M{} {}", svg_number(x.front()), svg_number(y(base.front())));
    std::string back;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double to = i + 1 < x.size() ? x[i + 1] : end_;
      there += fmt::format("V{}H{}", svg_number(y(tops[i])), svg_number(to));
      back = fmt::format("V{}H{}", svg_number(y(base[i])), svg_number(x[i])) + back;
    }
    return there + back + "z";
  }

  [[nodiscard]] std::string draw_counts() const {
    const auto step = static_cast<std::uint32_t>(svg_tick_step(most_));
    std::string text;
    for (std::uint32_t count = 0; count <= most_; count += step) {
      text += svg_line({left_, y(count)}, {time_.right(), y(count)}, "grid");
      text += svg_text({left_ - 6, y(count) + 4}, fmt::format("{}", count), "quiet", Anchor::end);
    }
    return text;
  }

  /// Beside their last steps, but never over each other.
  [[nodiscard]] std::string draw_names(std::vector<std::pair<Status, double>> names) const {
    std::ranges::sort(names, std::ranges::greater{}, &std::pair<Status, double>::second);
    std::string text;
    double below = top_ + height_ + 6;
    const StatusCounts& last = steps_.rbegin()->second;
    for (const auto& [status, middle] : names) {
      const double at = std::min(middle + 4, below);
      below = at - kLine;
      const double x = time_.right() + 14;
      text += svg_rect({x, at - 9}, 10, 10, "edge", svg_status_fill(frame_.id(), status));
      text += svg_text(
          {x + 16, at},
          fmt::format("{} {}", last[static_cast<std::size_t>(status)], in_words(status, language_)),
          "label");
    }
    return text;
  }

  const ChartFrame& frame_;
  const Steps& steps_;
  Language language_;
  double left_, top_, height_;
  TimeScale time_;
  double end_;
  std::uint32_t most_ = 1;
};

}  // namespace

SvgPicture svg_status_chart(const Vantage& vantage, const std::vector<SubjectView>& views,
                            Language language, const SvgOptions& options) {
  const ChartFrame frame(vantage, language, options.id.empty() ? "statuses" : options.id,
                         options.width, message("How many have which status"),
                         message("How many had surely come how far, day by day."));
  const Steps steps = steps_of(vantage, views);
  if (steps.empty()) return frame.empty();
  const Day end = is_calendar_day(vantage.as_of) ? vantage.as_of : steps.rbegin()->first;
  const StatusChart chart(frame, steps, end, language, options.height);
  return frame.around(chart.height(), svg_status_patterns(frame.id()), chart.draw(vantage.as_of));
}

}  // namespace solnoma
