#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/log.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

using NamedSubject = std::pair<std::string, SubjectNumber>;

/// The subjects that were named on the command line, each once, in the order given; none:
/// every subject, in byte order. Errors: not_found, with the nearest recorded name.
[[nodiscard]] Try<std::vector<NamedSubject>> find_subjects(const Log& log,
                                                           std::span<const std::string> names);

}  // namespace solnoma
