#pragma once

#include <string>

#include "engine/log.hpp"
#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// The board from the index alone: no event is read, so names and citations are missing
/// and the events that decide are named by their positions. Of every subject that has a
/// status and can be seen from the vantage, in the order of their names. Memory: 100 bytes
/// a subject, and the text. Errors: corrupt, io.

/// `{"vantage": …, "subjects": [{"subject", "status", "certain", "possible", "since",
/// "becauseAt": [position…]}]}` and a line's end.
[[nodiscard]] Try<std::string> brief_json(const Log& log, const Vantage& vantage);

[[nodiscard]] Try<std::string> brief_text(const Log& log, const Vantage& vantage,
                                          Language language);

}  // namespace solnoma
