#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "projections/status.hpp"

namespace solnoma::bench {

/// The answers as the rules of time and status are worded (README.md of events/ and of
/// projections/), as slowly as that takes: from events, not from rows, with its own
/// reading of dates and its own table of types. What the benchmark is checked against.
class Naive {
 public:
  /// Events in log order, from position 1.
  void add(const Event& event);

  /// Of every subject, in order of first appearance: its number in the log.
  [[nodiscard]] std::vector<Status> statuses(const Vantage& vantage) const;

 private:
  struct Fact {
    std::string type;
    bool planned = false;
    std::int32_t latest = 0;
    std::int32_t known = 0;
    std::uint64_t position = 0;
    std::size_t supersedes = 0;  ///< index plus one; 0: none
  };
  struct Subject {
    std::vector<Fact> facts;
    std::unordered_map<std::string, std::size_t> by_id;
  };

  [[nodiscard]] static bool replaces(const Subject& subject, std::size_t by, std::size_t fact);
  [[nodiscard]] static bool holds(const Subject& subject, std::size_t fact, const Vantage& vantage);
  [[nodiscard]] static bool effective(const Subject& subject, std::size_t fact,
                                      const Vantage& vantage);
  [[nodiscard]] static Status status(const Subject& subject, const Vantage& vantage);

  std::uint64_t head_ = 0;
  std::vector<Subject> subjects_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace solnoma::bench
