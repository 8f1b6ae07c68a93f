#include "tools/report/svg/style.hpp"

#include <fmt/format.h>

#include <array>

#include "tools/report/catalogue.hpp"

namespace solnoma {
namespace {

struct Colour {
  std::string_view name, light, dark;
};

/// What is no status.
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
});

std::string property(std::string_view name, std::string_view colour) {
  return fmt::format("--sn-{0}:var(--solnoma-{0},{1});", name, colour);
}

std::string properties(std::string_view Colour::* scheme, std::string_view StatusLook::* look) {
  std::string text;
  for (const Colour& colour : kColours) text += property(colour.name, colour.*scheme);
  for (const StatusLook& each : kStatusLooks) text += property(name(each.status), each.*look);
  return text;
}

std::string make_style() {
  return fmt::format(".sn-picture{{{}}}@media(prefers-color-scheme:dark){{.sn-picture{{{}}}}}",
                     properties(&Colour::light, &StatusLook::light),
                     properties(&Colour::dark, &StatusLook::dark)) +
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
         R"(.sn-late{stroke:var(--sn-alarm)}.sn-moved{stroke-dasharray:4 2.5})"
         R"(.sn-break{stroke:var(--sn-quiet);stroke-width:.8;stroke-opacity:.7;fill:none})"
         R"(.sn-mark,.sn-key{stroke:var(--sn-edge);stroke-width:1}.sn-weak{opacity:.45})"
         R"(.sn-maybe{fill:var(--sn-paper);stroke-width:1.6;stroke-dasharray:2.2 1.4})"
         R"(.sn-plan{fill:var(--sn-paper);stroke-width:1.8})"
         R"(.sn-picture pattern path{stroke:var(--sn-pattern);stroke-linecap:round;fill:none})"
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
  return status_patterns(id, "sn");
}

std::string svg_fade(std::string_view id, const SvgFade& fade) {
  return fmt::format(
      "<linearGradient id=\"{}\"><stop offset=\"0\" style=\"stop-color:{};stop-opacity:{}\"/>"
      "<stop offset=\"1\" style=\"stop-color:{};stop-opacity:{}\"/></linearGradient>\n",
      id, fade.colour, fade.from, fade.colour, fade.to);
}

}  // namespace solnoma
