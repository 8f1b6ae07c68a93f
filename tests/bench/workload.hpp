#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/event_type.hpp"
#include "tests/support/random.hpp"

namespace solnoma::bench {

inline constexpr std::size_t kBatch = 1'000;

struct WorkloadOptions {
  std::uint64_t events = 1'000'000;  ///< over which `known` runs from 2000 to the end of 2025
  std::uint32_t subjects = 100'000;  ///< at most a tenth of the events
  std::uint64_t seed = 1;
};

/// The days that `known` runs over.
inline constexpr Day kWorkloadFirst{10'957};  // 2000-01-01
inline constexpr Day kWorkloadLast{20'453};   // 2025-12-31

/// The lives of many parks and projects, told in the order in which they become known. The
/// same options give the same events. It remembers 40 bytes of each subject and no event;
/// it may go on after the last of `events`.
///
/// Of all events, 5 % are dated by a month or a year, 3 % are plans, 2 % correct or
/// retract an earlier event of their subject that is not superseded yet, and 1 % happened
/// more than a year before they became known; the others 0 to 200 days before. The n-th
/// busiest subject has a share that falls as 1/sqrt(n).
class Workload {
 public:
  explicit Workload(const WorkloadOptions& options);

  [[nodiscard]] Event next();
  [[nodiscard]] std::vector<Event> batch(std::size_t size = kBatch);

  /// An event that neither supersedes another nor is a plan, of those that come next.
  [[nodiscard]] Event next_ordinary();

  [[nodiscard]] std::uint64_t made() const { return made_; }
  [[nodiscard]] std::uint32_t subjects() const { return static_cast<std::uint32_t>(lives_.size()); }

 private:
  /// An event that may yet be corrected: enough to name it and to tell it again.
  struct Told {
    std::uint32_t number = 0;
    std::int32_t day = 0;
    std::uint16_t year = 0;
    TypeCode type = 0;
    bool planned = false;
  };
  struct Life {
    Stage stage = Stage::unrecorded;
    bool suspended = false;
    bool ended = false;
    std::uint8_t told = 0;
    std::array<Told, 3> recent{};
  };

  [[nodiscard]] std::uint32_t pick(test::Random& random) const;
  [[nodiscard]] Day known_of(std::uint64_t number, test::Random& random) const;
  [[nodiscard]] static TypeCode next_type(Life& life, test::Random& random);
  static void supersede(Event& event, Life& life, test::Random& random);
  static void plan(Event& event, const Life& life, test::Random& random);
  static void happen(Event& event, Life& life, test::Random& random, bool back_dated);
  static void remember(Life& life, const Told& told);

  WorkloadOptions options_;
  std::uint64_t made_ = 0;
  std::vector<Life> lives_;
};

}  // namespace solnoma::bench
