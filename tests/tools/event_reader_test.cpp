// Who reads what comes is told of subjects that come meanwhile.

#include "tools/serve/event_reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/tools/changing_chronicle.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// A chronicle of park/b, in which park/a is recorded while subjects are looked through and that
/// place in their order is passed already.
struct Meanwhile {
  Chronicle chronicle;
  bool armed = false;

  Meanwhile() {
    REQUIRE(chronicle.record(event("b", "opened", "2025-12-01", "2025-12-02", "park/b")));
    chronicle.show_only([this](std::string_view subject) {
      if (armed && subject == "park/b") {
        armed = false;
        REQUIRE(chronicle.record(event("a", "opened", "2025-12-01", "2025-12-02", "park/a")));
      }
      return true;
    });
  }
};

}  // namespace

TEST_CASE("an event of a subject that comes while subjects are chosen is not passed over") {
  Meanwhile meanwhile;
  EventChoices choices;
  choices.selection.subjects = {"park/*"};
  auto reader = EventReader::of(choices, meanwhile.chronicle.world(),
                                Viewer{meanwhile.chronicle.log(), ""}, Position{0});
  REQUIRE(reader);
  meanwhile.armed = true;
  std::vector<std::string> told;
  for (bool more = true; more;)
    more = reader
               ->go_on([&](const StoredEvent& stored) {
                 told.push_back(stored.event.id);
                 return true;
               })
               .value();
  CHECK_FALSE(meanwhile.armed);
  CHECK(told == std::vector<std::string>{"b", "a"});
}

TEST_CASE("a change of a subject that comes while subjects are chosen is not passed over") {
  Meanwhile meanwhile;
  meanwhile.armed = true;
  std::string cursor = "0/2026-01-01";  // whose day need not be looked for
  std::string told;
  for (const std::string& line :
       meanwhile.chronicle.all_after(cursor, {{"subject", "park/*"}, {"limit", "1"}}))
    told += line;
  CHECK_FALSE(meanwhile.armed);
  CHECK(contains(told, R"("event":"b")"));
  CHECK(contains(told, R"("event":"a")"));
}
