#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/event.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

class Log;

/// What an appender believes of a subject before its batch.
struct AnyRevision {};
struct NewSubject {};
struct Exactly {
  Revision revision;
};
using ExpectedRevision = std::variant<AnyRevision, NewSubject, Exactly>;

struct Expectation {
  std::string subject;
  ExpectedRevision expected;
};

struct Appended {
  std::size_t recorded = 0;         ///< new in the log
  std::size_t already = 0;          ///< were there with the same content
  std::vector<Position> positions;  ///< of every event of the batch, in its order
};

/// Where events go in: a log on this machine (Journal), or one that several machines share.
/// Thread-safe.
class Appender {
 public:
  virtual ~Appender() = default;

  /// Records all of `batch` or nothing; on disk on return. An event whose (source, id)
  /// is recorded with the same subject and payload, or stands before it in the batch, counts
  /// as `already` and is not recorded again; a batch of such events succeeds whatever it
  /// expects.
  ///
  /// Errors, nothing recorded: conflict (an expectation fails; the id holds other
  /// content; what is superseded has been already, as Indexer::in_the_way says), not_found (nothing
  /// has the id that is superseded), invalid (superseding another subject's event, or an ambiguous
  /// id); `where` is "event N" (from 1). unavailable: this is an unfinished copy, or memory ran
  /// out. io: the batch may yet survive a restart, and this appender takes no more until it is
  /// opened again.
  [[nodiscard]] virtual Result<Appended> append(std::span<const NewEvent> batch,
                                                std::span<const Expectation> expectations = {}) = 0;

  /// Checks a batch as append() would against the log as it stands, and records nothing.
  [[nodiscard]] virtual Result<Appended> try_append(
      std::span<const NewEvent> batch, std::span<const Expectation> expectations = {}) = 0;

  /// The log for reading, always at the newest head. Lives as long as this.
  [[nodiscard]] virtual Log& log() = 0;
};

}  // namespace solnoma
