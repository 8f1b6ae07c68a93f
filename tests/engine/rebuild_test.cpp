#include <atomic>
#include <mutex>

#include "engine/format/frame.hpp"
#include "engine/format/keys.hpp"
#include "engine/inclusion_proof.hpp"
#include "engine/index/page_keys.hpp"
#include "engine/tree_head.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

void fill(TestJournal& t) {
  for (int i = 0; i < 120; ++i) {
    const std::string n = std::to_string(i);
    std::vector<Draft> batch{{"park/hot", n, "", "urn:" + std::to_string(i % 5), "", "", i, 9}};
    for (int j = 0; j < 9; ++j)
      batch.push_back({"park/" + std::to_string(i % 7), n + "-" + std::to_string(j), n});
    if (i > 4)
      batch.push_back({"park/hot", n + "s", "", "urn:s", std::to_string(i - 5),
                       "urn:" + std::to_string(i % 5)});
    t.record(batch);
  }
}

}  // namespace

TEST_CASE("a rebuilt index is the incrementally kept one, byte for byte") {
  TestJournal t;
  fill(t);
  const auto kept = t.entries();
  REQUIRE(kept[static_cast<std::size_t>(Family::ids)].size() >= 3);
  for (int i = 0; i < 2; ++i) {
    REQUIRE(t.journal().rebuild());
    CHECK(t.entries() == kept);
    t.reopen();
    CHECK(t.entries() == kept);
  }
  t.record({{"park/hot", "after"}}, {{"park/hot", Exactly{Revision{235}}}});
  check_verified(t.log());
}

TEST_CASE("a log too long to be derived at once is rebuilt the same, too") {
  TestJournal t;
  for (int i = 0; i < 12; ++i) {
    std::vector<Draft> batch;
    for (int j = 0; j < 1'000; ++j) {
      const int n = i * 1'000 + j;
      batch.push_back({"park/" + std::to_string(n * 7 % 613), std::to_string(n), "", "urn:test",
                       n > 5'000 && n % 50 == 0 ? std::to_string(n - 613) : "", "", n % 400});
    }
    t.record(batch);
  }
  const auto kept = t.entries();
  REQUIRE(t.journal().rebuild());
  CHECK(t.entries() == kept);
  t.record({{"park/1", "after"}});
  check_verified(t.log());
}

TEST_CASE("an empty log is rebuilt as well") {
  TestJournal t;
  CHECK(t.journal().rebuild());
  t.record({{"park/a", "1"}});
  check_verified(t.log());
}

TEST_CASE("an interrupted rebuild is finished when the journal is opened") {
  TestJournal t;
  fill(t);
  const auto kept = t.entries();
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::meta, "rebuilding", "1");
    REQUIRE(store->write(batch, true));
    REQUIRE(store->clear(Family::ids));
    REQUIRE(store->clear(Family::timeline));
    auto half = store->batch();
    half.put(Family::timeline, row_page_key({Position{1}, 3}, SubjectNumber{0}, Revision{1}), "?");
    REQUIRE(store->write(half, true));
  }
  t.reopen();
  CHECK(t.entries() == kept);
  check_verified(t.log());
}

TEST_CASE("while the index is derived again the log is read, and nothing else") {
  TestJournal t;
  fill(t);
  const auto events = all_of(t.log());
  t.close();
  {
    const auto store = t.bare();
    auto batch = store->batch();
    batch.put(Family::meta, "rebuilding", "1");
    REQUIRE(store->write(batch, true));
    for (const Family family : {Family::names, Family::ids, Family::timeline})
      REQUIRE(store->clear(family));
  }
  const auto reader = t.reader();
  // From its end first: the names are introduced at the beginning.
  std::vector<std::string> backwards;
  CHECK(reader->read(reader->head(), Direction::backwards, [&](const RecordedEvent& event) {
    backwards.emplace_back(event.subject);
    return true;
  }));
  CHECK(backwards.size() == events.size());
  CHECK(all_of(*reader) == events);
  CHECK(all_of(*t.reader()) == events);
  CHECK(reader->position_at(Instant::max()) == reader->head());
  CHECK(reader->catch_up() == reader->head());

  const auto refuses = [](const auto& result) {
    return !result && result.error().code == Errc::unavailable &&
           result.error().advice == Advice::finish_rebuild;
  };
  const auto visit_all = [](auto&&...) { return true; };
  CHECK(refuses(reader->find("1")));
  CHECK(refuses(reader->find("urn:test", "1")));
  CHECK(refuses(reader->subject("park/hot")));
  CHECK(refuses(reader->subject_name(SubjectNumber{0})));
  CHECK(refuses(reader->subjects("", visit_all)));
  CHECK(refuses(reader->subject_count()));
  CHECK(refuses(reader->rows(SubjectNumber{0})));
  CHECK(refuses(reader->all_rows(visit_all)));
  CHECK(refuses(reader->revision(SubjectNumber{0})));
  CHECK(refuses(reader->read_subject("park/hot", Revision{1}, Direction::forwards, visit_all)));
  CHECK(refuses(reader->tree_head(reader->head())));
  CHECK(refuses(reader->prove(Position{1}, reader->head())));
  CHECK(refuses(verify_log(*reader)));

  t.reopen();
  check_verified(*t.reader());
}

TEST_CASE("a rebuild that fails leaves a journal that takes nothing, and is finished later") {
  TestJournal t;
  fill(t);
  const auto kept = t.entries();
  t.close();
  bool readable = true;
  auto journal = Journal::open(t.disk(), t.directory(), t.clock,
                               [&](std::string_view payload) -> Result<Dating> {
                                 if (readable) return dating_of(payload);
                                 return fail(Errc::corrupt, "unreadable");
                               });
  REQUIRE(journal);
  readable = false;
  const auto failed = (*journal)->rebuild();
  REQUIRE(!failed);
  CHECK(failed.error().code == Errc::corrupt);
  CHECK(failed.error().where == "position 1");
  readable = true;
  CHECK(append(**journal, {{"park/hot", "late"}}).error().code == Errc::io);
  const Batch late(std::vector<Draft>{{"park/hot", "late"}});
  CHECK((*journal)->try_append(late.events()).error().code == Errc::io);
  journal->reset();
  t.reopen();
  CHECK(t.entries() == kept);
}

TEST_CASE("a rebuild of a log that never introduced a subject says where") {
  TestJournal t;
  t.record({{"park/a", "1"}});
  t.record({{"park/b", "2"}});
  constexpr std::string_view kPayload{"\0\0\0\0\0\0\0\0", 8};
  std::string block;
  append_frame(block, {0, 1, 0, 0, 0, "1", "park/a", "urn:test", kPayload});
  append_frame(block, {1, 2, 0, 0, 0, "2", {}, {}, kPayload});
  {
    const auto store = t.bare();
    auto changes = store->batch();
    changes.put(Family::log, log_key(Position{1}), block);
    REQUIRE(store->write(changes, true));
  }
  t.reopen();
  const auto rebuilt = t.journal().rebuild();
  REQUIRE(!rebuilt);
  CHECK(rebuilt.error().code == Errc::corrupt);
  CHECK(rebuilt.error().where == "position 2");
  CHECK(rebuilt.error().what.find("never introduced") != std::string::npos);
}

TEST_CASE("a reader follows through a rebuild") {
  TestJournal t;
  fill(t);
  const auto reader = t.reader();
  REQUIRE(t.journal().rebuild());
  t.record({{"park/hot", "after"}});
  CHECK(reader->catch_up() == t.log().head());
  CHECK(all_of(*reader) == all_of(t.log()));
  check_verified(*reader);
}

TEST_CASE("a reader that catches up within a rebuild has the rows of the log all the same") {
  TestJournal t;
  fill(t);
  t.record({{"park/hot", "so that the rest is not empty"}});
  const auto reader = t.reader();
  const auto hot = reader->subject("park/hot").value().value();
  const auto expected = reader->rows(hot).value();
  t.close();
  bool rebuilding = false;
  std::atomic<int> asked = 0;
  std::mutex asking;  // the indexer is called by several threads
  auto journal = Journal::open(t.disk(), t.directory(), t.clock, [&](std::string_view payload) {
    if (rebuilding && ++asked % 500 == 0) {
      const std::lock_guard lock(asking);
      CHECK(reader->catch_up() == Position{expected.back().position()});
      CHECK(reader->rows(hot).value() == expected);
      CHECK(reader->revision(hot).value().value == expected.size());
    }
    return dating_of(payload);
  });
  REQUIRE(journal);
  rebuilding = true;
  REQUIRE((*journal)->rebuild());
  rebuilding = false;
  CHECK(asked > 1'000);
  REQUIRE(reader->catch_up());
  CHECK(reader->rows(hot).value() == expected);
  check_verified(*reader);
}
