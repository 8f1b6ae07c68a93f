#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/log.hpp"
#include "tools/import/known_names.hpp"

namespace solnoma {

/// The known subject, or kind of subjects, of which a subject that is not recorded yet looks like a
/// slip. One pass over the names of all subjects. Errors: corrupt, io.
[[nodiscard]] Result<std::optional<Slip>> slip_of_subject(const Log& log, std::string_view subject);

/// The slips among those subjects that are numbered from `first` on (subject_slips.hpp). Errors:
/// corrupt, io.
[[nodiscard]] Result<std::vector<Slip>> slips_of_subjects(const Log& log, std::uint32_t first);

}  // namespace solnoma
