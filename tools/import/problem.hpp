#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "events/known.hpp"

namespace solnoma {

/// What is wrong with one row of an input.
struct Problem {
  std::string field;  ///< column, or path in a document; empty: the row as a whole
  std::string what;   ///< the same words for the same kind of problem: "the date is not understood"
  std::string value;  ///< what stood there, as it was; empty: nothing to show
  std::string remedy;
};

/// Problem and place of a row's error, as other rooms report it: `where` becomes the field.
[[nodiscard]] Problem problem_of(Error error);

/// What is wrong with an event that is known after today.
[[nodiscard]] Error after_today(const Known& known, Day today);

/// "the date is not understood: '31.02.2022'"
[[nodiscard]] std::string text_of(const Problem& problem);

/// All problems of an input, grouped by what they are and by their field. Memory does not grow with
/// the input, but with the kinds of problems: of each three places are kept.
class Problems {
 public:
  struct Group {
    std::string what, field, remedy;
    std::size_t count = 0;
    std::vector<std::pair<std::string, std::string>> examples;  ///< place and value, three at most
  };

  /// `place`: "parks.csv:12".
  void add(const Problem& problem, const std::string& place);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// The most frequent first.
  [[nodiscard]] std::vector<Group> groups() const;

 private:
  std::size_t count_ = 0;
  std::map<std::pair<std::string, std::string>, Group> groups_;
};

}  // namespace solnoma
