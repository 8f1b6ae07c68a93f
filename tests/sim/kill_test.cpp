// A process that appends is killed at random moments, with readers beside it. SOLNOMA_KILLS
// says how often.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "tests/sim/story.hpp"
#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"
#include "tests/support/engine_process.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::sim;
using namespace solnoma::test;

namespace {

/// How many events a process has had acknowledged, seen by another that outlives it.
class Acknowledgements {
 public:
  explicit Acknowledgements(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
    REQUIRE(file >= 0);
    REQUIRE(::ftruncate(file, sizeof *count_) == 0);
    void* const memory =
        ::mmap(nullptr, sizeof *count_, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    REQUIRE(memory != MAP_FAILED);
    count_ = static_cast<std::atomic<std::uint64_t>*>(memory);
    ::close(file);
  }
  ~Acknowledgements() { ::munmap(count_, sizeof *count_); }
  Acknowledgements(const Acknowledgements&) = delete;
  Acknowledgements& operator=(const Acknowledgements&) = delete;

  [[nodiscard]] std::atomic<std::uint64_t>& count() { return *count_; }

 private:
  std::atomic<std::uint64_t>* count_ = nullptr;
};

constexpr Sizes kSizes{40, 400};

int kills() {
  const char* const given = std::getenv("SOLNOMA_KILLS");
  return given ? std::atoi(given) : 25;
}

}  // namespace

TEST_CASE("helper process: appends and says so until it is killed" * doctest::skip()) {
  if (Process::directory().empty()) return;
  ManualClock clock;
  Acknowledgements acknowledged(Process::directory() + "/../acknowledged");
  for (;;) {
    const auto journal = Journal::open(Disk::real(), Process::directory(), clock, dating_of);
    REQUIRE(journal);
    for (int i = 0; i < 60; ++i) {
      REQUIRE(append(**journal, batch_after((*journal)->log().head().value, kSizes)));
      acknowledged.count() = (*journal)->log().head().value;
    }
  }
}

TEST_CASE("whenever a writer is killed, what it acknowledged is there, in whole batches") {
  const TemporaryDirectory t;
  Random random(base_seed());
  create_store(Disk::real(), t / "store");
  Acknowledgements acknowledged(t / "acknowledged");
  int appended_between = 0;
  for (int round = 0; round < kills(); ++round) {
    CAPTURE(round);
    const std::uint64_t before = acknowledged.count();
    {
      Process writer("helper process: appends and says so*", t / "store");
      const auto reader = Log::open(Disk::real(), t / "store", dating_of);
      REQUIRE_MESSAGE(reader, reader.error().what);
      // However long it takes to start: then it is killed some moments later.
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
      while (acknowledged.count() <= before && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      const auto until =
          std::chrono::steady_clock::now() + std::chrono::milliseconds(10 + random.below(120));
      while (std::chrono::steady_clock::now() < until) {
        const auto head = (*reader)->wait_past((*reader)->head(), std::chrono::milliseconds(5));
        REQUIRE_MESSAGE(head, head.error().what);
      }
      writer.kill();
      REQUIRE((*reader)->catch_up());
      CHECK((*reader)->head().value >= acknowledged.count());
      check_batches(all_of(**reader), kSizes);
    }
    ManualClock clock;
    auto heir = Journal::open(Disk::real(), t / "store", clock, dating_of);
    REQUIRE_MESSAGE(heir, heir.error().what);
    CHECK((*heir)->log().head().value >= acknowledged.count());
    check_batches(all_of((*heir)->log()), kSizes);
    check_verified((*heir)->log());
    if (acknowledged.count() > before) ++appended_between;
    if ((*heir)->log().head().value > 30'000) {  // what is checked stays small
      heir->reset();
      std::filesystem::remove_all(t / "store");
      create_store(Disk::real(), t / "store");
      acknowledged.count() = 0;
    }
  }
  CHECK(appended_between > kills() / 4);
}
