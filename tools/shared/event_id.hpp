#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/log.hpp"

namespace solnoma {

/// Where the events are that have the id that was typed. It is looked for in NFC, as ids are kept;
/// where that finds none, as it stands, since older logs hold other ids. Errors: those of
/// Log::find().
[[nodiscard]] Result<std::vector<Position>> find_typed(const Log& log, const std::string& id);

/// The same of one source.
[[nodiscard]] Result<std::optional<Position>> find_typed(const Log& log, const std::string& source,
                                                         const std::string& id);

/// Whether `recorded` is what was typed, in NFC or as it stands.
[[nodiscard]] bool is_typed(const std::string& recorded, const std::string& typed);

}  // namespace solnoma
