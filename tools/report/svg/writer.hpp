#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/event.hpp"

namespace solnoma {

/// The few things that all pictures are written with. Every function gives whole elements;
/// texts are escaped here and nowhere else.

/// A length or place with at most one digit after the point: the same bytes on every machine.
[[nodiscard]] std::string svg_number(double value);

struct Point {
  double x = 0;
  double y = 0;
};

enum class Anchor : std::uint8_t { start, middle, end };

/// `style` names classes of style.cpp, as in "label strong".
[[nodiscard]] std::string svg_text(Point at, std::string_view text, std::string_view style,
                                   Anchor anchor = Anchor::start);
[[nodiscard]] std::string svg_line(Point from, Point to, std::string_view style);
/// With a tooltip where there is one. A fill is "url(#…)" or the name of a colour (style.hpp).
[[nodiscard]] std::string svg_rect(Point at, double width, double height, std::string_view style,
                                   std::string_view fill = {}, std::string_view tooltip = {});
[[nodiscard]] std::string svg_path(std::string_view data, std::string_view style,
                                   std::string_view fill = {}, std::string_view tooltip = {});

enum class Weight : std::uint8_t { regular, bold };

/// About how wide a text is at a size; never asks for a font, so never quite right: as in a wide
/// one rather than in a narrow one.
[[nodiscard]] double svg_text_width(std::string_view text, double size,
                                    Weight weight = Weight::regular);

/// The text, or as much of it as is that wide, and "…".
[[nodiscard]] std::string svg_fitted(std::string_view text, double size, double width,
                                     Weight weight = Weight::regular);

struct SvgFrame {
  double width = 0;
  double height = 0;
  std::string id;           ///< begins every id within
  std::string title;        ///< names the picture to who cannot see it
  std::string description;  ///< says what it shows
  Language language = Language::en;
};

/// The ground that a picture lies on, in the colour of the paper.
[[nodiscard]] std::string svg_paper(double width, double height);

/// A whole element: stands alone in a file, and inline in a page.
struct SvgPicture {
  std::string text;
  double height = 0;   ///< as the element states it
  bool empty = false;  ///< says that there is nothing to show
};

/// The element around a body.
[[nodiscard]] SvgPicture svg_document(const SvgFrame& frame, std::string_view definitions,
                                      std::string_view body);

}  // namespace solnoma
