#include "engine/index/subject_filters.hpp"

#include <algorithm>

#include "engine/index/segment_cursor.hpp"

namespace solnoma {
namespace {

/// Null where it would become too large, or cannot be read.
std::shared_ptr<const std::vector<bool>> subjects_of(const Segment& segment,
                                                     Store::Cursor& cursor) {
  constexpr std::uint64_t kMostBitsAnEvent = 64;
  auto subjects = std::make_shared<std::vector<bool>>();
  auto ok = each_newest(cursor, segment, SubjectNumber{0}, [&](SubjectNumber subject, Revision) {
    if (subject.value / kMostBitsAnEvent >= segment.events()) {
      subjects.reset();
      return false;
    }
    subjects->resize(subject.value + std::size_t{1});  // they ascend
    subjects->back() = true;
    return true;
  });
  return ok ? subjects : nullptr;
}

}  // namespace

std::vector<Segment> SubjectFilters::holding(std::span<const Segment> segments,
                                             SubjectNumber subject, Store::Cursor& cursor) {
  // In nanoseconds, about what was measured.
  constexpr std::uint64_t kLookIntoSegment = 5'000;
  constexpr std::uint64_t kReadAnEvent = 10;
  std::vector<Segment> found;
  std::vector<Segment> to_make;
  std::unique_lock lock(mutex_);
  drop_others(segments);
  for (const Segment& segment : segments) {
    Filter& filter = filters_[segment];
    if (filter.subjects) {
      if (subject.value < filter.subjects->size() && (*filter.subjects)[subject.value])
        found.push_back(segment);
      continue;
    }
    found.push_back(segment);
    if (filter.begun || !filter.looks.pays(kLookIntoSegment, segment.events() * kReadAnEvent))
      continue;
    filter.begun = true;
    to_make.push_back(segment);
  }
  const std::uint64_t age = age_;
  lock.unlock();
  for (const Segment& segment : to_make) {  // for whoever asks next
    auto subjects = subjects_of(segment, cursor);
    lock.lock();
    if (age == age_) filters_[segment].subjects = std::move(subjects);
    lock.unlock();
  }
  return found;
}

void SubjectFilters::drop_others(std::span<const Segment> segments) {
  if (filters_.size() <= segments.size()) return;
  std::erase_if(filters_, [&](const auto& entry) {
    return std::ranges::find(segments, entry.first) == segments.end();
  });
}

void SubjectFilters::clear() {
  const std::lock_guard lock(mutex_);
  filters_.clear();
  ++age_;
}

}  // namespace solnoma
