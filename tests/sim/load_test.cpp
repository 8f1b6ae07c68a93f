// Sixteen writers and sixteen readers at once, for SOLNOMA_LOAD_SECONDS.

#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr int kWriters = 16;
constexpr int kReaders = 16;

std::chrono::seconds duration() {
  const char* const given = std::getenv("SOLNOMA_LOAD_SECONDS");
  return std::chrono::seconds{given ? std::atoi(given) : 3};
}

/// The n-th batch of a writer: one event of its own subject, and one of a subject of all.
std::vector<Draft> batch_of(int writer, int n) {
  const std::string id = std::to_string(writer) + "/" + std::to_string(n);
  return {{"park/" + std::to_string(writer), id, "", "urn:own"}, {"park/all", id, "", "urn:all"}};
}

/// Whole batches, each event once, each writer's in its own order.
std::array<int, kWriters> check_events(const Log& log) {
  std::array<int, kWriters> next{};
  bool inside = false;  // a batch
  int writer = 0;
  const auto ok = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    const bool own = event.source == "urn:own";
    if (own == inside) FAIL("half a batch before position ", event.position.value);
    writer = std::atoi(std::string(event.id).c_str());
    const auto expected = batch_of(writer, next[static_cast<std::size_t>(writer)]);
    if (event.id != expected[0].id)
      FAIL("position ", event.position.value, " holds ", std::string(event.id));
    if (!own) ++next[static_cast<std::size_t>(writer)];
    inside = own;
    return true;
  });
  REQUIRE_MESSAGE(ok, ok.error().what);
  CHECK(!inside);
  return next;
}

}  // namespace

TEST_CASE("under sixteen writers and sixteen readers nothing is lost, and nothing is there twice") {
  const TemporaryDirectory d;
  create_store(Disk::real(), d / "store");
  ManualClock clock;
  const auto journal = std::move(*Journal::open(Disk::real(), d / "store", clock, dating_of));
  std::atomic<bool> stop{false};
  std::array<std::atomic<int>, kWriters> acknowledged{};
  std::atomic<int> failures{0};
  std::atomic<std::uint64_t> looks{0};
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w)
    threads.emplace_back([&, w] {
      for (int n = 0; !stop; ++n) {
        const Batch batch(batch_of(w, n));
        if (!journal->append(batch.events())) ++failures;
        // Now and then the answer was lost, and the producer tries again.
        if (n % 5 == 0 && journal->append(batch.events())->already != 2) ++failures;
        acknowledged[static_cast<std::size_t>(w)] = n + 1;
      }
    });
  for (int r = 0; r < kReaders; ++r)
    threads.emplace_back([&, r] {
      // Half of them in the journal's log, half as readers beside it.
      std::unique_ptr<Log> own;
      if (r % 2 == 0) own = std::move(*Log::open(Disk::real(), d / "store", dating_of));
      Log& log = own ? *own : journal->log();
      Position seen{0};
      while (!stop) {
        const auto head = log.wait_past(seen, std::chrono::milliseconds(50));
        if (!head || *head < seen || head->value % 2 != 0) ++failures;
        seen = head.value_or(seen);
        // What a writer had acknowledged before is there for whoever looks now.
        const int count = acknowledged[static_cast<std::size_t>(r)];
        if (count == 0 || seen.value == 0) continue;
        const auto expected = batch_of(r, count - 1);
        const auto caught_up = log.catch_up();
        const auto found = log.find("urn:own", expected[0].id);
        if (!caught_up || !found || !*found) ++failures;
        const auto subject = log.subject(expected[0].subject);
        const auto rows = subject && *subject ? log.rows(**subject) : Result<std::vector<Row>>();
        if (!rows || rows->size() < static_cast<std::size_t>(count)) ++failures;
        ++looks;
      }
    });
  std::this_thread::sleep_for(duration());
  stop = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(looks > 0);
  const auto recorded = check_events(journal->log());
  int batches = 0;
  for (std::size_t w = 0; w < kWriters; ++w) {
    CHECK(recorded[w] == acknowledged[w]);
    batches += recorded[w];
  }
  check_verified(journal->log());
  MESSAGE("batches appended: ", batches, ", looks: ", looks.load());
}
