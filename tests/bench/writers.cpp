#include "tests/bench/writers.hpp"

#include <atomic>
#include <thread>

#include "events/chronicle.hpp"
#include "tests/bench/check.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {

double rate_of_writers(Journal& journal, const std::vector<std::vector<Event>>& events) {
  std::uint64_t wanted = 0;
  for (const auto& own : events) wanted += own.size();
  std::atomic<std::uint64_t> recorded{0};
  const Position before = journal.log().head();
  const double seconds = seconds_of([&] {
    std::vector<std::jthread> threads;
    for (const auto& own : events)
      threads.emplace_back([&] {
        for (const Event& event : own)
          if (append(journal, {{event}})) ++recorded;
      });
  });
  require(recorded == wanted, "an append of one of many writers failed");
  require(journal.log().head().value == before.value + wanted, "the head after many writers");
  return static_cast<double>(recorded) / seconds;
}

}  // namespace solnoma::bench
