#include "engine/subscription.hpp"

#include <algorithm>
#include <chrono>

namespace solnoma {

Result<void> Subscription::run(const Visitor& tell,
                               const std::function<bool(Position)>& caught_up) {
  // How long it takes until stop() is noticed.
  constexpr std::chrono::milliseconds kPatience{100};
  bool ended = false;
  const auto take = [&](const RecordedEvent& event) {
    if (stopped_) return false;
    if (!filter_ || filter_(event)) ended = !tell(event);
    seen_ = event.position.value;
    return !ended;
  };
  bool says_so = true;  // when it has caught up
  while (!stopped_) {
    if (position() < log_.head()) {
      if (auto read = log_.read(position().next(), Direction::forwards, take); !read) return read;
      says_so = true;
    } else if (says_so) {
      says_so = false;
      ended = caught_up && !caught_up(log_.head());
    } else if (auto head = log_.wait_past(std::max(position(), log_.head()), kPatience); !head) {
      return std::unexpected(head.error());
    }
    if (ended) return {};
  }
  stopped_ = false;
  return {};
}

}  // namespace solnoma
