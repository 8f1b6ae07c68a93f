#include <doctest/doctest.h>

#include <vector>

#include "events/event_type.hpp"
#include "events/superseding.hpp"
#include "projections/effective.hpp"
#include "projections/rows.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Row row(std::uint64_t position, std::string_view type, std::uint32_t supersedes = 0) {
  const Day day{19'000};
  return {Dating{{day, day}, day, row_kind(type_code(type), false)}, Position{position},
          Revision{supersedes}};
}

}  // namespace

TEST_CASE("what stands in the way of a correction is what counts in its place") {
  Random random(20261126);
  const auto opened = row_kind(type_code("opened"), false);
  const auto retracted = row_kind(type_code("retracted"), false);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Row> rows;
    const int size = random.between(1, 9);
    for (int i = 0; i < size; ++i) {
      const bool supersedes = i > 0 && random.percent(70);
      rows.push_back(row(static_cast<std::uint64_t>(i) + 1,
                         supersedes && random.percent(50) ? "retracted" : "opened",
                         supersedes ? static_cast<std::uint32_t>(random.between(1, i)) : 0));
    }
    const Effective all = effective(rows, {});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CAPTURE(round);
      CAPTURE(i);
      const Revision by = all.superseded_by[i];
      CHECK(in_the_way(rows, revision_of(i), opened) == by);
      const bool withdrawn = by.value != 0 && is_retraction(rows[index_of(by)]);
      CHECK(in_the_way(rows, revision_of(i), retracted) == (withdrawn ? Revision{0} : by));
    }
  }
}
