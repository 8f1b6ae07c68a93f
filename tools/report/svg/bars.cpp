#include "tools/report/svg/bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"

namespace solnoma {
namespace {

constexpr double kRow = 22;
constexpr double kBar = 12;
constexpr double kText = 11;
constexpr double kBeyond = 34;  // how far what is more than a number goes on
constexpr double kBlur = 14;    // and on both sides of what is about it

/// Near enough for a picture; the text tells the number.
double number_of(const std::string& decimal) {
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}
double number_of(const Bar& bar) {
  return number_of(bar.value);
}
/// The other end of a range; of any other number the number itself.
double upper_of(const Bar& bar) {
  return bar.upper.empty() ? number_of(bar) : number_of(bar.upper);
}

struct Scale {
  double zero, per_unit, left, right;
  [[nodiscard]] double x(double value) const { return zero + value * per_unit; }
};

Scale scale_of(const std::vector<Bar>& bars, double left, double right) {
  double least = 0;
  double most = 0;
  for (const Bar& bar : bars) {
    least = std::min(least, number_of(bar));
    most = std::max(most, upper_of(bar));
  }
  const double range = most - least;
  const double per_unit = range > 0 ? (right - left) / range : 0;
  return {left - least * per_unit, per_unit, left, right};
}

bool goes_on(const Bar& bar) {
  return bar.open == Open::above || bar.bound == Bound::more_than ||
         bar.bound == Bound::slightly_more_than || bar.bound == Bound::at_least;
}

bool stops_before(const Bar& bar) {
  return bar.open == Open::below || bar.bound == Bound::less_than || bar.bound == Bound::at_most;
}

double beyond(Bound bound) {
  return bound == Bound::slightly_more_than ? kBeyond / 2 : kBeyond;
}

/// Where a bar that need not reach so far may end.
std::string draw_end(double x, double y) {
  return svg_line({x, y - 2}, {x, y + kBar + 2}, "openend");
}

/// A range: as much as is sure, and pale what may be; one that is about has no sharp ends.
std::string draw_range(const Bar& bar, const Scale& scale, double y) {
  const double low = scale.x(number_of(bar));
  const double high = scale.x(upper_of(bar));
  const auto rect = [&](double from, double to, std::string_view style) {
    return svg_rect({from, y}, to - from, kBar, style, {}, bar.tooltip);
  };
  std::string text;
  if (bar.planned) {
    text = rect(std::min(scale.zero, low), std::max({scale.zero, high, low + 2}), "outline");
  } else {
    if (low > scale.zero) text = rect(scale.zero, low, "bar");
    if (high < scale.zero) text = rect(high, scale.zero, "bar");
    text += rect(low, std::max(high, low + 2), "bar weak");
  }
  return bar.bound == Bound::about ? text : text + draw_end(low, y) + draw_end(high, y);
}

/// What is more than a number: the bar fades out beyond it, towards an arrow.
std::string draw_beyond(const Bar& bar, double end, double y, std::string_view id) {
  const double length = beyond(bar.bound);
  return svg_rect({end, y}, length, kBar, "span", fmt::format("url(#{}-fades)", id), bar.tooltip) +
         svg_path(fmt::format("M{} {}l6 {}l-6 {}", svg_number(end + length - 6), svg_number(y + 1),
                              svg_number(kBar / 2 - 1), svg_number(kBar / 2 - 1)),
                  "openend");
}

std::string draw(const Bar& bar, const Scale& scale, double y, std::string_view id) {
  if (!bar.upper.empty()) return draw_range(bar, scale, y);
  const double end = scale.x(number_of(bar));
  const double from = std::min(scale.zero, end);
  const double to = std::max({scale.zero, end, from + 2});
  const auto whole = [&](std::string_view style) {
    return svg_rect({from, y}, to - from, kBar, style, {}, bar.tooltip);
  };
  const bool pale = stops_before(bar) || (bar.bound != Bound::exact && number_of(bar) < 0);
  if (pale && !bar.planned) return whole("bar weak") + draw_end(end, y);
  if (bar.bound == Bound::about && !goes_on(bar) && !bar.planned) {
    const double blur = std::min(kBlur, to - from);
    return svg_rect({from, y}, to - from - blur, kBar, "bar", {}, bar.tooltip) +
           svg_rect({to - blur, y}, blur + kBlur, kBar, "span", fmt::format("url(#{}-fades)", id),
                    bar.tooltip);
  }
  const std::string text = whole(bar.planned ? "outline" : "bar");
  return goes_on(bar) ? text + draw_beyond(bar, to, y, id) : text;
}

/// Where the text behind a bar begins.
double end_of(const Bar& bar, const Scale& scale) {
  const double end = std::max(scale.x(upper_of(bar)), scale.zero);
  if (number_of(bar) < 0) return end;
  if (goes_on(bar)) return end + beyond(bar.bound);
  const bool blurs = bar.bound == Bound::about && bar.upper.empty() && bar.open == Open::none;
  return blurs ? end + kBlur : end;
}

}  // namespace

std::string svg_bar_fades(std::string_view id) {
  return svg_fade(fmt::format("{}-fades", id), {"accent", 0.8, 0});
}

DrawnPart svg_panels(const std::vector<Panel>& panels, Point at, double width, Language language,
                     std::string_view id) {
  DrawnPart part;
  double names = 0;
  double texts = 0;
  for (const Panel& panel : panels)
    for (const Bar& bar : panel.bars) {
      names = std::max(names, svg_text_width(bar.label, kText));
      texts = std::max(texts, svg_text_width(bar.text, kText));
    }
  for (const Panel& panel : panels)
    names = std::max(names, svg_text_width(panel.heading, kText + 1, Weight::bold));
  names = std::min(names, width * 0.32);
  const double left = at.x + names + 14;
  const double right =
      std::max(at.x + width - std::min(texts, width * 0.35) - kBeyond - 16, left + 80);
  double y = at.y;
  for (const Panel& panel : panels) {
    const bool alone = panel.bars.size() == 1;
    y += 20;
    part.text += svg_text({at.x, y}, panel.heading, "name");
    // What stands alone stands in one line with what it is.
    if (alone) {
      const Bar& bar = panel.bars.front();
      const double text = left + std::min(names, (at.x + width - left) * 0.5) + 14;
      part.text += svg_text({left, y}, svg_fitted(bar.label, kText, text - left - 14), "label");
      part.text += svg_text({text, y}, bar.text, "name");
      y += 4;
      continue;
    }
    y += 8;
    const auto shown = std::min(panel.bars.size(), kMostBars);
    const Scale scale = scale_of(panel.bars, left, right);
    const bool bars = panel.comparable;
    if (bars)
      part.text +=
          svg_line({scale.zero, y}, {scale.zero, y + kRow * static_cast<double>(shown)}, "axis");
    for (std::size_t i = 0; i < shown; ++i) {
      const Bar& bar = panel.bars[i];
      const double base = y + 15;
      part.text += svg_text({at.x, base}, svg_fitted(bar.label, kText, names), "label");
      if (bars) {
        part.text += draw(bar, scale, y + (kRow - kBar) / 2, id);
        part.text += svg_text({end_of(bar, scale) + 6, base}, bar.text, "label halo");
      } else {
        part.text += svg_text({left, base}, bar.text, "name");
      }
      y += kRow;
    }
    if (shown < panel.bars.size()) {
      y += 14;
      part.text += svg_first_shown({left, y}, shown, panel.bars.size(), language);
    }
    y += 12;
  }
  part.height = y - at.y;
  return part;
}

}  // namespace solnoma
