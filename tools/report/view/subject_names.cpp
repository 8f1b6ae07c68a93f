#include "tools/report/view/subject_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/nearest.hpp"

namespace solnoma {

Try<std::vector<NamedSubject>> find_subjects(const Log& log, std::span<const std::string> names) {
  std::vector<NamedSubject> found;
  const auto all = [&](std::vector<NamedSubject>& into) {
    return log.subjects("", [&](std::string_view name, SubjectNumber number) {
      into.emplace_back(name, number);
      return true;
    });
  };
  if (names.empty()) {
    if (auto ok = all(found); !ok) return refuse(ok);
    return found;
  }
  for (const std::string& name : names) {
    if (std::ranges::find(found, name, &NamedSubject::first) != found.end()) continue;
    auto number = log.subject(name);
    if (!number) return refuse(number);
    if (*number) {
      found.emplace_back(name, **number);
      continue;
    }
    std::vector<NamedSubject> recorded;
    if (auto ok = all(recorded); !ok) return refuse(ok);
    std::vector<std::string_view> views;
    for (const auto& each : recorded) views.push_back(each.first);
    const auto near = nearest(name, views);
    return std::unexpected(Failure(
        Error{Errc::not_found,
              fmt::format("nothing is recorded of '{}'", name.substr(0, 200)),
              {},
              near ? fmt::format("did you mean {}?", *near) : "'solnoma log' shows what is"}));
  }
  return found;
}

}  // namespace solnoma
