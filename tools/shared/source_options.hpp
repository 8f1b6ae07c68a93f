#pragma once

#include <string>
#include <vector>

#include "events/event.hpp"
#include "tools/command_line.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Where an event can be read. Of several sources the first publisher, the first day and the first
/// address belong together, and so on; "-" stands where there is none.
struct SourceOptions {
  std::vector<std::string> publishers, published, urls;
};

void add_source_options(Command& command, SourceOptions& options);

/// Puts what was given over the only source of the event, or in the place of all of them: what is
/// not said of one that stays, by its publisher, stays as it was.
/// `event.known` is the day of publication where none is given. Errors: usage.
[[nodiscard]] Outcome apply(const SourceOptions& options, Event& event);

}  // namespace solnoma
