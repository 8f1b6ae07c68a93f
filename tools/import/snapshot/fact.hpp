#pragma once

#include <compare>
#include <string>

#include "events/event.hpp"

namespace solnoma {

/// What an event is about, apart from what it says of that: two versions of one fact have the same.
struct FactKey {
  Modality modality = Modality::actual;
  std::string type, part, measure, period;  ///< measure and period: of its first figure

  auto operator<=>(const FactKey&) const = default;
};
[[nodiscard]] FactKey fact_key(const Event& event);

/// How what a source says of a fact now differs from what it said before.
enum class FactChange : std::uint8_t {
  none,    ///< nothing new; that a date or a word is not repeated is nothing new either
  date,    ///< the day on which it happened
  target,  ///< of a plan
  figure,  ///< of a level: a newer number, beside which the older one was right in its time
  amount,  ///< of a flow or a period: the number was wrong, or was not the last
  label,   ///< only the source's own word
  description,
};
[[nodiscard]] FactChange fact_change(const Event& before, const Event& now);

}  // namespace solnoma
