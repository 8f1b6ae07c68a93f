#include "tools/report/html/status_style.hpp"

#include <fmt/format.h>

#include "tools/report/catalogue.hpp"

namespace solnoma {

std::string status_style() {
  std::string plain;
  std::string pairs;  // where the browser knows them, as in page.css
  std::string classes;
  for (const StatusLook& look : kStatusLooks) {
    plain += fmt::format(
        "  --s-{0}: {1};\n"
        "  --solnoma-{0}: var(--s-{0});\n",
        name(look.status), look.light);
    pairs +=
        fmt::format("  --s-{}: light-dark({}, {});\n", name(look.status), look.light, look.dark);
    classes += fmt::format(
        ".st-{0} {{ background: {1}{2}var(--s-{0}); }}\n"
        ".fill-{0} {{ fill: url(#p-{0}); }}\n"
        ".stripe-{0} {{ fill: var(--s-{0}); }}\n",
        name(look.status), look.layers, look.layers.empty() ? "" : " ");
  }
  return fmt::format(
      ":root {{\n{}}}\n@supports (color: light-dark(#000, #fff)) {{\n:root {{\n{}}}\n}}\n{}", plain,
      pairs, classes);
}

}  // namespace solnoma
