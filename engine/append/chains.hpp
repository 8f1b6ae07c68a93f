#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/append/staged.hpp"
#include "engine/index/superseded_cache.hpp"
#include "engine/log/open_log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/row.hpp"

namespace solnoma {

/// Whether an event may still be superseded, as the room above says (Indexer::in_the_way) of the
/// subject's rows: those of the log, and those that are staged. What was never superseded costs a
/// look into memory; other events the rows of their subject, read once a request.
/// One thread at a time.
class Chains {
 public:
  Chains(const OpenLog& log, const Staged& staged)
      : log_(log), staged_(staged), superseded_(*log.index) {}

  /// A request begins.
  void begin() { subjects_.clear(); }
  /// What is staged from there on is about to be taken back.
  void revert(std::size_t staged);
  /// What is in the log now, and then that nothing is staged any more.
  void recorded(std::span<const IndexEntry> entries) { superseded_.add(entries); }
  void nothing_staged();
  /// The index was derived again.
  void forget_index() { superseded_.forget(); }

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
  void count_staged();
  const std::vector<std::size_t>& staged_of(SubjectNumber number);
  Result<Subject*> subject(SubjectNumber number, Revision newest);

  const OpenLog& log_;
  const Staged& staged_;
  SupersededCache superseded_;
  std::unordered_map<SubjectNumber, Subject> subjects_;
  // How many of what is staged supersede an event, and, rarely asked for, which of it are of a
  // subject, by index; each as far as it was looked at.
  std::unordered_map<std::uint64_t, std::size_t> superseding_;
  std::size_t counted_ = 0;
  std::unordered_map<SubjectNumber, std::vector<std::size_t>> staged_of_;
  std::size_t placed_ = 0;
};

}  // namespace solnoma
