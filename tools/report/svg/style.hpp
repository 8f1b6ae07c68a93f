#pragma once

#include <string>
#include <string_view>

#include "projections/status.hpp"

namespace solnoma {

/// The style sheet of every picture. Colours are custom properties with fallbacks, so that a
/// page may set its own: --solnoma-ink, -paper, -quiet, -rule, -band, -accent, -alarm, and
/// --solnoma-STATUS for each status. Otherwise a picture follows the reader's choice of light
/// or dark.
[[nodiscard]] std::string_view svg_style();

/// A fill for a status that is told by pattern as well as by colour: "url(#ID-operating)".
[[nodiscard]] std::string svg_status_fill(std::string_view id, Status status);

/// The patterns that svg_status_fill() names.
[[nodiscard]] std::string svg_status_patterns(std::string_view id);

/// A gradient along x, from one strength of a colour to another.
struct SvgFade {
  std::string_view colour;  ///< as svg_colour() gives it
  double from = 0;          ///< 0 to 1
  double to = 1;
};
[[nodiscard]] std::string svg_fade(std::string_view id, const SvgFade& fade);

/// "var(--sn-operating)".
[[nodiscard]] std::string svg_colour(Status status);

}  // namespace solnoma
