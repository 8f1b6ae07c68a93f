#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "tools/import/problem.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// What becomes of rows that have a problem: the first one ends the import, or they are counted and
/// go into a file.
class Refusals {
 public:
  using Write = std::function<void(std::string_view)>;

  /// `rejects`: where rows go as a file that can be imported when it is corrected; may be empty.
  Refusals(bool first_ends, Write rejects)
      : first_ends_(first_ends && !rejects), rejects_(std::move(rejects)) {}

  /// Whether the first row that is refused ends the import.
  [[nodiscard]] bool first_ends() const { return first_ends_; }

  /// `original`: the row as it stood. Errors: the first problem, where it ends the import.
  [[nodiscard]] Result<void> add(const std::string& place, const std::string& original,
                                 const std::vector<Problem>& problems, const RowReader& reader) {
    if (first_ends_) {
      const Problem& first = problems.front();
      return at(place, Error{Errc::invalid, text_of(first), first.field, first.remedy});
    }
    ++rows_;
    for (const Problem& problem : problems) problems_.add(problem, place);
    if (rejects_) {
      if (rows_ == 1) rejects_(reader.rejects_head());
      rejects_(reader.reject(original, problems, place));
    }
    return {};
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] const Problems& problems() const { return problems_; }

 private:
  bool first_ends_;
  Write rejects_;
  std::size_t rows_ = 0;
  Problems problems_;
};

}  // namespace solnoma
