#pragma once

#include <span>

#include "engine/append/numbering.hpp"
#include "engine/appender.hpp"
#include "engine/event.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Whether every subject stood where the appender believed when the request began. A subject
/// whose events of the batch were all recorded before is not looked at: that is a retry.
/// Errors: conflict, naming the revision; damaged_index, io.
[[nodiscard]] Result<void> check_expectations(std::span<const Expectation> expectations,
                                              std::span<const NewEvent> events,
                                              Numbering& numbering,
                                              const Numbering::Request& request);

}  // namespace solnoma
