#include "tools/import/problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/quote.hpp"

namespace solnoma {

Problem problem_of(Error error) {
  return {std::move(error.where), std::move(error.what), {}, std::move(error.remedy)};
}

std::string text_of(const Problem& problem) {
  return problem.value.empty() ? problem.what
                               : fmt::format("{}: '{}'", problem.what, clipped(problem.value));
}

void Problems::add(const Problem& problem, const std::string& place) {
  constexpr std::size_t kExamples = 3;
  ++count_;
  Group& group = groups_[{problem.what, problem.field}];
  if (group.count++ == 0) {
    group.what = problem.what;
    group.field = problem.field;
    group.remedy = problem.remedy;
  }
  if (group.examples.size() < kExamples)
    group.examples.emplace_back(place, std::string(clipped(problem.value)));
}

std::vector<Problems::Group> Problems::groups() const {
  std::vector<Group> groups;
  for (const auto& [key, group] : groups_) groups.push_back(group);
  std::ranges::stable_sort(groups, std::greater{}, &Group::count);
  return groups;
}

}  // namespace solnoma
