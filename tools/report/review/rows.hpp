#pragma once

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tools/report/article/article.hpp"
#include "tools/report/review/findings.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// A finding, for every format.
struct ReviewRow {
  Care care = Care::silent;
  std::vector<std::string> subjects;
  std::vector<Cell> cells;  ///< of its table
  std::vector<std::string> events;
  Day since = kOpenPast;
  std::string what, when, sources;  ///< for a row of CSV
};

/// Everything that is told, by Care.
struct Review {
  std::array<std::vector<ReviewRow>, kCares> rows;
  std::set<std::string> cited;

  [[nodiscard]] std::size_t size() const {
    std::size_t count = 0;
    for (const auto& each : rows) count += each.size();
    return count;
  }
};

/// What wants care in a report's subjects, in the words of a style; of events and plans, those that
/// its selection asks for. Memory: all of it, and the names of the subjects. Errors: corrupt, io.
[[nodiscard]] Result<Review> review_of(const Report& report, Style style);

}  // namespace solnoma
