#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/log.hpp"
#include "engine/result.hpp"

namespace solnoma {

using NamedSubject = std::pair<std::string, SubjectNumber>;

/// The subjects of these names, each once, in the order given; of no names every subject, in
/// byte order. A name is a subject, or what people type for one or several (typed_subjects.hpp).
/// Errors: not_found in "subject", with the nearest recorded name if one is near; invalid in
/// "subject" where a name may mean several; corrupt, io.
[[nodiscard]] Result<std::vector<NamedSubject>> find_subjects(const Log& log,
                                                              std::span<const std::string> names);

/// The one subject of this name. Errors: the same; invalid also for a pattern of several.
[[nodiscard]] Result<NamedSubject> find_subject(const Log& log, const std::string& name);

}  // namespace solnoma
