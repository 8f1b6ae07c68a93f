#pragma once

#include <fmt/format.h>

#include "events/event.hpp"
#include "tests/support/random.hpp"

namespace solnoma::test {

/// Makes of the event `number`, now and then, a correction of an earlier one, or its retraction.
/// The ids of all are "e" and their number.
inline void correct_some(Random& random, Event& event, int number) {
  if (number <= 1 || !random.one_in(4)) return;
  event.supersedes = fmt::format("e{}", random.between(1, number - 1));
  if (!random.one_in(2)) return;
  event.type = "retracted";
  event.occurred = "";
  event.modality = Modality::actual;
}

}  // namespace solnoma::test
