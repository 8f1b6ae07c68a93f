#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>

#include "engine/base/ski_rental.hpp"
#include "engine/format/index_entry.hpp"
#include "engine/index/index.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// An event of a subject.
[[nodiscard]] inline std::uint64_t event_key(SubjectNumber subject, Revision revision) {
  return std::uint64_t{subject.value} << 32 | revision.value;
}

/// Which events of the log are superseded, for a writer: by those that it recorded in memory, by
/// older ones once asking for the rows of single subjects would have cost as much. Some 40 bytes
/// for each superseded event. One thread at a time.
class SupersededCache {
 public:
  enum class Answer { yes, no, unknown };

  /// `index` outlives it.
  explicit SupersededCache(const Index& index) : index_(index) {}

  /// Where it is unknown, the subject's rows tell. Errors: damaged_index, io.
  [[nodiscard]] Result<Answer> find(SubjectNumber subject, Revision revision);

  /// Takes in what was recorded.
  void add(std::span<const IndexEntry> entries);

  /// Begins anew.
  void forget();

 private:
  const Index& index_;
  bool kept_ = false;
  std::unordered_set<std::uint64_t> superseded_;  // by events after `from_`
  Position from_{0};
  SkiRental looks_;
};

}  // namespace solnoma
