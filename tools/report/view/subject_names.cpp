#include "tools/report/view/subject_names.hpp"

#include <algorithm>

#include "tools/report/view/typed_subjects.hpp"

namespace solnoma {

Result<std::vector<NamedSubject>> find_subjects(const Log& log,
                                                std::span<const std::string> names) {
  std::vector<NamedSubject> found;
  if (names.empty()) {
    auto ok = log.subjects("", [&](std::string_view name, SubjectNumber number) {
      found.emplace_back(name, number);
      return true;
    });
    if (!ok) return std::unexpected(ok.error());
    return found;
  }
  const auto add = [&](NamedSubject subject) {
    if (std::ranges::find(found, subject.first, &NamedSubject::first) == found.end())
      found.push_back(std::move(subject));
  };
  TypedSubjects typed(log);
  for (const std::string& name : names) {
    auto number = log.subject(name);
    if (!number) return std::unexpected(number.error());
    if (*number) {
      add({name, **number});
      continue;
    }
    auto meant = typed.find(name);
    if (!meant) return std::unexpected(meant.error());
    for (NamedSubject& each : *meant) add(std::move(each));
  }
  return found;
}

Result<NamedSubject> find_subject(const Log& log, const std::string& name) {
  auto found = find_subjects(log, {&name, 1});
  if (!found) return std::unexpected(found.error());
  if (found->size() == 1) return std::move(found->front());
  return std::unexpected(Error{Errc::invalid, "'" + name + "' is a pattern for several subjects",
                               "subject", "name one"});
}

}  // namespace solnoma
