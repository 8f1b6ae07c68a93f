#include "tools/serve/grant.hpp"

#include <algorithm>

#include "projections/sort_unique.hpp"

namespace solnoma {

bool Grant::sees(std::string_view subject) const {
  const auto is_of = [&](std::string_view theirs) {
    if (!theirs.ends_with('*')) return subject == theirs;
    return subject.starts_with(theirs.substr(0, theirs.size() - 1));
  };
  return subjects.empty() || std::ranges::any_of(subjects, is_of);
}

std::string Grant::sight() const {
  std::vector<std::string> sorted = subjects;
  sort_unique(sorted);
  std::string text;
  for (const std::string& each : sorted) text += each + "\n";
  return text;
}

}  // namespace solnoma
