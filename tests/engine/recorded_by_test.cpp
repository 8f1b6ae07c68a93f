#include "engine/inclusion_proof.hpp"
#include "engine/proof/record.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Draft by(std::string who, Draft draft) {
  draft.recorded_by = std::move(who);
  return draft;
}

std::vector<std::string> recorders(const std::vector<Seen>& events) {
  std::vector<std::string> names;
  for (const Seen& event : events) names.push_back(event.recorded_by);
  return names;
}

}  // namespace

TEST_CASE("who recorded an event is kept with it, and nothing where nobody said") {
  TestJournal t;
  t.record({by("Анна", {"park/a", "1"}), {"park/a", "2"}});
  t.record({by("import 7", {"park/b", "3"})});
  for (int restart = 0; restart < 2; ++restart) {
    CHECK(recorders(all_of(t.log())) == std::vector<std::string>{"Анна", "", "import 7"});
    CHECK(recorders(subject_of(t.log(), "park/a")) == std::vector<std::string>{"Анна", ""});
    CHECK(recorders(all_of(*t.reader())) == std::vector<std::string>{"Анна", "", "import 7"});
    t.reopen();
  }
  check_verified(t.log());
}

TEST_CASE("the same event is the same, whoever sends it again: it stays with the first") {
  TestJournal t;
  t.record({by("anna", {"park/a", "1", "x"})});
  const auto again = t.record({by("boris", {"park/a", "1", "x"}), {"park/a", "1", "x"}});
  CHECK(again.already == 2);
  const auto twice = t.record({by("anna", {"park/a", "2"}), by("boris", {"park/a", "2"})});
  CHECK(twice.recorded == 1);
  CHECK(recorders(all_of(t.log())) == std::vector<std::string>{"anna", "anna"});
}

TEST_CASE("who recorded it is of 255 bytes at most") {
  TestJournal t;
  t.record({by(std::string(kMaxRecorder, 'a'), {"park/a", "1"})});
  const Error error = t.refused({by(std::string(kMaxRecorder + 1, 'a'), {"park/a", "2"})});
  CHECK(error.code == Errc::invalid);
  CHECK(error.where == "event 1");
  CHECK(recorders(all_of(t.log())) == std::vector{std::string(kMaxRecorder, 'a')});
}

TEST_CASE("the head commits to who recorded what, and a copy has it") {
  TestJournal anna, boris, nobody;
  anna.record({by("anna", {"park/a", "1"})});
  boris.record({by("boris", {"park/a", "1"})});
  nobody.record({{"park/a", "1"}});
  const auto root = [](TestJournal& t) { return t.log().tree_head(t.log().head())->root; };
  CHECK(root(anna) != root(boris));
  CHECK(root(anna) != root(nobody));

  const Disk disk = Disk::memory();
  REQUIRE(Journal::create(disk, "/copy"));
  const auto copy = Journal::open(disk, "/copy", anna.clock, dating_of);
  REQUIRE(copy);
  REQUIRE((*copy)->copy_from(anna.log(), Position{1}));
  CHECK(all_of((*copy)->log()) == all_of(anna.log()));
  CHECK((*copy)->log().tree_head(Position{1})->root == root(anna));

  const auto trial = anna.journal().trial();
  REQUIRE(trial);
  const Batch more({by("boris", {"park/a", "2"})});
  REQUIRE((*trial)->append(more.events()));
  REQUIRE(anna.journal().take(**trial));
  CHECK(recorders(all_of(anna.log())) == std::vector<std::string>{"anna", "boris"});
  check_verified(anna.log());
}

TEST_CASE("the record that a proof is of has who recorded it, and is written in one way") {
  RecordedEvent event{};
  event.position = Position{1};
  event.revision = Revision{1};
  event.subject = "park/a";
  event.source = "urn:x";
  event.id = "1";
  event.payload = "8 bytes!";
  const std::string bare = to_record(event);
  event.recorded_by = "anna";
  const std::string record = to_record(event);
  CHECK(record == bare + std::string("\4\0\0\0anna", 8));
  CHECK(from_record(record)->recorded_by == "anna");
  CHECK(from_record(bare)->recorded_by.empty());
  CHECK(!from_record(bare + std::string(4, '\0')));  // a name that is empty is left out
  for (std::size_t size = bare.size() + 1; size < record.size(); ++size)
    CHECK(!from_record(record.substr(0, size)));
  CHECK(!from_record(record + "x"));
}
