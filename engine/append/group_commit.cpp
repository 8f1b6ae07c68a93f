#include "engine/append/group_commit.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace solnoma {

GroupCommit::Seat& GroupCommit::take_seat() {
  if (free_.empty()) {
    free_.reserve(seats_.size() + 1);  // to have room for all of them
    return seats_.emplace_back();
  }
  Seat& seat = *free_.back();
  free_.pop_back();
  seat.state = Seat::waits;
  return seat;
}

/// Has the next one lead.
void GroupCommit::hand_over(std::list<Waiting>::iterator own) {
  queue_.erase(own);
  leading_ = !queue_.empty();
  if (!leading_) return;
  queue_.front().seat->state = Seat::leads;
  queue_.front().seat->changed.notify_one();
}

void GroupCommit::join(Request& request, const std::function<void(const Group&)>& serve) {
  std::unique_lock lock(mutex_);
  Seat& seat = take_seat();
  const auto own = queue_.insert(queue_.end(), {&request, &seat});
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
  Group group;
  std::vector<Seat*> to_wake;
  try {
    group.reserve(queue_.size());
    to_wake.reserve(queue_.size() + 1);
  } catch (const std::bad_alloc&) {
    free_.push_back(&seat);
    hand_over(own);  // nobody waits for a leader that is gone
    throw;
  }
  std::list<Waiting> served;
  served.swap(queue_);
  lock.unlock();
  for (const Waiting& each : served) group.push_back(each.request);
  const auto begin = std::chrono::steady_clock::now();
  serve(group);
  const auto end = std::chrono::steady_clock::now();

  lock.lock();
  expected_ = served.size() + queue_.size();
  took_ = end - begin;
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
