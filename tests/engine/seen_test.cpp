#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "engine/inclusion_proof.hpp"
#include "engine/tree_head.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

bool is_park(std::string_view subject) {
  return subject.starts_with("park/");
}

/// 600 events of parks and relations, some of which take the place of earlier ones.
std::vector<Draft> mixed() {
  std::mt19937 random(20'261'128);
  std::vector<Draft> drafts;
  for (int i = 0; i < 600; ++i) {
    const auto name = std::to_string(random() % 9);
    drafts.push_back({(random() % 2 == 0 ? "park/" : "relation/") + name, std::to_string(i), "",
                      "urn:test", "", "", i});
  }
  return drafts;
}

std::vector<Seen> seen_of(std::vector<Seen> all) {
  std::erase_if(all, [](const Seen& each) { return !is_park(each.subject); });
  return all;
}

}  // namespace

TEST_CASE("who may see some subjects finds of the log what is of them, and nothing else") {
  TestJournal t;
  t.record(mixed());
  const auto seen = t.log().seen_by(is_park);
  const std::vector<Seen> all = all_of(t.log());
  const std::vector<Seen> parks = seen_of(all);
  REQUIRE(parks.size() > 200);
  REQUIRE(parks.size() < 400);

  CHECK(all_of(*seen) == parks);
  CHECK(all_of(*seen, Position{300}) == seen_of(all_of(t.log(), Position{300})));
  CHECK(all_of(*seen, Position{300}, Direction::backwards) ==
        seen_of(all_of(t.log(), Position{300}, Direction::backwards)));

  std::map<std::string, SubjectNumber> names;
  REQUIRE(t.log().subjects("", [&](std::string_view name, SubjectNumber number) {
    names.emplace(name, number);
    return true;
  }));
  std::size_t listed = 0;
  REQUIRE(seen->subjects("", [&](std::string_view name, SubjectNumber) {
    CHECK(is_park(name));
    return ++listed > 0;
  }));
  CHECK(listed == 9);
  CHECK(seen->subjects("relation/", [](std::string_view, SubjectNumber) {
    FAIL("a relation is listed");
    return true;
  }));
  for (const auto& [name, number] : names) {
    CAPTURE(name);
    CHECK(seen->subject(name).value().has_value() == is_park(name));
    CHECK(seen->subject_name(number).has_value() == is_park(name));
    CHECK(seen->rows(number).value() ==
          (is_park(name) ? t.log().rows(number).value() : std::vector<Row>()));
    CHECK((seen->revision(number).value() > Revision{0}) == is_park(name));
    const auto read = seen->read_subject(name, Revision{1}, Direction::forwards,
                                         [](const RecordedEvent&) { return true; });
    CHECK(read.has_value() == is_park(name));
    if (is_park(name))
      CHECK(subject_of(*seen, name) == subject_of(t.log(), name));
    else
      CHECK(read.error().code == Errc::not_found);
  }
  std::size_t rows = 0;
  REQUIRE(seen->all_rows([&](SubjectNumber number, Rows of_subject) {
    CHECK(is_park(t.log().subject_name(number).value()));
    rows += of_subject.size();
    return true;
  }));
  CHECK(rows == parks.size());

  for (const Seen& each : all) {
    CHECK(seen->find(each.id).value().size() == (is_park(each.subject) ? 1 : 0));
    CHECK(seen->find(each.source, each.id).value().has_value() == is_park(each.subject));
    const Position position{each.position};
    bool visited = false;
    CHECK(seen->read_at({&position, 1}, [&](const RecordedEvent&) { return visited = true; }));
    CHECK(visited == is_park(each.subject));
    const auto proof = seen->prove(position, seen->head());
    CHECK(proof.has_value() == is_park(each.subject));
    if (!proof) CHECK(proof.error().code == Errc::not_found);
  }
}

TEST_CASE("what is of the log as a whole is the same for who may see some subjects") {
  TestJournal t;
  t.record(mixed());
  const auto seen = t.log().seen_by(is_park);
  CHECK(seen->head() == t.log().head());
  CHECK(seen->tree_head(Position{300}).value() == t.log().tree_head(Position{300}).value());
  CHECK(seen->subject_count().value() == t.log().subject_count().value());
  for (const Seen& each : all_of(t.log())) {
    const Instant recorded{std::chrono::microseconds(each.recorded_us)};
    CHECK(seen->position_at(recorded).value() == t.log().position_at(recorded).value());
  }
}

TEST_CASE("who may see some subjects sees what is recorded of them later") {
  TestJournal t;
  const auto seen = t.log().seen_by(is_park);
  CHECK(all_of(*seen).empty());
  t.record({{"park/new", "one"}, {"relation/new", "two"}});
  CHECK(seen->head() == Position{2});
  CHECK(all_of(*seen).size() == 1);
  const auto fewer = seen->seen_by([](std::string_view subject) { return subject != "park/new"; });
  CHECK(all_of(*fewer).empty());
}
