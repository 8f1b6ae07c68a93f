#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <span>
#include <vector>

#include "engine/appender.hpp"

namespace solnoma {

/// Appends that wait at the same time are served together and pay for one sync of the disk.
/// Thread-safe; outlives the calls of join().
class GroupCommit {
 public:
  struct Request {
    std::span<const NewEvent> events;
    std::span<const Expectation> expectations;
    Result<Appended> result = {};
  };
  using Group = std::vector<Request*>;

  /// Returns when the request has its result. The first in line leads: it calls `serve`, which
  /// must not throw, with all who wait, itself among them. Never two of these at a time.
  void join(Request& request, const std::function<void(const Group&)>& serve);

 private:
  /// Where a caller waits. Lives as long as this object, so that it can be notified when
  /// the caller has perhaps gone already.
  struct Seat {
    std::condition_variable changed;
    enum { waits, leads, done } state = waits;
  };
  struct Waiting {
    Request* request;
    Seat* seat;
  };

  Seat& take_seat();
  void hand_over(std::list<Waiting>::iterator own);

  std::mutex mutex_;                 // guards what follows
  std::condition_variable arrived_;  // as many as are expected
  std::list<Waiting> queue_;
  bool leading_ = false;
  std::size_t expected_ = 0;  // callers to wait for: those served last plus those queued then
  std::chrono::steady_clock::duration took_{0};  // to serve those
  std::deque<Seat> seats_;
  std::vector<Seat*> free_;
};

}  // namespace solnoma
