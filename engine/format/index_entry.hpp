#pragma once

#include "engine/format/frame.hpp"
#include "engine/format/id_page.hpp"
#include "engine/position.hpp"
#include "engine/row.hpp"

namespace solnoma {

/// What the index holds of one event.
struct IndexEntry {
  SubjectNumber subject;
  Revision revision;
  IdHash id = 0;
  Row row;
};

/// The one function that says what derives from an event, but for its names. Appending,
/// copying, rebuilding and verifying all go through it, so a rebuilt index is the
/// incrementally kept one, byte for byte.
[[nodiscard]] inline IndexEntry index_entry(const Frame& frame, Position position,
                                            const Dating& dating) {
  return {SubjectNumber{frame.subject}, Revision{frame.revision}, hash_id(frame.id),
          Row(dating, position, Revision{frame.supersedes})};
}

}  // namespace solnoma
