#include "projections/many/fold_store.hpp"

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kFewGaps = 1024;  // rows; fewer are not worth a copy

std::uint32_t index(std::size_t value) {
  SOLNOMA_CHECK(value <= UINT32_MAX);
  return static_cast<std::uint32_t>(value);
}

template <class T>
void add(std::vector<T>& to, std::span<const T> from) {
  to.insert(to.end(), from.begin(), from.end());
}

template <class T>
std::size_t bytes(const std::vector<T>& vector) {
  return vector.capacity() * sizeof(T);
}

}  // namespace

void FoldStore::put(std::size_t subject, const FoldView& fold) {
  SOLNOMA_CHECK(subject < subjects_.size());
  gaps_ += subjects_[subject].rows;
  Subject now{index(rows_.size()), index(fold.rows.size()), 0};
  add(rows_, fold.rows);
  add(earliest_, fold.earliest);
  if (!fold.links.empty() || !fold.checkpoints.empty()) {
    extras_.push_back({index(links_.size()), index(fold.links.size()), index(checkpoints_.size())});
    add(links_, fold.links);
    add(checkpoints_, fold.checkpoints);
    now.extra = index(extras_.size());
  }
  subjects_[subject] = now;

  if (gaps_ <= kFewGaps || gaps_ * 2 <= rows_.size()) return;
  FoldStore without;
  without.append(*this);
  *this = std::move(without);
}

void FoldStore::append(const FoldStore& other) {
  const std::size_t before = size();
  resize(before + other.size());
  for (std::size_t i = 0; i < other.size(); ++i) put(before + i, other.view(i));
}

void FoldStore::shrink() {
  subjects_.shrink_to_fit();
  rows_.shrink_to_fit();
  earliest_.shrink_to_fit();
  extras_.shrink_to_fit();
  links_.shrink_to_fit();
  checkpoints_.shrink_to_fit();
}

std::size_t FoldStore::memory() const {
  return bytes(subjects_) + bytes(rows_) + bytes(earliest_) + bytes(extras_) + bytes(links_) +
         bytes(checkpoints_);
}

}  // namespace solnoma
