#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/row.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "tests/support/random.hpp"

namespace solnoma::sim {

/// One event as the simulation made it up, with what its dates mean: the generator knows
/// that, and reads nothing back.
struct Draft {
  Event event;
  Bounds bounds;  ///< the days that `occurred` allows; open on both sides where it is missing
};

/// What was recorded in a log, in a plain vector: the naive model of it.
class Model {
 public:
  struct Entry {
    Draft draft;
    Instant recorded;
    std::size_t supersedes = 0;  ///< its place plus one; 0: none
  };

  /// Recorded after what is there.
  void record(const Draft& draft, Instant now);
  void forget_after(std::size_t head) { entries_.resize(head); }

  [[nodiscard]] std::size_t head() const { return entries_.size(); }
  [[nodiscard]] const Entry& at(std::size_t place) const { return entries_[place]; }

  /// The places of a subject's events.
  [[nodiscard]] std::vector<std::size_t> places(const std::string& subject) const;
  /// Its index rows, from the meaning of the dates.
  [[nodiscard]] std::vector<Row> rows(const std::string& subject) const;

 private:
  std::vector<Entry> entries_;
};

/// Draws events: several subjects, every type that bears on a status, dates of every
/// precision, plans, corrections, retractions, and events that became known late.
class DraftSource {
 public:
  explicit DraftSource(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] Draft draft(const Model& model);
  [[nodiscard]] Vantage vantage(const Model& model);
  [[nodiscard]] static std::vector<std::string> subjects();
  [[nodiscard]] test::Random& random() { return random_; }

 private:
  void give_date(Draft& draft);
  void supersede(Draft& draft, const Model& model);

  test::Random random_;
  std::uint64_t next_id_ = 0;
};

}  // namespace solnoma::sim
