#include "tools/import/problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/digits.hpp"
#include "events/text/quote.hpp"

namespace solnoma {
namespace {

/// What stands in quotes and numbers of positions and lines are of the case, not of the kind: these
/// become "…". `quoted` gets the first text in quotes.
std::string kind_of(std::string_view what, std::string& quoted) {
  std::string kind;
  for (std::size_t i = 0; i < what.size(); ++i) {
    const char c = what[i];
    const bool begins_quote = c == '\'' && (i == 0 || what[i - 1] == ' ');
    const std::size_t end = begins_quote ? what.find('\'', i + 1) : std::string_view::npos;
    const bool numbers = is_digit(c) && (kind.ends_with(':') || kind.ends_with("position ") ||
                                         kind.ends_with("byte "));
    if (end != std::string_view::npos) {
      if (quoted.empty()) quoted = what.substr(i + 1, end - i - 1);
      kind += "'…'";
      i = end;
    } else if (numbers) {
      while (i + 1 < what.size() && is_digit(what[i + 1])) ++i;
      kind += "…";
    } else {
      kind += c;
    }
  }
  return kind;
}

}  // namespace

Problem problem_of(Error error) {
  return {std::move(error.where), std::move(error.what), {}, std::move(error.remedy)};
}

Error after_today(const Known& known, Day today) {
  return {Errc::invalid,
          fmt::format("{} is after today, {}: nothing is known yet of that day", to_string(known),
                      to_string(today)),
          "known", "give the day on which it was published; where the clock is wrong, --today"};
}

std::string text_of(const Problem& problem) {
  return problem.value.empty() ? problem.what
                               : fmt::format("{}: '{}'", problem.what, clipped(problem.value));
}

void Problems::add(const Problem& problem, const std::string& place) {
  constexpr std::size_t kExamples = 3;
  ++count_;
  std::string value = problem.value;
  std::string what = kind_of(problem.what, value);
  Group& group = groups_[{what, problem.field}];
  if (group.count++ == 0) {
    group.what = std::move(what);
    group.field = problem.field;
    group.remedy = problem.remedy;
  }
  if (group.examples.size() < kExamples) group.examples.emplace_back(place, clipped(value));
}

std::vector<Problems::Group> Problems::groups() const {
  std::vector<Group> groups;
  for (const auto& [key, group] : groups_) groups.push_back(group);
  std::ranges::stable_sort(groups, std::greater{}, &Group::count);
  return groups;
}

}  // namespace solnoma
