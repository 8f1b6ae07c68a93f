#pragma once

#include <string>
#include <string_view>

#include "projections/status.hpp"

namespace solnoma {

/// The style sheets of every picture: one of plain values, which every program that draws SVG
/// understands, and one, an element of its own since some take offence at it, with the same as
/// custom properties, so that a page may set its own: --solnoma-ink, -paper, -quiet, -rule,
/// -band, -accent, -alarm, and --solnoma-STATUS for each status. In a browser a picture otherwise
/// follows the reader's choice of light or dark.
[[nodiscard]] std::string_view svg_styles();

/// A fill for a status that is told by pattern as well as by colour: "url(#ID-operating)".
[[nodiscard]] std::string svg_status_fill(std::string_view id, Status status);

/// The patterns that svg_status_fill() names.
[[nodiscard]] std::string svg_status_patterns(std::string_view id);

/// A gradient along x, from one strength of a colour to another.
struct SvgFade {
  std::string_view colour;  ///< its name
  double from = 0;          ///< 0 to 1
  double to = 1;
};
[[nodiscard]] std::string svg_fade(std::string_view id, const SvgFade& fade);

/// A colour of the sheet, by its name ("quiet", or that of a status), as a style: "fill:#5d6673;
/// fill:var(--sn-quiet)". A program that does not know the second keeps the first.
[[nodiscard]] std::string svg_paint(std::string_view property, std::string_view colour);

}  // namespace solnoma
