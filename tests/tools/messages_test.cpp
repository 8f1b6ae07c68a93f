#include <doctest/doctest.h>

#include "events/event_type.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "tools/report/messages.hpp"
#include "tools/report/table.hpp"

using namespace solnoma;

TEST_CASE("every status, event type and state of a plan has a word in every language") {
  for (std::size_t i = 0; i < kStatuses; ++i) {
    CAPTURE(name(static_cast<Status>(i)));
    CHECK(is_translated(name(static_cast<Status>(i))));
  }
  for (const EventType& type : kEventTypes) {
    CAPTURE(type.name);
    CHECK(is_translated(type.name));
  }
  for (const PlanState state :
       {PlanState::pending, PlanState::met, PlanState::overdue, PlanState::dropped})
    CHECK(is_translated(name(state)));
}

TEST_CASE("a value takes its place in the word order of its language") {
  CHECK(translate(Language::en, "by {}", "2025") == "by 2025");
  CHECK(translate(Language::ru, "by {}", "2025") == "не позднее 2025");
  CHECK(translate(Language::uz, "by {}", "2025") == "2025 dan kechikmay");
}

TEST_CASE("a table is as wide as its letters, not as its bytes") {
  CHECK(text_table({{"ab", "x"}, {"щщщ", "y"}}) == "ab   x\nщщщ  y\n");
}
