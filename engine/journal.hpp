#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/log.hpp"
#include "engine/tree_head.hpp"

namespace solnoma {

/// What a producer hands in. Views; the journal copies what it keeps.
struct NewEvent {
  std::string_view subject;            ///< 1 to 200 bytes
  std::string_view source;             ///< 1 to 255 bytes
  std::string_view id;                 ///< 1 to 255 bytes; unique within the source
  std::string_view payload;            ///< opaque, a multiple of 8, at most 1 MiB
  Mark mark;                           ///< must be what the indexer says of the payload
  std::string_view supersedes;         ///< id of an earlier event; empty: none
  std::string_view supersedes_source;  ///< empty: this source first, then any
};

struct Appended {
  std::size_t recorded = 0;         ///< new in the log
  std::size_t already = 0;          ///< were there with the same content
  std::vector<Position> positions;  ///< of every event of the batch, in its order
};

/// Called now and then with the position reached, for progress bars.
using Progress = std::function<void(Position)>;

/// The one way into a log: the sequencer. Thread-safe: concurrent appends share one
/// disk sync (group commit). Readers never block it, nor it them.
class Journal {
 public:
  /// Makes an empty store. Errors: conflict, unavailable, io.
  [[nodiscard]] static Result<void> create(const Disk& disk, const std::string& directory);

  /// `clock` outlives the journal. Finishes a rebuild that was interrupted.
  /// Errors: unavailable (missing, in use by another writer, not permitted),
  /// unsupported, corrupt, io.
  [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const Disk& disk,
                                                             const std::string& directory,
                                                             Clock& clock, Indexer indexer);
  ~Journal();

  /// Records all of `batch` or nothing; on disk on return. An event whose (source, id)
  /// is recorded with the same subject and payload counts as `already` and is not
  /// recorded again; a batch of such events succeeds whatever it expects.
  ///
  /// Errors, nothing recorded: conflict (an expectation fails; the id holds other
  /// content; the batch has an id twice), not_found (nothing has the id that is
  /// superseded), invalid (superseding another subject's event, or an ambiguous id);
  /// `where` is "event N" (from 1). unavailable: this is an unfinished copy. io: the batch
  /// may yet survive a restart, and this journal takes no more until it is opened again.
  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> batch,
                                        std::span<const Expectation> expectations = {});

  /// Checks a batch as append() would against the log as it stands, and records nothing.
  [[nodiscard]] Result<Appended> try_append(std::span<const NewEvent> batch,
                                            std::span<const Expectation> expectations = {});

  /// Copies `from`'s events after this head, up to `upto`, with their positions,
  /// revisions and recorded instants. Interrupted, it leaves an unfinished copy, which is
  /// neither read (Copies) nor appended to until it has been copied to the end.
  /// Errors: conflict when this log is not a prefix of the other; corrupt, io.
  [[nodiscard]] Result<Position> copy_from(const Log& from, Position upto,
                                           const Progress& progress = {});

  /// Derives everything but the log again. Readers of this process must wait; those of
  /// others see it half done until they open again. Interrupted, it is finished at the
  /// next open, and until then nothing can be appended. Errors: corrupt, io.
  [[nodiscard]] Result<void> rebuild(const Progress& progress = {});

  /// The log for reading, always at the newest head. Lives as long as the journal.
  [[nodiscard]] Log& log();

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Walks the whole log: positions and revisions without gaps, every event readable, and
/// every derived entry what a rebuild would give, with none missing and none too many.
/// Gives the head of the log. `witnessed` are heads that somebody wrote down: the log must
/// extend each of them. One pass; memory grows with the names of subjects, not with the
/// events. Nothing may be appended through `log`'s own journal meanwhile.
/// Errors: corrupt, naming the position; damaged_index, which a rebuild mends; conflict when
/// the log does not extend a witnessed head; io.
[[nodiscard]] Result<TreeHead> verify_log(const Log& log, const Indexer& indexer,
                                          const Progress& progress = {},
                                          std::span<const TreeHead> witnessed = {});

}  // namespace solnoma
