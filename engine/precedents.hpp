#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/index.hpp"
#include "engine/journal.hpp"
#include "engine/log.hpp"

namespace solnoma {

/// An event that is recorded or staged.
struct Known {
  Position position;
  SubjectNumber subject;
  Revision revision;
  bool same_content = false;  ///< as the new event whose id it has
};

/// One that a new event may supersede, since it has the id.
struct Target {
  Known known;
  std::string source, subject;
};

/// What the log holds that bears on a new event.
struct Precedents {
  std::size_t event;                ///< which of those asked for
  std::optional<Known> known = {};  ///< with the same id and source
  std::vector<Target> targets = {};
};

/// Of each of the events that has any, in their order. `ids` are the hashes of their ids. Reads
/// the events in question, in two threads where there are many: each takes some 25 us, most of
/// it for the block that holds it. Errors: corrupt, damaged_index, io.
[[nodiscard]] Result<std::vector<Precedents>> read_precedents(const Log& log, const Index& index,
                                                              std::span<const NewEvent> events,
                                                              std::span<const IdHash> ids);

}  // namespace solnoma
