#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/append/staged.hpp"
#include "engine/log/open_log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"

namespace solnoma {

/// Whether an event may still be superseded, as the room above says (Indexer::in_the_way) of the
/// subject's rows: those of the log, and those that are staged. What supersedes the newest event of
/// its subject costs nothing; other events the rows of their subject, read once a request.
/// One thread at a time.
class Chains {
 public:
  Chains(const OpenLog& log, const Staged& staged) : log_(log), staged_(staged) {}

  /// A request begins: what another one had staged may be gone.
  void begin() {
    subjects_.clear();
    staged_of_.clear();
    indexed_ = 0;
  }

  /// The place in the log, or among what is staged, of the event that stands in the way; 0: none.
  /// `newest`: the subject's newest revision. Errors: damaged_index, io.
  [[nodiscard]] Result<Position> in_the_way(SubjectNumber subject, Revision newest, Revision target,
                                            std::uint8_t kind);

 private:
  struct Subject {
    std::vector<Row> rows;
    std::vector<bool> superseded;  // by index of the row
    void add(const Row& row);
  };
  Result<Subject*> subject(SubjectNumber number, Revision newest);

  const OpenLog& log_;
  const Staged& staged_;
  std::unordered_map<SubjectNumber, Subject> subjects_;
  // Which of what is staged is of a subject, by index, as far as it was looked at.
  std::unordered_map<SubjectNumber, std::vector<std::size_t>> staged_of_;
  std::size_t indexed_ = 0;
};

}  // namespace solnoma
