#include "tools/report/catalogue.hpp"

#include <fmt/format.h>

namespace solnoma {
namespace {

constexpr bool in_order() {
  for (std::size_t i = 0; i < kStatuses; ++i)
    if (kStatusLooks[i].status != static_cast<Status>(i)) return false;
  return true;
}
static_assert(in_order(), "a row for each status, in the order of Status");

constexpr bool piles_up_all() {
  unsigned piled = 1;  // all but unrecorded
  for (const Status status : kFromTheGround) piled |= 1U << static_cast<unsigned>(status);
  return piled == (1U << kStatuses) - 1;
}
static_assert(piles_up_all(), "each status once, but for unrecorded");

}  // namespace

std::string status_patterns(std::string_view id, std::string_view prefix) {
  std::string text;
  for (const StatusLook& look : kStatusLooks) {
    text += fmt::format(
        "<pattern id=\"{0}-{1}\" width=\"{2}\" height=\"{3}\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"{2}\" height=\"{3}\" style=\"fill:{5};"
        "fill:var(--{4}-{1})\"/>",
        id, name(look.status), look.width, look.height, prefix, look.light);
    if (!look.lines.empty())
      text += fmt::format("<path d=\"{}\" stroke-width=\"{}\"/>", look.lines, look.stroke);
    text += "</pattern>\n";
  }
  return text;
}

}  // namespace solnoma
