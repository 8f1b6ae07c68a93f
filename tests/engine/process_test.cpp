#include <thread>

#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_process.hpp"

using namespace solnoma;
using namespace solnoma::test;
using namespace std::chrono_literals;

namespace {

constexpr int kChildBatches = 400;
constexpr int kPerBatch = 4;

std::vector<Draft> childs_batch(int number) {
  std::vector<Draft> batch;
  for (int i = 0; i < kPerBatch; ++i)
    batch.push_back({"park/" + std::to_string(number % 5),
                     std::to_string(number) + "/" + std::to_string(i), std::string(300, 'x')});
  return batch;
}

/// What stands in the log is batches 0, 1, 2 … in full.
void check_batches(const Log& log) {
  int expected = 0;
  CHECK(log.head().value % kPerBatch == 0);
  CHECK(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    const std::string id =
        std::to_string(expected / kPerBatch) + "/" + std::to_string(expected % kPerBatch);
    if (event.id != id) FAIL("position ", event.position.value, " holds ", std::string(event.id));
    ++expected;
    return true;
  }));
  CHECK(static_cast<std::uint64_t>(expected) == log.head().value);
}

}  // namespace

TEST_CASE("helper process: appends batches, flushing and opening again" * doctest::skip()) {
  if (Process::directory().empty()) return;
  ManualClock clock;
  for (int number = 0; number < kChildBatches;) {
    auto journal = Journal::open(Disk::real(), Process::directory(), clock, dating_of);
    REQUIRE(journal);
    for (int i = 0; i < 100; ++i) REQUIRE(append(**journal, childs_batch(number++)));
    journal->reset();
    const auto store = Store::open(Disk::real(), Process::directory(), Access::write);
    REQUIRE(store);
    REQUIRE((*store)->flush());
  }
}

TEST_CASE("helper process: appends until it is killed" * doctest::skip()) {
  if (Process::directory().empty()) return;
  ManualClock clock;
  const auto journal = Journal::open(Disk::real(), Process::directory(), clock, dating_of);
  REQUIRE(journal);
  for (int number = static_cast<int>((*journal)->log().head().value) / kPerBatch;; ++number)
    REQUIRE(append(**journal, childs_batch(number)));
}

TEST_CASE("a reader follows another process, and sees whole batches only") {
  const TemporaryDirectory t;
  REQUIRE(Journal::create(Disk::real(), t / "store"));
  const auto log = std::move(*Log::open(Disk::real(), t / "store", dating_of));
  Process writer("helper process: appends batches*", t / "store");
  Position head{0};
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (head.value < kChildBatches * kPerBatch && std::chrono::steady_clock::now() < deadline) {
    const auto now = log->wait_past(head, 5s);
    REQUIRE_MESSAGE(now, now.error().what);
    CHECK(*now >= head);
    head = *now;
    check_batches(*log);
  }
  CHECK(head.value == kChildBatches * kPerBatch);
  CHECK(writer.wait() == 0);
  check_verified(*log);
}

TEST_CASE("a second writer is refused while one is there, and succeeds it when it is killed") {
  const TemporaryDirectory t;
  REQUIRE(Journal::create(Disk::real(), t / "store"));
  const auto reader = std::move(*Log::open(Disk::real(), t / "store", dating_of));
  ManualClock clock;
  for (int round = 0; round < 3; ++round) {
    Process writer("helper process: appends until*", t / "store");
    const Position before = reader->head();
    const Position seen = reader->wait_past(Position{before.value + 20}, 30s).value();
    REQUIRE(seen > before);
    const auto second = Journal::open(Disk::real(), t / "store", clock, dating_of);
    REQUIRE(!second);
    CHECK(second.error().code == Errc::unavailable);
    CHECK(second.error().what.find("in use") != std::string::npos);
    CHECK(second.error().what.find(", process ") != std::string::npos);
    writer.kill();

    const auto heir = Journal::open(Disk::real(), t / "store", clock, dating_of);
    REQUIRE_MESSAGE(heir, heir.error().what);
    CHECK((*heir)->log().head() >= seen);
    check_batches((*heir)->log());
    check_verified((*heir)->log());
    CHECK(reader->catch_up() == (*heir)->log().head());
    check_batches(*reader);
  }
}
