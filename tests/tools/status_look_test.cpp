// How statuses look: what can be told of it without eyes.

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "tools/report/catalogue.hpp"
#include "tools/report/html/status_style.hpp"
#include "tools/report/svg/style.hpp"

using namespace solnoma;

namespace {

/// Relative luminance of "#rrggbb" (WCAG 2.2).
double luminance(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(std::string_view a, std::string_view b) {
  const double one = luminance(a) + 0.05;
  const double other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

}  // namespace

TEST_CASE("every status stands out from the grounds that it is drawn on") {
  for (const StatusLook& look : kStatusLooks) {
    if (look.status == Status::unrecorded) continue;
    CAPTURE(name(look.status));
    for (const auto* paper : {"#faf8f4", "#ffffff", "#f5f6f8"})
      CHECK(contrast(look.light, paper) >= 3);
    for (const auto* paper : {"#14171b", "#1b1f25", "#17191d"})
      CHECK(contrast(look.dark, paper) >= 3);
  }
}

TEST_CASE("stages deepen with progress, and no two statuses have the same colour and pattern") {
  for (std::size_t i = 2; i <= static_cast<std::size_t>(Status::operating); ++i)
    CHECK(luminance(kStatusLooks[i].light) < luminance(kStatusLooks[i - 1].light));
  std::set<std::string_view> colours;
  std::set<std::string_view> patterns;
  for (const StatusLook& look : kStatusLooks) {
    colours.insert(look.light);
    if (!look.lines.empty()) patterns.insert(look.lines);
    CHECK(look.lines.empty() == look.layers.empty());
  }
  CHECK(colours.size() == kStatuses);
  CHECK(patterns.size() == kStatuses - 2);  // unrecorded and operating are flat
}

TEST_CASE("pictures and page paint a status from the same row") {
  for (const StatusLook& look : kStatusLooks) {
    const std::string property =
        "--s-" + std::string(name(look.status)) + ": light-dark(" + std::string(look.light) + ", ";
    CHECK(status_style().contains(property));
    const std::string fallback =
        "--solnoma-" + std::string(name(look.status)) + "," + std::string(look.light) + ")";
    CHECK(svg_styles().contains(fallback));
  }
}
