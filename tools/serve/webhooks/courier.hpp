#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "tools/context.hpp"
#include "tools/serve/webhooks/webhook.hpp"

namespace solnoma {

/// What a courier has done since it began, and what there is to do.
struct CourierCounts {
  std::uint64_t delivered = 0;  ///< messages
  std::uint64_t failed = 0;     ///< attempts
  std::uint64_t dead = 0;       ///< letters that there are
  std::uint64_t lag = 0;        ///< positions between what is told and the newest
  bool enabled = true;
};

/// Delivers the news of one webhook in a thread of its own, in order and at least once: each
/// message until it is acknowledged or given up, and its place is kept (hook_folder.hpp) before the
/// next. What cannot be done, such as reading the log, is said on standard error and tried anew.
/// Thread-safe.
class Courier {
 public:
  /// `world` and the log must outlive it.
  Courier(const Context& world, Log& log, const Webhook& hook);
  /// As end() and wait() without grace.
  ~Courier();
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  /// There may be more in the log.
  void wake();
  /// Its folder may have been changed by a command.
  void look_again();
  /// To end; a delivery that has begun may go on so long.
  void end(std::chrono::milliseconds grace);
  /// Until it has ended.
  void wait();

  [[nodiscard]] const Webhook& hook() const;
  [[nodiscard]] CourierCounts counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
