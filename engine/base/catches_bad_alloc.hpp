#pragma once

#include <utility>

namespace solnoma {

/// While one lives, whatever this thread asks for and does not get is thrown at it: it has somebody
/// who catches that, and goes on. In all other threads the program ends where memory runs out.
class CatchesBadAlloc {
 public:
  /// `caught`: whether that is so; what a thread that works for another knows by here().
  explicit CatchesBadAlloc(bool caught = true) : before_(std::exchange(here_, caught)) {}
  ~CatchesBadAlloc() { here_ = before_; }
  CatchesBadAlloc(const CatchesBadAlloc&) = delete;
  CatchesBadAlloc& operator=(const CatchesBadAlloc&) = delete;

  [[nodiscard]] static bool here() { return here_; }

 private:
  inline static thread_local bool here_ = false;
  bool before_;
};

}  // namespace solnoma
