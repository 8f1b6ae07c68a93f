#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/frame.hpp"
#include "engine/journal.hpp"
#include "engine/log_impl.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// Gives events their numbers and puts them into a write batch. One thread at a time.
/// What is staged is seen by what is staged after it, and becomes the log's when the
/// batch is written; after a failed write the sequencer is of no more use.
class Sequencer {
 public:
  Sequencer(const Log& log, const Log::Impl& impl) : log_(log), impl_(impl) {}

  /// Reads where the log ends. Errors: corrupt, io.
  [[nodiscard]] Result<void> recover();

  /// Checks a request and gives out numbers; on an error nothing is kept of it.
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

 private:
  struct Subject {
    SubjectNumber number;
    Revision revision;  // of the newest event; 0: none yet
  };
  struct Known {  // an event that is recorded or staged
    Position position;
    SubjectNumber subject;
    Revision revision;
    bool same_content = false;
  };
  struct Pending {
    std::string id;
    std::uint32_t source = 0;
    Known known;
    std::string subject;
    std::string payload;
  };
  struct Staged {
    const NewEvent* event;
    std::uint32_t source;
    SubjectNumber subject;
    Revision revision;
    Revision supersedes;
    bool new_source;
  };
  struct Undo {
    Position head;
    std::uint32_t subjects, sources;
    std::map<std::string, std::optional<Subject>, std::less<>> subject_states;
    std::vector<std::string> new_sources;
    std::vector<std::string> new_ids;
  };

  Result<Appended> resolve(std::span<const NewEvent> events,
                           std::span<const Expectation> expectations, std::vector<Staged>& staged,
                           Undo& undo);
  Result<Subject*> subject(std::string_view name, Undo& undo);
  Result<std::uint32_t> source(std::string_view name, Undo& undo, bool& is_new);
  Result<std::optional<Known>> find(const NewEvent& event, std::uint32_t source) const;
  Result<Revision> superseded(const NewEvent& event, SubjectNumber subject) const;
  Result<void> check(std::span<const Expectation> expectations, const Appended& appended,
                     std::span<const NewEvent> events, Undo& undo);
  void revert(Undo& undo);
  void emit(const Frame& frame, Position position, const Mark& mark, Store::Batch& batch);
  void close_operand(Store::Batch& batch);

  const Log& log_;
  const Log::Impl& impl_;

  Position head_;
  std::uint32_t next_subject_ = 0;
  std::uint32_t next_source_ = 0;
  std::int64_t last_recorded_us_ = INT64_MIN;

  // The block being filled, and the bytes for it that the batch does not hold yet.
  Position block_first_{1};
  std::uint32_t block_events_ = 0;
  std::size_t block_bytes_ = 0;
  std::string operand_;

  static constexpr std::size_t kMostCached = 1 << 20;
  std::unordered_map<std::string, Subject> subjects_;  // a cache of the names family
  std::unordered_map<std::string, std::uint32_t> sources_;
  std::unordered_multimap<std::string, Pending> pending_;  // by id
};

}  // namespace solnoma
