#include "tools/shared/quantity_option.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace solnoma {
namespace {

std::optional<Bound> bound_of(std::string_view text) {
  for (std::size_t i = 0; i < kBounds; ++i)
    if (const auto bound = static_cast<Bound>(i); name(bound) == text) return bound;
  return std::nullopt;
}

/// "50..75": between.
void read_value(std::string_view value, Quantity& quantity) {
  const auto dots = value.find("..");
  quantity.value = value.substr(0, dots);
  if (dots == std::string_view::npos) return;
  quantity.upper = value.substr(dots + 2);
  quantity.bound = Bound::between;
}

/// What follows the unit: a bound, level or flow, or a period, which begins with a digit or
/// bracket.
Outcome read_more(std::string_view word, Quantity& quantity) {
  const auto bound = bound_of(word);
  if (word == "flow")
    quantity.accrual = Accrual::flow;
  else if (word == "level")
    quantity.accrual = Accrual::level;
  else if (bound)
    quantity.bound = *bound;
  else if (word.find_first_of("0123456789") != std::string_view::npos)
    quantity.period = word;
  else
    return usage(fmt::format("--quantity: '{}' is no bound", word.substr(0, 60)),
                 "use exact, more-than, slightly-more-than, at-least, less-than, at-most, about or "
                 "between; flow or level; or a period, as in 2024");
  return {};
}

std::string_view take_part(std::string_view& rest) {
  const auto colon = rest.find(':');
  const std::string_view part = rest.substr(0, colon);
  rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  return part;
}

}  // namespace

Try<Quantity> parse_quantity(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || text.find(':', equals) == std::string::npos)
    return usage(fmt::format("--quantity: '{}' is not understood", text.substr(0, 60)),
                 "write measure=value:unit[:bound], as in residents=10:companies:more-than");
  Quantity quantity;
  quantity.measure = text.substr(0, equals);
  std::string_view rest = std::string_view(text).substr(equals + 1);
  read_value(take_part(rest), quantity);
  quantity.unit = take_part(rest);
  while (!rest.empty())
    if (auto ok = read_more(take_part(rest), quantity); !ok) return refuse(ok);
  return quantity;
}

}  // namespace solnoma
