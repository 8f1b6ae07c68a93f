#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/disk.hpp"
#include "engine/event.hpp"
#include "engine/owned_events.hpp"
#include "engine/result.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// Of a log that is damaged: so many events are lost that stood at these positions, both included.
struct LostEvents {
  Position first, last;
  std::uint64_t events = 0;  ///< all of them, or some
  bool at_least = false;     ///< behind a gap are others, and where the log ended is not known
  bool operator==(const LostEvents&) const = default;
};

/// What was got out of a damaged store.
struct Salvaged {
  Position from;             ///< how far its log went, as far as is known
  std::uint64_t events = 0;  ///< that were got out
  std::vector<LostEvents> lost;
  /// Up to here the new log is the old one, event by event: it has the same head. Behind it the
  /// positions, and the revisions of subjects that have lost events, are others.
  TreeHead same;
  /// What is intact and still not what the tree of the old store commits to: nobody's accident.
  std::vector<LostEvents> contradicted;
};

/// Events that are to stand behind those that were got out, where any is lost: what tells of it.
using SalvageNote = std::function<Result<OwnedEvents>(const Salvaged&)>;

/// Makes a store of every event of a damaged one that is intact: in its write-ahead logs or sorted
/// files, whether or not that can be opened. In the order of the log, with their instants, and
/// without gaps. What superseded an event that is lost supersedes nothing.
///
/// An event is intact where its own bytes are, by their checksums, and the name of its subject and
/// source is known. A sorted file of which the end is damaged, or the dictionary by which its
/// blocks are read, is lost as a whole. What was written and never acknowledged may be among them.
///
/// Nothing is written in `from`, which nobody may write to meanwhile. `into` is made; interrupted,
/// it is an unfinished copy, and the same call finishes it. Memory: the names, the write-ahead
/// logs, 16 bytes a subject. Errors: unavailable (no store in `from`), conflict (`into` is there,
/// and is no such copy), corrupt, io.
[[nodiscard]] Result<Salvaged> salvage(const Disk& disk, const std::string& from,
                                       const std::string& into, Clock& clock,
                                       const Indexer& indexer, const SalvageNote& note,
                                       const Progress& progress = {});

}  // namespace solnoma
