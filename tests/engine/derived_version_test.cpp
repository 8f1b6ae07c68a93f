#include "engine/format/keys.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// The rule of dates as it might become: everything happened a day later.
Result<Dating> day_later(std::string_view payload) {
  auto dating = dating_of(payload);
  if (dating)
    for (Day* day : {&dating->bounds.earliest, &dating->bounds.latest}) ++day->number;
  return dating;
}

void fill(TestJournal& t, int from, int to) {
  for (int i = from; i < to; ++i)
    t.record({{.subject = "park/" + std::to_string(i % 3), .id = std::to_string(i), .day = i}});
}

/// The earliest days of all rows, subject by subject.
std::vector<std::int32_t> days(const Log& log) {
  std::vector<std::int32_t> all;
  REQUIRE(log.all_rows([&](SubjectNumber, Rows rows) {
    for (const Row& row : rows) all.push_back(row.earliest.number);
    return true;
  }));
  return all;
}

std::vector<std::int32_t> a_day_later(std::vector<std::int32_t> all) {
  for (auto& day : all) ++day;
  return all;
}

}  // namespace

TEST_CASE("a log whose index an older rule of dates has made is not read by the newer rule") {
  TestJournal t;  // eight events a segment: some rows are on disk, some come from the log
  fill(t, 0, 21);
  const auto before = days(t.log());
  t.close();
  const Indexer newer(day_later, 2);
  const auto older = Log::open(t.disk(), t.directory(), newer);
  REQUIRE(older);
  const auto refused = (*older)->rows(SubjectNumber{0});
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::damaged_index);
  CHECK(refused.error().advice == Advice::derive_again);
  CHECK(all_of(**older).size() == 21);  // the log itself is of no version

  {
    const auto journal = Journal::open(t.disk(), t.directory(), t.clock, newer);
    REQUIRE(journal);
    CHECK(days((*journal)->log()) == a_day_later(before));  // all of them, not the newest alone
    CHECK(verify_log((*journal)->log()));
  }
  const auto reader = Log::open(t.disk(), t.directory(), newer);
  REQUIRE(reader);
  CHECK(days(**reader) == a_day_later(before));
  // And back, by a program that has not been upgraded.
  CHECK(t.reader()->rows(SubjectNumber{0}).error().code == Errc::damaged_index);
  t.reopen();
  CHECK(days(t.log()) == before);
  check_verified(t.log());
}

TEST_CASE("an index of another layout, or of a program that kept no version, is derived again") {
  for (const std::string& version : {std::string(), std::string("?"), std::string(8, '\1')}) {
    CAPTURE(version);
    TestJournal t;
    fill(t, 0, 21);
    const auto kept = t.entries();
    {
      const auto store = t.bare();
      auto batch = store->batch();
      if (version.empty())
        batch.remove(Family::meta, kDerivedVersion);
      else
        batch.put(Family::meta, kDerivedVersion, version);
      REQUIRE(store->write(batch, true));
    }
    CHECK(t.reader()->rows(SubjectNumber{0}).error().code == Errc::damaged_index);
    t.reopen();
    check_verified(t.log());
    CHECK(t.entries() == kept);
    CHECK(Log::open(t.disk(), t.directory(), dating_of));
  }
}

TEST_CASE("an empty log has no index of another version") {
  TestJournal t;
  t.close();
  CHECK(Log::open(t.disk(), t.directory(), Indexer(dating_of, 7)));
}
