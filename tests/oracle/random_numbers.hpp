#pragma once

#include <string>
#include <vector>

#include "events/event.hpp"
#include "tests/oracle/random_history.hpp"

namespace solnoma::test {

/// A number of few digits, as often negative or a fraction as tests need it.
[[nodiscard]] std::string random_decimal(Random& random);

/// A quantity with any bound, of one of few measures, units and periods: so that many meet.
[[nodiscard]] Quantity random_quantity(Random& random);

/// Events to go with rows, with numbers in half of them. The kinds of rows change with that, and
/// more of them become `building-completed`.
[[nodiscard]] std::vector<StoredEvent> random_numbers(RandomHistory& random,
                                                      std::vector<Row>& rows);

}  // namespace solnoma::test
