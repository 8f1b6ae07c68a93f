#pragma once

#include <unordered_map>

#include "engine/base/ski_rental.hpp"
#include "engine/index/index.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// The newest revisions of subjects, for a writer. A segment that was looked into often enough is
/// read into memory. One thread at a time.
class RevisionCache {
 public:
  /// `index` outlives it.
  explicit RevisionCache(const Index& index) : index_(index) {}

  struct Newest {
    Revision revision;
    bool in_pages = false;  ///< it was looked up in pages of the index that were not read whole
  };
  /// The newest revision that a subject had when this was first asked, 0 when it had none: the
  /// caller keeps track of what it appends since. What was not looked for before costs a look
  /// into each segment. Errors: damaged_index, io.
  [[nodiscard]] Result<Newest> newest(SubjectNumber subject);

  /// Call it when the caller drops what it keeps: the cache lacks what was appended since.
  void forget();

 private:
  const Index& index_;
  bool kept_ = false;
  std::unordered_map<SubjectNumber, Revision> newest_;
  Position from_{0};                               // in memory: all after this
  std::unordered_map<Position, SkiRental> looks_;  // into older segments, by their first
};

}  // namespace solnoma
