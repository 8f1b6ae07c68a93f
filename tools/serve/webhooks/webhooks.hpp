#pragma once

#include <memory>
#include <string>

#include "tools/context.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// The webhooks of a store while a server runs: a courier for each, and the file that says which
/// there are, which is taken in within a second of each change. A file that cannot be read leaves
/// those that were there. Thread-safe.
class Webhooks {
 public:
  /// `world` and the log must outlive it. Nothing is delivered before begin(). Errors: those of
  /// read_webhooks().
  [[nodiscard]] static Try<std::unique_ptr<Webhooks>> of(const Context& world, Log& log);
  /// As end() without grace.
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  void begin();
  /// There may be more in the log.
  void wake();
  /// Waits for what is being delivered, 3 s at most.
  void end();

  /// Of each hook what it delivered, as Prometheus has it. Waits for nothing.
  [[nodiscard]] std::string metrics() const;

 private:
  struct Impl;
  explicit Webhooks(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
