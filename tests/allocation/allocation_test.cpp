// A program that runs out of memory, wherever that is: nothing that was acknowledged is lost,
// nothing is half there, and the journal goes on as if it had never been asked.

#include <doctest/doctest.h>

#include <functional>
#include <new>

#include "tests/allocation/failing_allocation.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// How an attempt ends where one allocation fails.
enum class End { done, refused, stopped };

template <class T>
End end_of(const Result<T>& result) {
  if (result) return End::done;
  CHECK(result.error().what.find("out of memory") != std::string::npos);
  if (result.error().code == Errc::unavailable) return End::refused;
  CHECK(result.error().code == Errc::io);
  return End::stopped;
}

/// Of something that is done again and again, each time with a number that no other has.
struct Trials {
  std::function<void(int n)> prepare = [](int) {};  ///< once, with all memory
  std::function<End(int n)> attempt;                ///< and once more, where it was refused
  std::function<void()> after_stop = {};            ///< none: it must not come to that
  std::size_t rarely = 50;  ///< from so many allocations on not each fails, but ever fewer
};

/// Attempts with each of its allocations failing.
void fail_each_allocation(const Trials& trials) {
  int failures = 0;
  bool has_failed = true;
  int number = 0;
  for (std::size_t n = 1; has_failed; n += 1 + n / trials.rarely, ++number) {
    INFO("allocation ", n);
    trials.prepare(number);
    End end = End::refused;
    {
      const FailingAllocation failing(n);
      try {
        end = trials.attempt(number);
      } catch (const std::bad_alloc&) {
      }
      has_failed = failing.has_failed();
    }
    failures += has_failed ? 1 : 0;
    if (end == End::stopped) {
      REQUIRE(trials.after_stop);
      trials.after_stop();
    }
    if (end == End::done) continue;
    REQUIRE(has_failed);
    REQUIRE(trials.attempt(number) == End::done);
  }
  CHECK(failures > 10);
}

std::string digits(int n) {
  return std::to_string(n);
}

/// What is recorded as the n-th: of old subjects and of new ones, from old sources and new ones.
std::vector<Draft> drafts_of(int n, int count) {
  std::vector<Draft> drafts;
  for (int i = 0; i < count; ++i) {
    Draft draft{.subject = "park/" + digits((n + i) % 7),
                .id = digits(n) + "-" + digits(i),
                .text = std::string(static_cast<std::size_t>(40 + n % 50), 'x'),
                .source = "urn:" + digits(n % 3),
                .day = n + i};
    if (i == 0) draft.subject = "park/of-its-own-with-a-long-name/" + digits(n);
    if (i == 1) draft.source = "urn:a-source-that-has-a-long-name/" + digits(n / 2);
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

/// A log, and one that the same is recorded in with all memory there.
struct Logs {
  TestJournal t, plain;

  void check_same() {
    CHECK(t.log().head() == plain.log().head());
    // Where a merge of segments was interrupted, the same rows may stand in others: what verifying
    // reads of them is held against the log.
    const auto has = t.entries();
    const auto expected = plain.entries();
    for (const Family family : {Family::log, Family::names})
      CHECK(has[static_cast<std::size_t>(family)] == expected[static_cast<std::size_t>(family)]);
    check_verified(t.log());
  }
};

void check_appending(const std::function<std::vector<Draft>(int)>& drafts) {
  Logs logs;
  for (TestJournal* each : {&logs.t, &logs.plain})
    for (int i = 0; i < 30; ++i) each->record(drafts_of(1000 + i, 2));
  fail_each_allocation({[&](int n) { logs.plain.record(drafts(n)); },
                        [&](int n) {
                          const Batch batch(drafts(n));
                          const auto head = logs.t.log().head();
                          const auto appended = logs.t.journal().append(batch.events());
                          const End end = end_of(appended);
                          if (end == End::refused) CHECK(logs.t.log().head() == head);
                          return end;
                        }});
  logs.check_same();
}

}  // namespace

TEST_CASE("an append that lacks memory records nothing, and the next one goes on") {
  SUBCASE("one event") {
    check_appending([](int n) { return drafts_of(n, 1); });
  }
  SUBCASE("several") {
    check_appending([](int n) { return drafts_of(n, 5); });
  }
  SUBCASE("many, which threads hash") {
    check_appending([](int n) { return drafts_of(n, 200); });
  }
  SUBCASE("of one subject, with corrections") {
    check_appending([](int n) {
      std::vector<Draft> drafts{{.subject = "park/one", .id = "a" + digits(n)},
                                {.subject = "park/one", .id = "b" + digits(n)}};
      drafts[1].supersedes = drafts[0].id;
      return drafts;
    });
  }
}

TEST_CASE("a transaction that lacks memory leaves nothing, and the next one is recorded") {
  Logs logs;
  const auto more = [](int n) { return drafts_of(n + 5000, 4); };
  fail_each_allocation({[&](int n) {
                          logs.plain.record(drafts_of(n, 3));
                          logs.plain.record(more(n));
                        },
                        [&](int n) {
                          const Batch first(drafts_of(n, 3)), second(more(n));
                          const auto transaction = logs.t.journal().begin();
                          if (!transaction) return end_of(transaction);
                          for (const Batch* each : {&first, &second})
                            if (auto ok = (*transaction)->append(each->events()); !ok)
                              return end_of(ok);
                          return end_of((*transaction)->commit());
                        }});
  logs.check_same();
}

TEST_CASE("what was tried is taken over whole or not at all, however little memory there is") {
  Logs logs;
  fail_each_allocation({[&](int n) { logs.plain.record(drafts_of(n, 20)); },
                        [&](int n) {
                          const Batch batch(drafts_of(n, 20));
                          const auto trial = logs.t.journal().trial();
                          if (!trial) return end_of(trial);
                          const auto tried = (*trial)->append(batch.events());
                          if (!tried) return end_of(tried);
                          return end_of(logs.t.journal().take(**trial));
                        },
                        [&] { logs.t.reopen(); }, 8});
  logs.check_same();
}

TEST_CASE("a copy, a rebuild and an opening that lack memory are done again, and are whole then") {
  TestJournal t;
  for (int i = 0; i < 40; ++i) t.record(drafts_of(i, 5));
  SUBCASE("a copy of what is new") {
    TestJournal copy;
    fail_each_allocation(
        {[&](int n) { t.record(drafts_of(n + 100, 3)); },
         [&](int) { return end_of(copy.journal().copy_from(t.log(), t.log().head())); },
         [&] { copy.reopen(); }});
    CHECK(copy.entries() == t.entries());
    check_verified(copy.log());
  }
  SUBCASE("a rebuild") {
    const auto before = t.entries();
    fail_each_allocation(
        {.attempt = [&](int) { return end_of(t.journal().rebuild()); }, .rarely = 8});
    CHECK(t.entries()[0] == before[0]);
    CHECK(t.entries()[1] == before[1]);
    check_verified(t.log());
  }
  SUBCASE("an opening") {
    const auto before = t.entries();
    t.close();
    fail_each_allocation({.attempt =
                              [&](int) {
                                return end_of(
                                    Journal::open(t.disk(), t.directory(), t.clock, dating_of));
                              },
                          .rarely = 8});
    t.reopen();
    CHECK(t.entries() == before);
    check_verified(t.log());
  }
}

TEST_CASE("a question that lacks memory is answered the next time as it always was") {
  TestJournal t;
  for (int i = 0; i < 60; ++i) t.record(drafts_of(i, 5));
  const auto all = all_of(t.log());
  const std::size_t of_one = subject_of(t.log(), "park/3").size();
  const Hash root = t.log().tree_head(t.log().head())->root;
  std::unique_ptr<Log> log = t.reader();
  const auto ask = [&] {
    std::size_t events = 0;
    Result<void> ok = log->read_subject("park/3", Revision{1}, Direction::forwards,
                                        [&](const RecordedEvent&) { return ++events > 0; });
    if (!ok) return end_of(ok);
    CHECK(events == of_one);
    const auto number = log->subject("park/3");
    if (!number) return end_of(number);
    const auto rows = log->rows(**number);
    if (!rows) return end_of(rows);
    CHECK(rows->size() == of_one);
    std::size_t of_all = 0;
    ok = log->all_rows([&](SubjectNumber, Rows each) { return (of_all += each.size()) > 0; });
    if (!ok) return end_of(ok);
    CHECK(of_all == all.size());
    const auto found = log->find(all[100].source, all[100].id);
    if (!found) return end_of(found);
    CHECK(*found == Position{101});
    const auto head = log->tree_head(log->head());
    if (!head) return end_of(head);
    CHECK(head->root == root);
    return End::done;
  };
  SUBCASE("of a log that is open") {
    fail_each_allocation({.attempt = [&](int) { return ask(); }});
  }
  SUBCASE("of one that is opened for it") {
    fail_each_allocation({.attempt = [&](int) {
      auto opened = Log::open(t.disk(), t.directory(), dating_of);
      if (!opened) return end_of(opened);
      log = std::move(*opened);
      return ask();
    }});
  }
}
