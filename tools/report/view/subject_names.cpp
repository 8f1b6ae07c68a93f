#include "tools/report/view/subject_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/nearest.hpp"

namespace solnoma {

Result<std::vector<NamedSubject>> find_subjects(const Log& log,
                                                std::span<const std::string> names) {
  std::vector<NamedSubject> found;
  const auto all = [&](std::vector<NamedSubject>& into) {
    return log.subjects("", [&](std::string_view name, SubjectNumber number) {
      into.emplace_back(name, number);
      return true;
    });
  };
  if (names.empty()) {
    if (auto ok = all(found); !ok) return std::unexpected(ok.error());
    return found;
  }
  for (const std::string& name : names) {
    if (std::ranges::find(found, name, &NamedSubject::first) != found.end()) continue;
    auto number = log.subject(name);
    if (!number) return std::unexpected(number.error());
    if (*number) {
      found.emplace_back(name, **number);
      continue;
    }
    std::vector<NamedSubject> recorded;
    if (auto ok = all(recorded); !ok) return std::unexpected(ok.error());
    std::vector<std::string_view> views;
    for (const auto& each : recorded) views.push_back(each.first);
    const auto near = nearest(name, views);
    return std::unexpected(Error{Errc::not_found,
                                 fmt::format("nothing is recorded of '{}'", name.substr(0, 200)),
                                 "subject", near ? fmt::format("did you mean {}?", *near) : ""});
  }
  return found;
}

}  // namespace solnoma
