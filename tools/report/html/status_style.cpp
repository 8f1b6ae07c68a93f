#include "tools/report/html/status_style.hpp"

#include <fmt/format.h>

#include "tools/report/catalogue.hpp"

namespace solnoma {

std::string status_style() {
  std::string properties;
  std::string classes;
  for (const StatusLook& look : kStatusLooks) {
    properties += fmt::format(
        "  --s-{0}: light-dark({1}, {2});\n"
        "  --solnoma-{0}: var(--s-{0});\n",
        name(look.status), look.light, look.dark);
    classes += fmt::format(
        ".st-{0} {{ background: {1}{2}var(--s-{0}); }}\n"
        ".fill-{0} {{ fill: url(#p-{0}); }}\n"
        ".stripe-{0} {{ fill: var(--s-{0}); }}\n",
        name(look.status), look.layers, look.layers.empty() ? "" : " ");
  }
  return fmt::format(":root {{\n{}}}\n{}", properties, classes);
}

}  // namespace solnoma
