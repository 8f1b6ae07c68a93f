#pragma once

#include <functional>
#include <string>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// A line for each date of the event that EDTF reads as a season or another part of a year: how it
/// was read, and what to write if years were meant.
[[nodiscard]] std::vector<std::string> dates_read(const Event& event);

/// Counts, over many events, the dates that are read as parts of a year and look like years.
class DoubtfulDates {
 public:
  /// `place`: where the event stands, in words; asked for the first such date.
  void add(const Event& event, const std::function<std::string()>& place);
  /// One line with the first of them as its example; empty: there are none.
  [[nodiscard]] std::string line() const;

 private:
  std::size_t count_ = 0;
  std::string first_;
};

}  // namespace solnoma
