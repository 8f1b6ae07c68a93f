#pragma once

#include <string>

namespace solnoma {

/// What the page's style sheet says of statuses, made from the catalogue: the colours
/// (--s-operating, and --solnoma-operating for the pictures within), and the classes that paint
/// with them: st-operating (a background), fill-operating (a shape of SVG, with the patterns
/// p-operating) and stripe-operating (the colour alone).
[[nodiscard]] std::string status_style();

}  // namespace solnoma
