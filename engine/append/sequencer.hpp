#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/append/block_writer.hpp"
#include "engine/append/chains.hpp"
#include "engine/append/earlier_events.hpp"
#include "engine/append/numbering.hpp"
#include "engine/append/staged.hpp"
#include "engine/appender.hpp"
#include "engine/event.hpp"
#include "engine/index/id_cache.hpp"
#include "engine/log/open_log.hpp"

namespace solnoma {

/// Puts requests in order. It *decides* what each event becomes (already recorded or new, which
/// revision it supersedes, its numbers) and *applies* that (bytes in a write batch). What was
/// decided elsewhere, in another log, is applied by the same code.
///
/// One thread at a time. What is staged is seen by what is staged after it, and becomes the
/// log's when the batch is written; after a failed write the sequencer is of no more use.
class Sequencer {
 public:
  /// `log` outlives it.
  explicit Sequencer(OpenLog& log)
      : log_(log), numbering_(log), writer_(log), ids_(*log.index), chains_(log, staged_) {}

  /// Reads where the log ends. Errors: corrupt, io.
  [[nodiscard]] Result<void> recover();

  /// Decides a request and applies it; on an error nothing is kept of it. The events must live
  /// until committed() or let_go(). Before the batch is written comes finish(). Errors: those of
  /// Appender::append(), damaged_index.
  [[nodiscard]] Result<Appended> stage(std::span<const NewEvent> events,
                                       std::span<const Expectation> expectations, Instant now,
                                       Store::Batch& batch);

  /// Decides a request, then forgets it. The same errors.
  [[nodiscard]] Result<Appended> rehearse(std::span<const NewEvent> events,
                                          std::span<const Expectation> expectations);

  /// Applies an event that was decided elsewhere: the next one of the log. Before the batch is
  /// written comes finish(). Errors: corrupt, io.
  [[nodiscard]] Result<void> apply(const RecordedEvent& event, const Hash& leaf,
                                   const Dating& dating, Store::Batch& batch);
  /// The same of an event that another machine says was decided: its subject is numbered here, and
  /// that it follows is looked at. Errors: also corrupt where it does not.
  [[nodiscard]] Result<void> adopt(const RecordedEvent& event, const Hash& leaf,
                                   const Dating& dating, Store::Batch& batch);
  void finish(Store::Batch& batch) { writer_.finish(batch); }
  /// Call it between applied events: sets aside what derives from them, where that is much. Until
  /// the batch is written nothing is staged or adopted then. Errors: io; then it must not be.
  [[nodiscard]] Result<void> set_aside();

  /// See BlockWriter.
  void keep_records(bool keep) { writer_.keep_records(keep); }
  [[nodiscard]] const std::string& records() const { return writer_.records(); }

  /// The batch was written: from now on the log itself answers for it. Where something was set
  /// aside, `write_some` is called again and again while it is handed over, so that it can be
  /// written. Errors: those of `write_some`; io.
  [[nodiscard]] Result<void> committed(const std::function<Result<void>()>& write_some);

  /// From here on nothing that was staged is looked at, whatever became of it.
  void let_go() { writer_.wait(); }

  /// The index was derived again: drops what was read from the one before.
  void forget_index();
  /// Drops what is in memory to be found sooner.
  void forget();

  [[nodiscard]] Position head() const { return numbering_.head(); }

  /// Whether the next event begins a block.
  [[nodiscard]] bool between_blocks() const { return writer_.begins_block(head().next()); }
  [[nodiscard]] std::size_t take_written_bytes() { return writer_.take_written_bytes(); }

 private:
  using Request = Numbering::Request;

  Result<Appended> decide(std::span<const NewEvent> events,
                          std::span<const Expectation> expectations, Request& request);
  Result<void> decide_event(const NewEvent& event, std::size_t i, const EarlierEvents* earlier,
                            Request& request, Appended& appended);
  void revert(Request& request, std::size_t staged);
  /// What has its numbers.
  void write(const RecordedEvent& event, const Hash& leaf, const Dating& dating,
             const Numbering::Source& source, Store::Batch& batch);
  std::optional<SameId> find(const NewEvent& event, IdHash id, std::uint32_t source,
                             const EarlierEvents* earlier) const;
  Result<Revision> superseded(const NewEvent& event, SubjectNumber subject,
                              const EarlierEvents* earlier) const;
  Result<void> check_chain(const NewEvent& event, const Numbering::Subject& subject,
                           Revision supersedes);
  Result<std::string> id_at(Position position) const;

  OpenLog& log_;
  Numbering numbering_;
  BlockWriter writer_;
  IdCache ids_;
  Staged staged_;
  Chains chains_;
  bool aside_ = false;  // more derives from what is applied than is in memory
  std::int64_t last_recorded_us_ = INT64_MIN;
  // Of the request at hand, event by event; a subject that is not in memory: null.
  std::vector<IdHash> hashes_;
  std::vector<Numbering::SubjectEntry*> subjects_;
};

}  // namespace solnoma
