#include "tools/report/svg/marks.hpp"

#include <fmt/format.h>

#include <functional>
#include <vector>

#include "events/event_type.hpp"
#include "projections/status.hpp"
#include "tools/report/markup.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kRadius = 4.6;
constexpr double kSpanHeight = 5;

/// What an event of a type brings a park to, if anything: announcements beyond the first
/// (visits, reports) only tell of it.
Status status_of(TypeCode type) {
  const EventType known = event_type(type);
  if (known.name == name(Status::announced)) return Status::announced;
  constexpr ParkState kAnnounced{Stage::announced, ParkState::Cover::none};
  const ParkState after = apply(kAnnounced, known.effect, known.stage);
  return after == kAnnounced ? Status::unrecorded : after.status();
}

std::string_view colour_of(TypeCode type) {
  const Status status = status_of(type);
  return status == Status::unrecorded ? "quiet" : name(status);
}

std::string circle(Point at, double r) {
  return fmt::format("M{0} {1}a{2} {2} 0 1 0 {3} 0a{2} {2} 0 1 0 -{3} 0z", svg_number(at.x - r),
                     svg_number(at.y), svg_number(r), svg_number(2 * r));
}

std::string diamond(Point at, double r) {
  return fmt::format("M{0} {1}l{2} {2}-{2} {2}-{2}-{2}z", svg_number(at.x), svg_number(at.y - r),
                     svg_number(r));
}

/// What stands within the mark of a plan that will not be carried out as it was told: on the way
/// to another date, or struck out.
std::string sign_of(PlanState state, Point at) {
  if (state == PlanState::moved)
    return fmt::format("M{} {}l2.2 2.2l-2.2 2.2", svg_number(at.x - 1), svg_number(at.y - 2.2));
  if (state == PlanState::lapsed)
    return fmt::format("M{} {}h4.4", svg_number(at.x - 2.2), svg_number(at.y));
  return "";
}

/// `kind` is "mark", or "key" in a legend.
std::string draw_mark(std::string_view kind, const TimelineMark& mark, const Plan* plan, Point at,
                      const std::string& tooltip) {
  const bool tells = status_of(mark.type) == Status::unrecorded;
  const std::string shape = tells ? diamond(at, kRadius) : circle(at, kRadius);
  std::string_view colour = colour_of(mark.type);
  if (plan != nullptr && plan->state == PlanState::overdue) colour = "alarm";
  const std::string sign = plan != nullptr ? sign_of(plan->state, at) : "";
  if (!sign.empty()) colour = "quiet";
  const bool happened = mark.happened == Happened::certainly;
  const std::string_view manner = happened                             ? ""
                                  : mark.happened == Happened::planned ? " sn-plan"
                                                                       : " sn-maybe";
  return fmt::format(
      "<path class=\"sn-{}{}\" d=\"{}{}\" style=\"{}\">{}</path>\n", kind, manner, shape, sign,
      svg_paint(happened ? "fill" : "stroke", colour),
      tooltip.empty() ? "" : fmt::format("<title>{}</title>", markup_escape(tooltip)));
}

}  // namespace

std::string MarkStyle::mark(const TimelineMark& mark, const Plan* plan, Point at,
                            const std::string& tooltip) {
  return draw_mark("mark", mark, plan, at, tooltip);
}

std::string MarkStyle::span(const TimelineMark& mark, Point at, const TimeScale& time) {
  const auto& [earliest, latest] = mark.bounds;
  if (earliest == latest) return "";
  const double from = is_calendar_day(earliest) ? time.x(earliest) : time.left();
  const double to = is_calendar_day(latest) ? time.end_of(latest) : time.right();
  const Fade kind = !is_calendar_day(earliest) ? Fade::open_start
                    : !is_calendar_day(latest) ? Fade::open_end
                                               : Fade::within;
  return svg_rect({from, at.y - kSpanHeight / 2}, to - from, kSpanHeight,
                  mark.happened == Happened::certainly ? "span" : "span weak",
                  fade(colour_of(mark.type), kind));
}

std::string MarkStyle::fade(std::string_view colour, Fade kind) {
  constexpr std::string_view kKinds[] = {"within", "from", "to"};
  const std::string id =
      fmt::format("{}-{}-{}", id_, kKinds[static_cast<std::size_t>(kind)], colour);
  const auto gradient = [&]() -> SvgFade {
    switch (kind) {
      case Fade::within:
        return {colour, 0.15, 0.8};
      case Fade::open_start:
        return {colour, 0, 0.5};
      case Fade::open_end:
        return {colour, 0.5, 0};
    }
    return {};
  };
  gradients_.try_emplace(id, svg_fade(id, gradient()));
  return fmt::format("url(#{})", id);
}

std::string MarkStyle::definitions() const {
  std::string text;
  for (const auto& [id, gradient] : gradients_) text += gradient;
  return text;
}

Legend svg_marks_legend(Point at, double width, Language language, MarkStyle& marks,
                        std::string_view strip) {
  constexpr TypeCode kMilestone = type_code("opened");
  constexpr TypeCode kNews = type_code("visited");
  constexpr double kSize = 11;
  constexpr double kRowBelow = 18;
  constexpr double kLong = 34;
  const Bounds day{Day{0}, Day{0}};
  const auto key = [&](Point pen, TypeCode type, Happened happened) {
    return draw_mark("key", {{}, type, day, {}, happened}, nullptr, {pen.x, pen.y - 4}, "");
  };
  const auto span = [&](Point pen) {
    const TimeScale time({{Day{0}, Day{364}}}, pen.x, kLong);
    const TimelineMark mark{{}, kMilestone, {Day{60}, Day{364}}, {}, Happened::certainly};
    return marks.span(mark, {0, pen.y - 4}, time) +
           key({pen.x + kLong, pen.y}, kMilestone, Happened::certainly);
  };
  const auto tie = [&](Point pen) {
    const Point to{pen.x + kLong, pen.y};
    return svg_tie({pen.x, pen.y - 3}, {to.x, to.y - 3}, 1, "", Tie::kept) +
           key(pen, kMilestone, Happened::planned) + key(to, kMilestone, Happened::certainly);
  };
  struct Item {
    std::function<std::string(Point)> draw;
    double width;
    std::string_view text;
  };
  const auto of = [&](TypeCode type, Happened happened) {
    return [&key, type, happened](Point pen) { return key(pen, type, happened); };
  };
  const std::vector<Item> items{
      {of(kMilestone, Happened::certainly), 6,
       message("milestone, in the colour of the status it brings")},
      {of(kNews, Happened::certainly), 6, message("report, meeting, visit")},
      {span, kLong + 6, message("on a day within the fading bar")},
      {of(kMilestone, Happened::possibly), 6, message("has possibly happened")},
      {of(kMilestone, Happened::planned), 6, message("planned")},
      {tie, kLong + 6, message("a plan and what became of it")},
      {[&](Point pen) { return svg_rect({pen.x, pen.y - 8}, kLong, 7, "strip", strip); }, kLong + 2,
       message("the status from day to day, pale where another is possible")}};
  Legend legend{"", kRowBelow};
  Point pen{at.x + 6, at.y + 10};
  for (const auto& [draw, icon, text] : items) {
    const std::string words(translate(language, text));
    const double needed = icon + 8 + svg_text_width(words, kSize) + 26;
    if (pen.x + needed > at.x + width && pen.x > at.x + 6) {
      pen = {at.x + 6, pen.y + kRowBelow};
      legend.height += kRowBelow;
    }
    legend.text += draw(pen) + svg_text({pen.x + icon + 4, pen.y}, words, "quiet");
    pen.x += needed;
  }
  return legend;
}

std::string svg_tie(Point plan, Point actual, double arch, const std::string& words, Tie tie) {
  const bool late = tie == Tie::late;
  const double top = std::min(plan.y, actual.y) - 6 - arch;
  const double middle = (plan.x + actual.x) / 2;
  std::string text =
      svg_path(fmt::format("M{} {}C{} {} {} {} {} {}", svg_number(plan.x), svg_number(plan.y - 5),
                           svg_number(plan.x), svg_number(top), svg_number(actual.x),
                           svg_number(top), svg_number(actual.x), svg_number(actual.y - 6)),
               late                ? "tie late"
               : tie == Tie::moved ? "tie moved"
                                   : "tie");
  if (!words.empty())
    text += svg_text({middle, top + 3}, words, late ? "alarm halo" : "quiet halo", Anchor::middle);
  return text;
}

}  // namespace solnoma
