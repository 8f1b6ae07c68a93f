#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/frame.hpp"
#include "engine/index_entry.hpp"
#include "engine/journal.hpp"
#include "engine/log_impl.hpp"
#include "engine/precedents.hpp"
#include "engine/staged.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// Gives events their numbers and puts them into a write batch. One thread at a time.
/// What is staged is seen by what is staged after it, and becomes the log's when the
/// batch is written; after a failed write the sequencer is of no more use.
class Sequencer {
 public:
  Sequencer(const Log& log, Log::Impl& impl) : log_(log), impl_(impl) {}

  /// Reads where the log ends. Errors: corrupt, io.
  [[nodiscard]] Result<void> recover();

  /// Checks a request and gives out numbers; on an error nothing is kept of it. The events
  /// must live until committed().
  [[nodiscard]] Result<Appended> stage(std::span<const NewEvent> events,
                                       std::span<const Expectation> expectations, Instant now,
                                       Store::Batch& batch);

  /// The same as stage(), then forgets it.
  [[nodiscard]] Result<Appended> rehearse(std::span<const NewEvent> events,
                                          std::span<const Expectation> expectations);

  /// Stages an event of another log as it stands there. Errors: corrupt, io.
  [[nodiscard]] Result<void> stage_copy(const RecordedEvent& event, const Mark& mark,
                                        Store::Batch& batch);

  /// The batch was written: from now on the log itself answers for it.
  void committed();

  [[nodiscard]] Position head() const { return head_; }

  /// Whether the next event begins a block.
  [[nodiscard]] bool between_blocks() const { return head_.value % kMostBlockEvents == 0; }
  /// How many bytes of the log were put into batches since the last call.
  [[nodiscard]] std::size_t take_emitted() { return std::exchange(emitted_, 0); }

 private:
  struct Subject {
    SubjectNumber number;
    std::optional<Revision> revision;  // of the newest event, 0: none yet; none: not looked up
    Revision before;                   // the same when the request began that touched it last
    std::uint64_t request = 0;         // that one
  };
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const;
  };
  template <class T>
  using ByName = std::unordered_map<std::string, T, NameHash, std::equal_to<>>;
  using SubjectEntry = ByName<Subject>::value_type;

  /// What a request has changed so far.
  struct Undo {
    Position head;
    std::uint32_t subjects, sources;
    std::size_t staged;
    std::vector<SubjectEntry*> touched;
    std::vector<std::string> new_sources;
  };

  [[nodiscard]] Undo begin();
  Result<Appended> resolve(std::span<const NewEvent> events,
                           std::span<const Expectation> expectations, Undo& undo);
  Result<Subject*> subject(std::string_view name, SubjectEntry* entry, Undo& undo);
  /// Says that a name will be looked up. When that has cost as much as reading all of them into
  /// memory would, it does that (the ski rental rule).
  Result<void> expect_look();
  Result<std::uint32_t> source(std::string_view name, Undo& undo, bool& is_new);
  // Among what is staged and what the log holds.
  std::optional<Known> find(const NewEvent& event, IdHash id, std::uint32_t source,
                            const Precedents* recorded) const;
  Result<Revision> superseded(const NewEvent& event, SubjectNumber subject,
                              const Precedents* recorded) const;
  Result<void> check(std::span<const Expectation> expectations, const Appended& appended,
                     std::span<const NewEvent> events, const Undo& undo) const;
  void revert(Undo& undo);
  void emit(const Frame& frame, const RecordedEvent& event, const Mark& mark, Store::Batch& batch);
  void close_operand(Store::Batch& batch);

  const Log& log_;
  Log::Impl& impl_;

  Position head_;
  std::uint32_t next_subject_ = 0;
  std::uint32_t next_source_ = 0;
  std::int64_t last_recorded_us_ = INT64_MIN;

  // The block being filled, and the bytes for it that the batch does not hold yet.
  Position block_first_{1};
  std::size_t block_bytes_ = 0;
  std::string operand_;
  std::size_t emitted_ = 0;

  static constexpr std::size_t kMostCached = 1 << 20;
  ByName<Subject> subjects_;  // a cache of the names family and the index
  bool all_subjects_cached_ = false;
  std::uint64_t name_looks_ = 0;
  ByName<std::uint32_t> sources_;
  std::uint64_t request_ = 0;
  Staged staged_;
  std::vector<IndexEntry> entries_;  // of what is staged
  std::vector<Hash> leaves_;         // of the same
  // Of the request at hand, event by event; a subject that is not in the cache: null.
  std::vector<IdHash> ids_;
  std::vector<SubjectEntry*> known_subjects_;
};

}  // namespace solnoma
