#pragma once

#include <cstdint>
#include <vector>

#include "projections/many/fold.hpp"

namespace solnoma {

/// The folds of many subjects, by number, in a few flat arrays: a question about all subjects
/// reads memory from one end to the other.
class FoldStore {
 public:
  /// Subjects are numbered 0 up to this. A new one has no rows.
  [[nodiscard]] std::size_t size() const { return subjects_.size(); }
  void resize(std::size_t subjects) { subjects_.resize(subjects); }

  /// Replaces a subject's fold. Precondition: subject < size(). Invalidates views into the
  /// store. The replaced rows become a gap; when half of the rows are gaps, the store copies
  /// itself without them, so that replacing costs no more than adding.
  void put(std::size_t subject, const FoldView& fold);

  /// Appends the subjects of `other` after its own.
  void append(const FoldStore& other);

  /// Gives back the memory kept for growing.
  void shrink();

  [[nodiscard]] FoldView view(std::size_t subject) const {
    const Subject& s = subjects_[subject];
    FoldView fold{{rows_.data() + s.first, s.rows}, {earliest_.data() + s.first, s.rows}, {}, {}};
    if (s.extra != 0) {
      const Extra& extra = extras_[s.extra - 1];
      fold.links = {links_.data() + extra.first_link, extra.links};
      fold.checkpoints = {checkpoints_.data() + extra.first_checkpoint, s.rows / kFoldStride};
      if (s.rows <= kFoldStride) fold.checkpoints = {};
    }
    return fold;
  }

  /// Bytes held.
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Subject {
    std::uint32_t first = 0;
    std::uint32_t rows = 0;
    std::uint32_t extra = 0;  // index plus one; 0: neither links nor checkpoints
  };
  struct Extra {
    std::uint32_t first_link;
    std::uint32_t links;
    std::uint32_t first_checkpoint;
  };

  std::vector<Subject> subjects_;
  std::vector<FoldRow> rows_;
  std::vector<Day> earliest_;  // of each of rows_
  std::vector<Extra> extras_;
  std::vector<FoldLink> links_;
  std::vector<FoldCheckpoint> checkpoints_;
  std::size_t gaps_ = 0;  // rows that no subject has
};

}  // namespace solnoma
