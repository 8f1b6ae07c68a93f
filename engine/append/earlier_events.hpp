#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/format/id_page.hpp"
#include "engine/index/id_cache.hpp"
#include "engine/log/open_log.hpp"

namespace solnoma {

/// The place of an event that is recorded or staged.
struct EventPlace {
  Position position;
  SubjectNumber subject;
  Revision revision;
};

/// One that has the (source, id) of a new event.
struct SameId {
  EventPlace place;
  bool same_content = false;  ///< subject and payload
};

/// One that a new event may supersede, since it has the id.
struct Candidate {
  EventPlace place;
  std::string source, subject;
};

/// What the log holds that bears on a new event.
struct EarlierEvents {
  std::size_t event;  ///< which of those asked for
  std::optional<SameId> same_id = {};
  std::vector<Candidate> candidates = {};
};

/// One entry per event for which the log holds any, in the order of `events`. `hashes` are those
/// of their ids; call `ids.expect()` for them first. Reads the events in
/// question, in two threads where there are many: a block that holds some takes 15 to 20 us,
/// however many it holds. Errors: corrupt, damaged_index, io.
[[nodiscard]] Result<std::vector<EarlierEvents>> read_earlier_events(
    const OpenLog& log, IdCache& ids, std::span<const NewEvent> events,
    std::span<const IdHash> hashes);

}  // namespace solnoma
