#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "events/subject.hpp"
#include "projections/all_days/status_history.hpp"
#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/lane.hpp"
#include "tools/report/svg/marks.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/svg/time_axis.hpp"
#include "tools/report/svg/time_scale.hpp"
#include "tools/report/svg/writer.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kMargin = 20;
constexpr double kUndated = 250;  // width of the column of plans without a date
constexpr double kFoot = 24;      // for them
constexpr double kRoomier = 60;   // at most so much more for a lane
constexpr double kTall = 800;     // from there on the years are told at the foot, too

class Timeline {
 public:
  Timeline(const Vantage& vantage, const std::vector<SubjectView>& views, Language language,
           const SvgOptions& options)
      : vantage_(vantage),
        language_(language),
        id_(options.id.empty() ? "timeline" : options.id),
        width_(options.width),
        height_(options.height),
        views_(std::span(views).first(std::min({views.size(), options.most, kMostLanes}))),
        all_(views.size()) {}

  [[nodiscard]] SvgPicture draw() {
    const std::string vantage = in_words(vantage_, language_);
    double y = kMargin + 16;
    std::string body = svg_text({kMargin, y}, word("Timeline"), "heading");
    y += 18;
    body += svg_text({kMargin, y}, vantage, "quiet");
    if (all_ > views_.size()) {
      y += kLaneLine;
      body += svg_text(
          {kMargin, y},
          fill(word("the first {shown} of {all} are shown"),
               {{"shown", fmt::format("{}", views_.size())}, {"all", fmt::format("{}", all_)}}),
          "quiet");
    }
    if (views_.empty() || !any_date()) {
      y += 2 * kLaneLine;
      body += svg_text({kMargin, y}, word("nothing recorded is visible from here"), "label");
      return document(vantage, y + kMargin, body);
    }
    y += 12;
    MarkStyle marks(id_);
    const Legend legend = svg_marks_legend({kMargin, y}, width_ - 2 * kMargin, language_, marks,
                                           svg_status_fill(id_, Status::under_construction));
    body += legend.text;
    y += legend.height + 52;
    body += draw_lanes(y, marks);
    definitions_ = svg_status_patterns(id_) + marks.definitions();
    return document(vantage, y + kMargin, body);
  }

 private:
  [[nodiscard]] std::string word(std::string_view english) const {
    return std::string(translate(language_, english));
  }

  [[nodiscard]] SvgPicture document(const std::string& vantage, double height,
                                    const std::string& body) const {
    return svg_document({.width = width_,
                         .height = height,
                         .id = id_,
                         .title = fmt::format("{}: {}", word("Timeline"), vantage),
                         .description = word("A lane for each subject: what happened when, what "
                                             "was planned, and the status from day to day."),
                         .language = language_},
                        definitions_, body);
  }

  [[nodiscard]] bool any_date() const {
    return std::ranges::any_of(views_, [](const SubjectView& view) {
      return std::ranges::any_of(view.marks,
                                 [](const TimelineMark& mark) { return has_date(mark.bounds); });
    });
  }

  [[nodiscard]] TimeScale scale(const LaneLayout& layout) const {
    std::vector<Bounds> busy;
    for (const SubjectView& view : views_)
      for (const TimelineMark& mark : view.marks)
        if (has_date(mark.bounds)) busy.push_back(mark.bounds);
    if (is_calendar_day(vantage_.as_of)) busy.push_back({vantage_.as_of, vantage_.as_of});
    return {busy, layout.plot_left, layout.plot_right - layout.plot_left};
  }

  [[nodiscard]] LaneLayout layout() const {
    const bool undated = std::ranges::any_of(views_, [](const SubjectView& view) {
      return std::ranges::any_of(view.marks,
                                 [](const TimelineMark& mark) { return !has_date(mark.bounds); });
    });
    const std::size_t rows = views_.size() <= 40 ? 8 : views_.size() <= 80 ? 3 : 0;
    const double right = width_ - kMargin - (undated ? kUndated : 0);
    return {kMargin + kLaneNames, right, right + 16, rows, undated, {}};
  }

  /// From `y` on; leaves `y` at the end.
  std::string draw_lanes(double& y, MarkStyle& marks) {
    LaneLayout at = layout();
    const TimeScale time = scale(at);
    if (is_calendar_day(vantage_.as_of)) at.line = time.end_of(vantage_.as_of);
    std::vector<Lane> lanes;
    double bottom = y;
    for (const SubjectView& view : views_) {
      lanes.push_back(make_lane(view, time, at, language_));
      bottom += lanes.back().height;
    }
    const bool tall = std::max(bottom, height_) - y > kTall;
    const double rest = height_ - bottom - (tall ? kFoot : 0) - kMargin;
    const double roomier = std::clamp(rest / static_cast<double>(lanes.size()), 0.0, kRoomier);
    for (Lane& lane : lanes) lane.height += roomier;
    bottom += roomier * static_cast<double>(lanes.size());
    std::string text;
    if (is_calendar_day(vantage_.as_of)) {
      const double x = time.end_of(vantage_.as_of);
      text += svg_rect({x, y}, time.right() - x, bottom - y, "band");
    }
    text += svg_time_axis(time, y, bottom, language_);
    if (at.undated) text += svg_text({at.undated_left, y - 9}, word("planned, no date"), "year");
    const double top = y;
    std::string strips, over;
    for (const Lane& lane : lanes) {
      text += svg_line({kMargin, y}, {width_ - kMargin, y}, "rule");
      const double content = y + roomier / 2;
      text += draw_name(lane, content);
      strips += draw_strip(lane, time, base_of(lane, content) + 8);
      strips += draw_spans(lane, time, content, marks);
      over += draw_marks(lane, at, content);
      y += lane.height;
    }
    text += svg_line({kMargin, y}, {width_ - kMargin, y}, "rule");
    if (tall) {
      text += svg_time_labels(time, bottom + 20, language_);
      y += kFoot;
    }
    text += strips + svg_breaks(time, top, bottom);
    return text + svg_as_of(time, vantage_.as_of, top, bottom, language_) + over;
  }

  static double base_of(const Lane& lane, double top) { return top + 14 + lane.headroom; }
  static Point point_of(const Lane& lane, double top, const LaneMark& drawn) {
    return {drawn.x, base_of(lane, top) - static_cast<double>(drawn.level) * kLaneLevel};
  }

  [[nodiscard]] std::string draw_name(const Lane& lane, double top) const {
    std::string text;
    double y = top + 16;
    for (const std::string& line : lane.name) {
      text += svg_text({kMargin, y}, line, "name");
      y += kLaneLine;
    }
    if (!has_status(lane.view->subject))
      return text + svg_text({kMargin, y}, lane.view->subject, "quiet");
    text +=
        svg_rect({kMargin, y - 9}, 10, 10, "edge", svg_status_fill(id_, lane.view->status.status));
    return text +
           svg_text({kMargin + 15, y},
                    svg_fitted(in_words(lane.view->status, language_), kLaneText, kLaneNames - 30),
                    "quiet");
  }

  /// The status from day to day, up to the day of the question; weaker where others are
  /// possible.
  [[nodiscard]] std::string draw_strip(const Lane& lane, const TimeScale& time, double y) const {
    if (!has_status(lane.view->subject)) return "";
    std::string text;
    const auto history = status_history_as_of(lane.view->rows, vantage_.known_by, vantage_.at);
    for (std::size_t i = 0; i < history.size(); ++i) {
      if (history[i].status == Status::unrecorded && history[i].possible.count() == 1) continue;
      if (history[i].from > vantage_.as_of) break;
      const double from = time.x(history[i].from);
      const bool last = i + 1 == history.size() || history[i + 1].from > vantage_.as_of;
      const double to = last ? time.end_of(vantage_.as_of) : time.x(history[i + 1].from);
      if (to <= from) continue;
      const bool certain = history[i].possible.count() == 1;
      // Nothing is known, but something is possible: that is told by the marks.
      if (history[i].status == Status::unrecorded) continue;
      text +=
          svg_rect({from, y}, to - from, kLaneStrip, certain ? "strip" : "strip weak",
                   svg_status_fill(id_, history[i].status), in_words(history[i].status, language_));
    }
    return text;
  }

  /// What is imprecise: from the first day to the last.
  [[nodiscard]] static std::string draw_spans(const Lane& lane, const TimeScale& time, double top,
                                              MarkStyle& marks) {
    std::string text;
    for (const LaneMark& drawn : lane.marks)
      text += marks.span(*drawn.mark, point_of(lane, top, drawn), time);
    return text;
  }

  [[nodiscard]] std::string draw_marks(const Lane& lane, const LaneLayout& at, double top) const {
    std::string text;
    double arch = 12;
    for (const auto& [tied, became] : lane.ties) {
      const LaneMark& from = lane.marks[tied];
      const Plan& plan = *from.plan;
      const bool moved = plan.state == PlanState::moved;
      const Tie tie = moved                                 ? Tie::moved
                      : plan.slippage.least.value_or(0) > 0 ? Tie::late
                                                            : Tie::kept;
      text += svg_tie(
          point_of(lane, top, from), point_of(lane, top, lane.marks[became]), arch,
          moved ? moved_in_words(plan.moved_by, language_) : in_words(plan.slippage, language_),
          tie);
      arch += 12;
    }
    const double first_row = base_of(lane, top) + 8 + kLaneStrip + 13;
    for (const Lane::Label& label : lane.labels) {
      if (!label.place.shown) continue;
      const double y = first_row + kLaneLine * static_cast<double>(label.place.row);
      const double last = y + kLaneLine * static_cast<double>(label.lines.size() - 1);
      text += svg_line({label.wish.x, base_of(lane, top) + 5}, {label.wish.x, last}, "leader");
      for (std::size_t i = 0; i < label.lines.size(); ++i)
        text += svg_text({label.wish.x + (label.place.leftwards ? -4 : 4),
                          y + kLaneLine * static_cast<double>(i)},
                         label.lines[i], label.alarm ? "alarm halo" : "label halo",
                         label.place.leftwards ? Anchor::end : Anchor::start);
    }
    for (const LaneMark& drawn : lane.marks)
      text += MarkStyle::mark(*drawn.mark, drawn.plan, point_of(lane, top, drawn),
                              tooltip_of(lane, drawn, language_));
    double y = top + 16;
    for (const LaneMark& drawn : lane.undated) {
      text += MarkStyle::mark(*drawn.mark, drawn.plan, {at.undated_left + 4, y - 4},
                              tooltip_of(lane, drawn, language_));
      text +=
          svg_text({at.undated_left + 14, y},
                   svg_fitted(label_of(lane, drawn, language_), kLaneText, kUndated - 34), "label");
      y += kLaneLine;
    }
    return text;
  }

  const Vantage& vantage_;
  Language language_;
  std::string id_;
  double width_, height_;
  std::span<const SubjectView> views_;
  std::size_t all_;
  std::string definitions_;
};

}  // namespace

SvgPicture svg_timeline(const Vantage& vantage, const std::vector<SubjectView>& views,
                        Language language, const SvgOptions& options) {
  return Timeline(vantage, views, language, options).draw();
}

}  // namespace solnoma
