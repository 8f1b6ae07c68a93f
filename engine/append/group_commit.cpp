#include "engine/append/group_commit.hpp"

#include <algorithm>
#include <utility>

namespace solnoma {

GroupCommit::Seat& GroupCommit::take_seat() {
  if (free_.empty()) return seats_.emplace_back();
  Seat& seat = *free_.back();
  free_.pop_back();
  seat.state = Seat::waits;
  return seat;
}

void GroupCommit::join(Request& request, const std::function<void(const Group&)>& serve) {
  std::unique_lock lock(mutex_);
  Seat& seat = take_seat();
  queue_.push_back({&request, &seat});
  if (leading_) {
    if (queue_.size() >= expected_) arrived_.notify_one();
    seat.changed.wait(lock, [&] { return seat.state != Seat::waits; });
    if (seat.state == Seat::done) {
      free_.push_back(&seat);
      return;
    }
  }

  // Those who were served together are about to come back: waiting for them a fraction of what
  // the sync takes halves the number of syncs. What has once stood still says nothing of the next.
  leading_ = true;
  constexpr int kFraction = 2;
  constexpr std::chrono::steady_clock::duration kMostWaited = std::chrono::milliseconds{10};
  arrived_.wait_for(lock, std::min(took_ / kFraction, kMostWaited),
                    [&] { return queue_.size() >= expected_; });
  const std::deque<Waiting> served = std::exchange(queue_, {});
  lock.unlock();
  Group group;
  for (const Waiting& each : served) group.push_back(each.request);
  const auto begin = std::chrono::steady_clock::now();
  serve(group);
  const auto end = std::chrono::steady_clock::now();

  lock.lock();
  expected_ = served.size() + queue_.size();
  took_ = end - begin;
  std::vector<Seat*> to_wake;
  leading_ = !queue_.empty();
  if (leading_) {
    queue_.front().seat->state = Seat::leads;
    to_wake.push_back(queue_.front().seat);
  }
  for (const Waiting& each : served) {
    each.seat->state = Seat::done;
    if (each.seat != &seat) to_wake.push_back(each.seat);
  }
  free_.push_back(&seat);
  lock.unlock();
  // Nobody is woken but for a result or to lead, and not while we hold what they would wait for
  // next: switching between threads costs more than an event.
  for (Seat* each : to_wake) each->changed.notify_one();
}

}  // namespace solnoma
