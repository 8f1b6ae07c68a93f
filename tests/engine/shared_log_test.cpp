// Journals on several machines that share a log, one by one: what happens between two of them is
// in tests/sim.

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>

#include "tests/support/engine_fixture.hpp"
#include "tests/support/simulated_places.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::chrono::milliseconds kAtOnce{0};

/// A row without faults, and machines that share a log by it.
class Office {
 public:
  SharedRow& row() { return row_; }

  Result<void> share(TestJournal& machine, Founding founding = Founding::first) {
    SharedId writer{};
    writer[0] = static_cast<std::uint8_t>(lines_.size() + 1);
    lines_.push_back(
        std::make_unique<SimulatedPlaces>(row_, random_, lines_.size(), SIZE_MAX, [] {}));
    return machine.journal().share(*lines_.back(), writer, founding);
  }
  SimulatedPlaces& line(std::size_t i) { return *lines_[i]; }

 private:
  Random random_{1};
  SharedRow row_;
  std::vector<std::unique_ptr<SimulatedPlaces>> lines_;
};

Position taken_in(TestJournal& machine) {
  auto head = machine.journal().take_in(kAtOnce);
  REQUIRE_MESSAGE(head, head.error().what);
  return *head;
}

Draft large(const std::string& id) {
  return {"park/large", id, std::string(600'000, 'x')};
}

}  // namespace

TEST_CASE("what one machine records, the others have, in one order") {
  Office office;
  TestJournal a, b;
  a.record({{"park/a", "before it was shared"}});
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  // What came before has never stood in a place.
  CHECK(b.journal().take_in(kAtOnce).error().code == Errc::unavailable);
  CHECK(b.refused({{"park/b", "too early"}}).code == Errc::unavailable);
  const auto missing = b.journal().missing();
  REQUIRE(missing);
  CHECK(*missing == a.log().tree_head(Position{1}));
  CHECK(b.journal().adopt([&](const Visitor& visit) {
    return a.log().read(Position{1}, Direction::forwards, visit);
  }) == Position{1});
  CHECK(taken_in(b) == Position{1});
  CHECK(!b.journal().missing());

  b.record({{"park/b", "1"}});
  a.record({{"park/a", "2"}, {"park/b", "3", "", "urn:test", "1"}});
  CHECK(a.log().head() == Position{4});
  CHECK(taken_in(b) == Position{4});
  CHECK(all_of(a.log()) == all_of(b.log()));
  CHECK(a.entries() == b.entries());
}

TEST_CASE("whoever is behind decides anew, and is refused only by a log that is current") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  CHECK(a.record({{"park/a", "1"}}).positions == std::vector{Position{1}});
  CHECK(b.record({{"park/b", "2"}}).positions == std::vector{Position{2}});
  // The same event, at another machine that has not heard of it.
  const auto again = a.record({{"park/b", "2"}});
  CHECK(again.already == 1);
  CHECK(again.positions == std::vector{Position{2}});
  // What another machine has recorded a moment ago can be corrected here.
  b.record({{"park/b", "3"}});
  CHECK(a.record({{"park/b", "4", "", "urn:test", "3"}}).recorded == 1);
  // What was expected holds there as here.
  CHECK(b.refused({{"park/a", "5"}}, {{"park/a", NewSubject{}}}).code == Errc::conflict);
  CHECK(b.refused({{"park/b", "6"}}, {{"park/b", Exactly{Revision{2}}}}).code == Errc::conflict);
  CHECK(b.record({{"park/b", "6"}}, {{"park/b", Exactly{Revision{3}}}}).recorded == 1);
}

TEST_CASE("a batch of many pieces is whole for all, or absent where another came between") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  a.record({large("1"), large("2"), large("3")});
  CHECK(office.row().last().value == 3);  // the first says whose the row is
  CHECK(taken_in(b) == Position{3});
  // It is cut off after its first piece, and so has not been.
  const PlaceNumber before = office.row().last();
  bool cut = false;
  SharedRow* row = &office.row();
  office.line(0).cut_off_when = [&] { return cut || (cut = row->last() > before); };
  CHECK(a.refused({large("4"), large("5")}).code == Errc::unavailable);
  CHECK(office.row().last() == before.next());
  b.record({{"park/b", "6"}});
  office.line(0).cut_off_when = {};
  CHECK(taken_in(a) == Position{4});
  CHECK(a.record({large("4"), large("5")}).recorded == 2);
  CHECK(taken_in(b) == Position{6});
  CHECK(a.entries() == b.entries());
}

TEST_CASE("a machine that is cut off reads on, and records nothing until it is heard again") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  a.record({{"park/a", "1"}});
  CHECK(taken_in(b) == Position{1});
  office.line(1).cut_off = true;
  CHECK(b.refused({{"park/b", "2"}}).code == Errc::unavailable);
  CHECK(b.journal().take_in(kAtOnce).error().code == Errc::unavailable);
  CHECK(subject_of(b.log(), "park/a").size() == 1);
  a.record({{"park/a", "3"}});
  office.line(1).cut_off = false;
  CHECK(b.record({{"park/b", "2"}}).positions == std::vector{Position{3}});
}

TEST_CASE("a transaction and a trial are for a log that has not gone on meanwhile") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  {
    auto transaction = b.journal().begin();
    REQUIRE(transaction);
    const Batch batch(std::vector<Draft>{{"park/b", "1"}});
    REQUIRE((*transaction)->append(batch.events()));
    a.record({{"park/a", "2"}});
    CHECK((*transaction)->commit().error().code == Errc::conflict);
  }
  {
    auto trial = a.journal().trial();
    REQUIRE(trial);
    REQUIRE(append(**trial, {{"park/a", "3"}}));
    b.record({{"park/b", "4"}});
    CHECK(a.journal().take(**trial).error().code == Errc::conflict);
  }
  // Neither has left anything, and once more they succeed.
  CHECK(taken_in(a) == Position{2});
  auto trial = a.journal().trial();
  REQUIRE(trial);
  REQUIRE(append(**trial, {{"park/a", "3"}}));
  CHECK(a.journal().take(**trial) == Position{3});
  CHECK(taken_in(b) == Position{3});
  trial->reset();
  {
    auto transaction = b.journal().begin();
    REQUIRE(transaction);
    const Batch batch(std::vector<Draft>{{"park/b", "1"}});
    REQUIRE((*transaction)->append(batch.events()));
    CHECK((*transaction)->commit());
  }
  CHECK(taken_in(a) == Position{4});
  CHECK(a.entries() == b.entries());
}

TEST_CASE(
    "a store that is part of a shared log is only read by itself, and its backup is its own") {
  Office office;
  TestJournal a;
  REQUIRE(office.share(a));
  a.record({{"park/a", "1"}});
  a.reopen();
  const Error refusal = a.refused({{"park/a", "2"}});
  CHECK(refusal.code == Errc::unavailable);
  CHECK(refusal.what == "this store is part of a log that several machines share");
  CHECK(!a.journal().begin());
  CHECK(a.log().head() == Position{1});
  TestJournal backup;
  CHECK(backup.journal().copy_from(a.log(), Position{1}) == Position{1});
  backup.record({{"park/a", "2"}});
  // It is another log now, and is told so.
  REQUIRE(office.share(a));
  a.record({{"park/a", "3"}});
  REQUIRE(office.share(backup));
  const auto other = backup.journal().take_in(kAtOnce);
  CHECK(other.error().code == Errc::conflict);
  CHECK(!append(backup.journal(), {{"park/a", "4"}}));
}

TEST_CASE("a row that has lost or changed what it acknowledged is found out by whoever reads it") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  for (const char* id : {"1", "2", "3"}) a.record({{"park/a", id, "text"}});
  const PlaceNumber last = office.row().last();

  SUBCASE("an event that it changed is not taken over, nor anything after it") {
    std::string content = office.row().taken().at(last.value - 1);
    content[content.size() - 3] ^= 1;
    office.row().change(PlaceNumber{last.value - 1}, content);
    const auto taken = b.journal().take_in(kAtOnce);
    CHECK(taken.error().code == Errc::corrupt);
    CHECK(taken.error().where == "place " + std::to_string(last.value - 1));
    CHECK(b.log().head() == Position{1});
    CHECK(!append(b.journal(), {{"park/b", "4"}}));
  }
  SUBCASE("whoever has taken in more than it has, says so when it comes again") {
    office.row().lose_last();
    a.reopen();
    CHECK(office.share(a).error().code == Errc::corrupt);
  }
  SUBCASE("a place that was lost and taken again is another log's") {
    office.row().lose_last();
    CHECK(b.record({{"park/b", "4"}}).recorded == 1);
    CHECK(b.record({{"park/b", "5"}}).recorded == 1);
    CHECK(a.journal().take_in(kAtOnce).error().code == Errc::conflict);
  }
  SUBCASE("what is no batch at all is not taken for one") {
    CHECK(office.row().take(last.next(), "nonsense"));
    CHECK(b.journal().take_in(kAtOnce).error().code == Errc::corrupt);
  }
}

TEST_CASE("a store that is to find a log, and not to begin one, begins none") {
  Office office;
  TestJournal a, b;
  CHECK(office.share(b, Founding::never).error().code == Errc::conflict);
  REQUIRE(office.share(a));
  CHECK(office.share(b, Founding::never));
  a.record({{"park/a", "1"}});
  CHECK(taken_in(b) == Position{1});
}

TEST_CASE("what was lost for good is begun anew by a machine that has it all") {
  Office office;
  TestJournal a, b;
  REQUIRE(office.share(a));
  REQUIRE(office.share(b));
  for (const char* id : {"1", "2", "3"}) a.record({{"park/a", id}});
  CHECK(taken_in(b) == Position{3});
  office.row().clear();
  a.reopen();
  CHECK(office.share(a).error().code == Errc::conflict);
  REQUIRE(office.share(a, Founding::anew));
  a.record({{"park/a", "4"}});
  b.reopen();
  CHECK(office.share(b).error().code == Errc::conflict);  // of the log that was
  REQUIRE(office.share(b, Founding::anew));
  CHECK(taken_in(b) == Position{4});
  CHECK(a.entries() == b.entries());
}
