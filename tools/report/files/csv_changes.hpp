#pragma once

#include "engine/result.hpp"
#include "events/language.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/differences.hpp"

namespace solnoma {

/// What changed as CSV, a row for each status, plan and piece of news: subject, name, what it is,
/// before, after, source, id of the event. Errors: corrupt, io.
[[nodiscard]] Result<void> csv_changes(const Differences& differences, Language language,
                                       const Sink& sink);

}  // namespace solnoma
