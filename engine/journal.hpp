#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "engine/appender.hpp"
#include "engine/clock.hpp"
#include "engine/founding.hpp"
#include "engine/hash.hpp"
#include "engine/log.hpp"
#include "engine/places.hpp"
#include "engine/shared_id.hpp"
#include "engine/transaction.hpp"

namespace solnoma {

/// As Visitor and EventSource, with each event's leaf in the tree over the log: by whoever has
/// hashed it already.
using LeafVisitor = std::function<bool(const RecordedEvent&, const Hash& leaf)>;
using LeafSource = std::function<Result<void>(const LeafVisitor&)>;

/// The appender of a store on this machine. Thread-safe: concurrent appends share one
/// disk sync (group commit). Readers never block it, nor it them.
///
/// It can be one of several, on as many machines, of one log: share(). Then what it appends goes
/// into a place that all of them read, and is acknowledged when that is taken; decisions (what is
/// recorded already, what a subject's revision is) are made behind all that others have appended.
/// Its errors are then also unavailable: nobody knows whether the batch is recorded, or will be,
/// and sending it again settles that; and, from a transaction or take(), conflict where another
/// machine was faster, with nothing recorded.
class Journal : public Appender {
 public:
  /// Makes an empty store. Errors: conflict, unavailable, io.
  [[nodiscard]] static Result<void> create(const Disk& disk, const std::string& directory);

  /// Makes a store for copy_from() to copy into, up to `upto`. Until that is done, it is an
  /// unfinished copy, from the first moment on. Errors: as create().
  [[nodiscard]] static Result<void> create_copy(const Disk& disk, const std::string& directory,
                                                Position upto);

  /// `clock` outlives the journal. Finishes a rebuild that was interrupted, and derives the
  /// index again where it is damaged or another version has made it.
  /// Errors: unavailable (missing, in use by another writer, not permitted),
  /// unsupported, corrupt, io.
  [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const Disk& disk,
                                                             const std::string& directory,
                                                             Clock& clock, Indexer indexer);
  ~Journal() override;

  [[nodiscard]] Result<Appended> append(std::span<const NewEvent> batch,
                                        std::span<const Expectation> expectations = {}) override;
  [[nodiscard]] Result<Appended> try_append(
      std::span<const NewEvent> batch, std::span<const Expectation> expectations = {}) override;
  [[nodiscard]] Log& log() override;

  /// Begins a batch that is handed over piece by piece. Waits for appends under way, and for the
  /// end of another transaction. Errors: unavailable, io.
  [[nodiscard]] Result<std::unique_ptr<Transaction>> begin();

  /// Copies `from`'s events after this head, up to `upto`, with their positions,
  /// revisions and recorded instants. Interrupted, it leaves an unfinished copy, which is
  /// neither read (Copies) nor appended to until it has been copied to the end.
  /// Errors: conflict when this log is not a prefix of the other, naming the first position at
  /// which they differ; corrupt, io.
  [[nodiscard]] Result<Position> copy_from(const Log& from, Position upto,
                                           const Progress& progress = {});

  /// A journal of a log that begins as this one stands. What is appended to it changes nothing
  /// here, does not outlive it, and is not synced; take() takes it over. It lives in the directory
  /// of this store and has its files in common with it, where the file system has hard links: the
  /// cost is that of opening a store. One at a time; the clock outlives it. Errors: io.
  [[nodiscard]] Result<std::unique_ptr<Journal>> trial();

  /// Appends what was appended to a trial() of this log, as it stands there: all of it or nothing,
  /// as far as it is a million events. More is taken in millions, one after another: readers see
  /// these one by one, and interrupted, the log ends between two. What derives from them waits on
  /// the disk. Gives the head. Errors: conflict when this log has gone on meanwhile; corrupt, io.
  [[nodiscard]] Result<Position> take(Journal& trial, const Progress& progress = {});

  /// Appends what `source` hands out as it stands: events that another log, of which this one is
  /// the beginning, has recorded, with their positions, revisions, instants and who recorded them.
  /// Whether that log is the right one is for the caller to know before the source ends: where it
  /// fails, nothing of it is kept, as far as that is a million events; more is taken in millions,
  /// as by take(). Gives the head. Errors: those of the source and of the indexer; corrupt where an
  /// event does not follow the one before it; as append().
  [[nodiscard]] Result<Position> adopt(const EventSource& source, const Progress& progress = {});
  /// The same, where the leaves are known too: they must be those of the events' records, as
  /// GrowingHead takes them.
  [[nodiscard]] Result<Position> adopt(const LeafSource& source, const Progress& progress = {});

  /// Makes this one of the journals of a log that machines share by `places`, which outlives it.
  /// `writer` is drawn at random for each opening. Where no place is taken yet, they begin with
  /// this log as it stands; a store that comes later begins empty, or with a beginning of that.
  /// From then on the store is part of that log: opened without share(), it is only read. Call it
  /// once. Errors: conflict (the places are of another log), unavailable, corrupt (they have lost
  /// what was acknowledged), io.
  [[nodiscard]] Result<void> share(Places& places, const SharedId& writer,
                                   Founding founding = Founding::first);

  /// Takes in what other journals have appended; where there is nothing, waits for it up to
  /// `patience`, without keeping anything else waiting. Whoever calls it in a loop keeps the log
  /// current. Gives the head. Precondition: share() has succeeded. Errors: unavailable, also where
  /// this log lacks what no place has any more: missing(); conflict, corrupt, damaged_index, io:
  /// nothing more is taken in or appended that way.
  [[nodiscard]] Result<Position> take_in(std::chrono::milliseconds patience);

  /// The head up to which the log is to be copied from another machine, by adopt(), before
  /// take_in() can go on. It is part of the log that is shared: that needs no signature.
  [[nodiscard]] std::optional<TreeHead> missing();

  /// Derives everything but the log again. Readers of this process must wait; those of
  /// others see it half done until they open again. Interrupted, it is finished at the
  /// next open, and until then nothing can be appended. Errors: corrupt, io.
  [[nodiscard]] Result<void> rebuild(const Progress& progress = {});

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
