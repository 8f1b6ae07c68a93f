#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "tests/support/engine_fixture.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

// The event at position p tells of subject (p - 1) % 7 and has the id "p": what a log with
// any head must answer is known without looking.
constexpr std::uint64_t kSubjects = 7;
constexpr std::uint64_t kEventsOfBatch = 3;

std::vector<Draft> batch_after(Position head, std::size_t bytes = 0) {
  std::vector<Draft> batch;
  for (std::uint64_t p = head.value + 1; p <= head.value + kEventsOfBatch; ++p)
    batch.push_back({"park/" + std::to_string((p - 1) % kSubjects), std::to_string(p),
                     std::string(bytes, 'x')});
  return batch;
}

std::uint64_t rows_of(std::uint64_t subject, std::uint64_t head) {
  return (head + kSubjects - 1 - subject) / kSubjects;
}

/// What is wrong with an answer, or nothing.
using Wrong = std::string;

Wrong check_rows(const Log& log, std::uint64_t subject) {
  const auto before = rows_of(subject, log.head().value);
  const auto rows = log.rows(SubjectNumber{static_cast<std::uint32_t>(subject)});
  const auto after = rows_of(subject, log.head().value);
  if (!rows) return rows.error().what;
  if (rows->size() < before || rows->size() > after) return "rows of another head";
  for (std::size_t i = 0; i < rows->size(); ++i)
    if ((*rows)[i].position().value != subject + 1 + i * kSubjects) return "a strange row";
  return {};
}

Wrong check_revision(const Log& log, std::uint64_t subject) {
  const auto before = rows_of(subject, log.head().value);
  const auto revision = log.revision(SubjectNumber{static_cast<std::uint32_t>(subject)});
  const auto after = rows_of(subject, log.head().value);
  if (!revision) return revision.error().what;
  if (revision->value < before || revision->value > after) return "a revision of another head";
  return {};
}

Wrong check_all_rows(const Log& log) {
  const auto before = log.head().value;
  std::vector<std::vector<std::uint64_t>> all;
  const auto ok = log.all_rows([&](SubjectNumber subject, Rows rows) {
    if (subject.value != all.size()) return false;
    auto& positions = all.emplace_back();
    for (const Row& row : rows) positions.push_back(row.position().value);
    return true;
  });
  const auto after = log.head().value;
  if (!ok) return ok.error().what;
  std::uint64_t head = 0;
  for (const auto& positions : all) head += positions.size();
  if (head < before || head > after) return "all rows of another head";
  if (head % kEventsOfBatch != 0) return "all rows of half a batch";
  for (std::uint64_t subject = 0; subject < all.size(); ++subject) {
    if (all[subject].size() != rows_of(subject, head)) return "subjects of several heads";
    for (std::size_t i = 0; i < all[subject].size(); ++i)
      if (all[subject][i] != subject + 1 + i * kSubjects) return "a strange row of all";
  }
  return {};
}

Wrong check_find(const Log& log, std::uint64_t position) {
  const auto before = log.head().value;
  const auto found = log.find(std::to_string(position));
  const auto one = log.find("urn:test", std::to_string(position));
  const auto after = log.head().value;
  if (!found) return found.error().what;
  if (!one) return one.error().what;
  const std::vector expected{Position{position}};
  if (position <= before && (*found != expected || *one != Position{position})) return "not found";
  if (position > after && (!found->empty() || *one)) return "found what is not there yet";
  if (!found->empty() && *found != expected) return "found elsewhere";
  return {};
}

Wrong check_log(const Log& log) {
  const auto before = log.head().value;
  std::uint64_t expected = 0;
  const auto ok = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    return event.id == std::to_string(++expected);
  });
  const auto after = log.head().value;
  if (!ok) return ok.error().what;
  if (expected < before || expected > after) return "events of another head";
  return {};
}

Wrong check_any(const Log& log, Random& random) {
  const auto subject = static_cast<std::uint64_t>(random.below(kSubjects + 1));
  const auto near = log.head().value + 10;
  switch (random.below(7)) {
    case 0:
      return check_all_rows(log);
    case 1:
      return check_revision(log, subject == kSubjects ? 0 : subject);
    case 2:
    case 3:
      return check_find(log, 1 + random.bits() % near);
    case 4:
      return random.one_in(8) ? check_log(log) : Wrong{};
    default:
      if (subject < kSubjects) return check_rows(log, subject);
      return log.rows(SubjectNumber{99}).value().empty() ? Wrong{} : "rows of nobody";
  }
}

/// Asks in threads of their own until it goes out of scope, and says what went wrong.
class Askers {
 public:
  explicit Askers(int threads, const std::function<Wrong(Random&)>& ask) {
    for (int i = 0; i < threads; ++i)
      threads_.emplace_back([this, ask, i] {
        Random random(base_seed() + static_cast<std::uint64_t>(i));
        while (!done_) {
          const Wrong wrong = ask(random);
          ++asked_;
          if (wrong.empty()) continue;
          const std::lock_guard lock(mutex_);
          if (wrong_.empty()) wrong_ = wrong;
        }
      });
  }
  /// Ends them.
  [[nodiscard]] Wrong wrong() {
    while (asked_ < threads_.size() * 3) std::this_thread::yield();
    done_ = true;
    threads_.clear();
    return wrong_;
  }

 private:
  std::atomic<bool> done_{false};
  std::atomic<std::size_t> asked_{0};
  std::mutex mutex_;
  Wrong wrong_;
  std::vector<std::jthread> threads_;
};

}  // namespace

TEST_CASE("readers in the writer's process see whole prefixes while segments are merged") {
  for (const Layout& layout : {kSmallLayout, Layout{0, 1}, Layout{6, 2}}) {
    CAPTURE(layout.segment_bits);
    TestJournal t(layout);
    t.record(batch_after(Position{0}));
    t.record(batch_after(Position{3}));
    t.record(batch_after(Position{6}));
    t.reopen();
    Askers askers(2, [&](Random& random) { return check_any(t.log(), random); });
    for (int i = 0; i < 130; ++i) t.record(batch_after(t.log().head()));
    CHECK(askers.wrong() == "");
    check_verified(t.log());
  }
}

TEST_CASE("threads read from one log while another makes it catch up with a busy writer") {
  for (const Layout& layout : {kSmallLayout, Layout{0, 1}}) {
    CAPTURE(layout.segment_bits);
    TestJournal t(layout);
    for (int i = 0; i < 3; ++i) t.record(batch_after(t.log().head()));
    const auto follower = t.reader();
    Askers askers(2, [&](Random& random) { return check_any(*follower, random); });
    Askers catching_up(1, [&](Random&) {
      const auto before = t.log().head();
      const auto now = follower->catch_up();
      if (!now) return now.error().what;
      if (*now < before) return Wrong{"it did not catch up"};
      return Wrong{};
    });
    for (int i = 0; i < 130; ++i) t.record(batch_after(t.log().head()));
    CHECK(catching_up.wrong() == "");
    CHECK(askers.wrong() == "");
    CHECK(follower->catch_up() == t.log().head());
    check_verified(*follower);
  }
}

TEST_CASE("a log that is opened beside a busy writer holds all that was acknowledged before") {
  for (const std::size_t bytes : {0U, 200'000U}) {  // the larger make the writer replace files
    CAPTURE(bytes);
    TestJournal t;
    for (int i = 0; i < 3; ++i) t.record(batch_after(t.log().head()));
    std::atomic<std::uint64_t> acknowledged{t.log().head().value};
    Askers askers(2, [&](Random& random) -> Wrong {
      const auto before = acknowledged.load();
      const auto log = Log::open(t.disk(), t.directory(), dating_of);
      if (!log) return log.error().what;
      if ((*log)->head().value < before) return "an acknowledged event is missing";
      if (const Wrong wrong = check_log(**log); !wrong.empty()) return wrong;
      if (const Wrong wrong = check_all_rows(**log); !wrong.empty()) return wrong;
      if (const Wrong wrong = check_find(**log, before); !wrong.empty()) return wrong;
      const auto between = acknowledged.load();
      const auto now = (*log)->catch_up();
      if (!now) return now.error().what;
      if (now->value < between) return "an acknowledged event is missing after catching up";
      for (int i = 0; i < 5; ++i)
        if (const Wrong wrong = check_any(**log, random); !wrong.empty()) return wrong;
      return check_all_rows(**log);
    });
    for (int i = 0; i < 60; ++i) {
      t.record(batch_after(t.log().head(), bytes));
      acknowledged = t.log().head().value;
    }
    CHECK(askers.wrong() == "");
  }
}
