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
/// byte order. Errors: not_found in "subject", with the nearest recorded name if one is near;
/// corrupt, io.
[[nodiscard]] Result<std::vector<NamedSubject>> find_subjects(const Log& log,
                                                              std::span<const std::string> names);

}  // namespace solnoma
