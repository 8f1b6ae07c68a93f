#include "tools/import/new_subjects.hpp"

#include <string>
#include <utility>

#include "events/subject.hpp"
#include "tools/import/subject_slips.hpp"

namespace solnoma {

Result<std::optional<Slip>> slip_of_subject(const Log& log, std::string_view subject) {
  std::optional<Slip> slip;
  auto number = log.subject(subject);
  if (!number) return std::unexpected(number.error());
  if (*number) return slip;
  Kinds kinds;
  auto ok = log.subjects("", [&](std::string_view known, SubjectNumber) {
    if (!kinds.contains(kind_of(known))) kinds.emplace(kind_of(known));
    if (is_slip(subject, known)) slip = Slip{"subject", std::string(subject), std::string(known)};
    return !slip;
  });
  if (!ok) return std::unexpected(ok.error());
  if (slip) return slip;
  if (auto kind = slip_of_kind(kind_of(subject), kinds))
    slip = Slip{"kind", std::string(kind_of(subject)), std::move(*kind)};
  return slip;
}

Result<std::vector<Slip>> slips_of_subjects(const Log& log, std::uint32_t first) {
  const auto each = [&](const auto& visit) {
    return log.subjects("", [&](std::string_view name, SubjectNumber number) {
      visit(name, number);
      return true;
    });
  };
  return slips_of_subjects(each, SubjectNumber{first});
}

}  // namespace solnoma
