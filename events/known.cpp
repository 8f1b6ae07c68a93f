#include "events/known.hpp"

#include "events/edtf.hpp"

namespace solnoma {
namespace {

/// The year's or month's last day, if the text is just that.
std::optional<Known> whole_period(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const std::size_t year = sign + 4;
  if (text.size() != year && text.size() != year + 3) return std::nullopt;
  const auto edtf = parse_edtf(text);
  if (!edtf || edtf->level != 0) return std::nullopt;
  return Known{edtf->bounds.latest, text.size() == year ? Precision::year : Precision::month};
}

}  // namespace

Result<Known> known_from_text(std::string_view text) {
  if (const auto period = whole_period(text)) return *period;
  auto day = day_from_text(text);
  if (!day) return std::unexpected(day.error());
  return Known{*day};
}

std::string to_string(const Known& known) {
  std::string text = to_string(known.day);
  constexpr std::size_t kDay = 3;  // "-02"
  if (known.precision != Precision::day) text.resize(text.size() - kDay);
  if (known.precision == Precision::year) text.resize(text.size() - kDay);
  return text;
}

Day first_day(const Known& known) {
  const auto period = parse_edtf(to_string(known));
  return period ? period->bounds.earliest : known.day;
}

}  // namespace solnoma
