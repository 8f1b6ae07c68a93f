#include "tools/report/svg/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/check.hpp"
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

/// What follows it is wound up with colours as "var(--sn-NAME)".
constexpr std::string_view kUse = "var(--sn-";

std::string_view light(std::string_view colour) {
  const auto known = std::ranges::find(kColours, colour, &Colour::name);
  if (known != kColours.end()) return known->light;
  const auto status = std::ranges::find_if(
      kStatusLooks, [&](const StatusLook& look) { return name(look.status) == colour; });
  SOLNOMA_CHECK(status != kStatusLooks.end());
  return status->light;
}

/// The rules with each colour as it is on light paper.
std::string plain(std::string_view rules) {
  std::string text;
  for (std::size_t at = 0; at < rules.size();) {
    const std::size_t use = std::min(rules.find(kUse, at), rules.size());
    text += rules.substr(at, use - at);
    if (use == rules.size()) break;
    const std::size_t end = rules.find(')', use);
    text += light(rules.substr(use + kUse.size(), end - use - kUse.size()));
    at = end + 1;
  }
  return text;
}

/// Those of the rules that name a colour.
std::string coloured(std::string_view rules) {
  std::string text;
  while (!rules.empty()) {
    const std::string_view rule = rules.substr(0, rules.find('}') + 1);
    if (rule.contains(kUse)) text += rule;
    rules.remove_prefix(rule.size());
  }
  return text;
}

std::string make_styles() {
  constexpr std::string_view kRules =
      R"(.sn-picture{font-family:sans-serif;font-size:11px;)"
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
  return "<style>" + plain(kRules) + "</style>\n" +
         fmt::format(
             "<style>@supports(color:var(--a)){{:not(svg)>.sn-picture{{max-width:100%;height:auto}}"
             ".sn-picture{{{}}}@media(prefers-color-scheme:dark){{"
             ".sn-picture{{{}}}}}{}}}</style>\n",
             properties(&Colour::light, &StatusLook::light),
             properties(&Colour::dark, &StatusLook::dark), coloured(kRules));
}

}  // namespace

std::string_view svg_styles() {
  static const std::string styles = make_styles();
  return styles;
}

std::string svg_paint(std::string_view property, std::string_view colour) {
  return fmt::format("{0}:{1};{0}:var(--sn-{2})", property, light(colour), colour);
}

std::string svg_status_fill(std::string_view id, Status status) {
  return fmt::format("url(#{}-{})", id, name(status));
}

std::string svg_status_patterns(std::string_view id) {
  return status_patterns(id, "sn");
}

std::string svg_fade(std::string_view id, const SvgFade& fade) {
  return fmt::format(
      "<linearGradient id=\"{0}\"><stop offset=\"0\" style=\"{1};stop-opacity:{2}\"/>"
      "<stop offset=\"1\" style=\"{1};stop-opacity:{3}\"/></linearGradient>\n",
      id, svg_paint("stop-color", fade.colour), fade.from, fade.to);
}

}  // namespace solnoma
