#include "tools/report/svg/style.hpp"

#include <fmt/format.h>

#include <array>

namespace solnoma {
namespace {

struct Colour {
  std::string_view name, light, dark;
};

/// Chosen to stay apart for readers who see few colours; the patterns do the rest.
constexpr auto kColours = std::to_array<Colour>({
    {"ink", "#1d2129", "#e9e7e2"},
    {"paper", "#ffffff", "#17191d"},
    {"quiet", "#5d6673", "#a7afba"},
    {"rule", "#d9dde3", "#363b44"},
    {"band", "#f5f6f8", "#1e2127"},
    {"accent", "#1f5fa8", "#7fb2ea"},
    {"alarm", "#b3261e", "#ff8a80"},
    {"pattern", "#ffffff", "#17191d"},
    {"edge", "#ffffff", "#17191d"},
    {"unrecorded", "#c9ced6", "#4a505a"},
    {"announced", "#8fb3d9", "#5f87b5"},
    {"agreed", "#4a80bd", "#78a8e0"},
    {"under-construction", "#d98a1f", "#e8a74a"},
    {"completed", "#6aa84f", "#86c46c"},
    {"operating", "#1b7440", "#4fb477"},
    {"suspended", "#8c6bb1", "#b094d6"},
    {"cancelled", "#b3261e", "#ff8a80"},
    {"retired", "#7a6552", "#b59b84"},
});

/// What is drawn over a tile of 6 by 6 in the colour of the status; empty: a flat fill.
struct Pattern {
  Status status;
  std::string_view drawing;
};
constexpr auto kPatterns = std::to_array<Pattern>({
    {Status::unrecorded, ""},
    {Status::announced, "<circle class=\"sn-hole\" cx=\"3\" cy=\"3\" r=\"1.6\"/>"},
    {Status::agreed,
     "<circle class=\"sn-hole\" cx=\"1.5\" cy=\"1.5\" r=\".8\"/>"
     "<circle class=\"sn-hole\" cx=\"4.5\" cy=\"4.5\" r=\".8\"/>"},
    {Status::under_construction, "<path class=\"sn-cut\" d=\"M-1 1 1-1M-1 7 7-1M5 7 7 5\"/>"},
    {Status::completed, "<path class=\"sn-cut\" d=\"M0 3H6\"/>"},
    {Status::operating, ""},
    {Status::suspended, "<path class=\"sn-cut\" d=\"M3 0V6\"/>"},
    {Status::cancelled, "<path class=\"sn-cut\" d=\"M0 0 6 6M6 0 0 6\"/>"},
    {Status::retired, "<path class=\"sn-cut\" d=\"M-1 5 1 7M-1-1 7 7M5-1 7 1\"/>"},
});

std::string properties(std::string_view Colour::* scheme) {
  std::string text;
  for (const Colour& colour : kColours)
    text += fmt::format("--sn-{0}:var(--solnoma-{0},{1});", colour.name, colour.*scheme);
  return text;
}

std::string make_style() {
  return fmt::format(".sn-picture{{{}}}@media(prefers-color-scheme:dark){{.sn-picture{{{}}}}}",
                     properties(&Colour::light), properties(&Colour::dark)) +
         R"(.sn-picture{max-width:100%;height:auto;font-family:sans-serif;font-size:11px;)"
         R"(color:var(--sn-ink)})"
         R"(.sn-picture text{fill:var(--sn-ink)})"
         R"(.sn-paper{fill:var(--sn-paper)}.sn-band{fill:var(--sn-band)})"
         R"(.sn-picture .sn-heading{font-size:16px;font-weight:700})"
         R"(.sn-picture .sn-name{font-size:12px;font-weight:600})"
         R"(.sn-picture .sn-quiet{fill:var(--sn-quiet)})"
         R"(.sn-picture .sn-year{font-size:12px;font-weight:600})"
         R"(.sn-picture .sn-alarm{fill:var(--sn-alarm)}.sn-picture .sn-accent{fill:var(--sn-accent)})"
         R"(.sn-picture .sn-halo{paint-order:stroke;stroke:var(--sn-paper);stroke-width:3px;stroke-linejoin:round})"
         R"(.sn-rule{stroke:var(--sn-rule);stroke-width:1}.sn-grid{stroke:var(--sn-rule);stroke-width:.6})"
         R"(.sn-axis{stroke:var(--sn-quiet);stroke-width:1})"
         R"(.sn-leader{stroke:var(--sn-quiet);stroke-width:.7;stroke-opacity:.6})"
         R"(.sn-asof{stroke:var(--sn-accent);stroke-width:1.4})"
         R"(.sn-tie{stroke:var(--sn-quiet);stroke-width:1.1;fill:none})"
         R"(.sn-late{stroke:var(--sn-alarm)})"
         R"(.sn-break{stroke:var(--sn-quiet);stroke-width:.8;stroke-opacity:.7;fill:none})"
         R"(.sn-mark,.sn-key{stroke:var(--sn-edge);stroke-width:1}.sn-weak{opacity:.45})"
         R"(.sn-maybe{fill:var(--sn-paper);stroke-width:1.6;stroke-dasharray:2.2 1.4})"
         R"(.sn-plan{fill:var(--sn-paper);stroke-width:1.8})"
         R"(.sn-hole{fill:var(--sn-pattern)}.sn-cut{stroke:var(--sn-pattern);stroke-width:1.3;fill:none})"
         R"(.sn-edge{stroke:var(--sn-paper);stroke-width:.8})"
         R"(.sn-outline{fill:none;stroke:var(--sn-accent);stroke-width:1.3;stroke-dasharray:4 2})"
         R"(.sn-bar{fill:var(--sn-accent)}.sn-openend{stroke:var(--sn-accent);stroke-width:2;fill:none}.sn-alarmline{stroke:var(--sn-alarm);stroke-width:2;fill:none})";
}

}  // namespace

std::string_view svg_style() {
  static const std::string style = make_style();
  return style;
}

std::string svg_colour(Status status) {
  return fmt::format("var(--sn-{})", name(status));
}

std::string svg_status_fill(std::string_view id, Status status) {
  return fmt::format("url(#{}-{})", id, name(status));
}

std::string svg_status_patterns(std::string_view id) {
  std::string text;
  for (const auto& [status, drawing] : kPatterns)
    text += fmt::format(
        "<pattern id=\"{}-{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"6\" height=\"6\" style=\"fill:{}\"/>{}</pattern>\n",
        id, name(status), svg_colour(status), drawing);
  return text;
}

std::string svg_fade(std::string_view id, const SvgFade& fade) {
  return fmt::format(
      "<linearGradient id=\"{}\"><stop offset=\"0\" style=\"stop-color:{};stop-opacity:{}\"/>"
      "<stop offset=\"1\" style=\"stop-color:{};stop-opacity:{}\"/></linearGradient>\n",
      id, fade.colour, fade.from, fade.colour, fade.to);
}

}  // namespace solnoma
