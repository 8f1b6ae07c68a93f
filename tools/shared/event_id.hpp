#pragma once

#include <string>
#include <vector>

#include "engine/log.hpp"
#include "events/event.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Whether `recorded` is what was typed, in NFC or as it stands.
[[nodiscard]] bool is_typed(const std::string& recorded, const std::string& typed);

/// Where the one event is that is meant by `id`: in NFC, as ids are kept; as it stands, since older
/// logs hold other ids; or by its first four characters or more, where no other id begins so. That
/// looks through the whole log. `source` empty: the only one that has the id; `source_option` is
/// the option that names it. Errors: not_found; invalid where several events are meant; corrupt,
/// io.
[[nodiscard]] Try<Position> find_typed(const Log& log, const std::string& id,
                                       const std::string& source, const char* source_option);

/// The event itself. Errors: the same.
[[nodiscard]] Try<StoredEvent> find_event(const Log& log, const std::string& id,
                                          const std::string& source, const char* source_option);

/// Puts the whole id in place of each that is the beginning of one; others stay as they are: they
/// may not be recorded yet. Errors: invalid where several events are meant; corrupt, io.
[[nodiscard]] Outcome make_whole(const Log& log, std::vector<std::string>& ids);

}  // namespace solnoma
