#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/position.hpp"
#include "events/event.hpp"

namespace solnoma {

/// The events of a subject, as its rows stand: all of them, or those that were asked for; the
/// others are empty then. A view: what it was made of outlives it.
class SubjectEvents {
 public:
  SubjectEvents(std::span<const StoredEvent> all)  // NOLINT(google-explicit-constructor)
      : events_(all), size_(all.size()) {}
  SubjectEvents(const std::vector<StoredEvent>& all)  // NOLINT(google-explicit-constructor)
      : events_(all), size_(all.size()) {}
  /// `revisions`: of each of `some`, ascending. `size`: how many events the subject has.
  SubjectEvents(std::span<const StoredEvent> some, std::span<const Revision> revisions,
                std::size_t size)
      : events_(some), revisions_(revisions), size_(size), some_(true) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  /// The event of the row `i`. Cost: where only some are there, the logarithm of how many.
  [[nodiscard]] const StoredEvent& operator[](std::size_t i) const {
    if (!some_) return events_[i];
    const Revision revision{static_cast<std::uint32_t>(i + 1)};
    const auto found = std::ranges::lower_bound(revisions_, revision);
    if (found != revisions_.end() && *found == revision)
      return events_[static_cast<std::size_t>(found - revisions_.begin())];
    static const StoredEvent kEmpty;
    return kEmpty;
  }

 private:
  std::span<const StoredEvent> events_;
  std::span<const Revision> revisions_;
  std::size_t size_;
  bool some_ = false;
};

}  // namespace solnoma
