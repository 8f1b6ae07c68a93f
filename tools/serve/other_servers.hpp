#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/clock.hpp"

namespace solnoma {

/// Those that a server's log is recorded at, too: how far it is behind them. Thread-safe.
class OtherServers {
 public:
  virtual ~OtherServers() = default;

  /// How many events it is known not to have.
  [[nodiscard]] virtual std::uint64_t behind() const = 0;
  /// When it last knew where the other stands; none: never yet.
  [[nodiscard]] virtual std::optional<Instant> heard() const = 0;
  /// Tries to hear of it that failed, in a row.
  [[nodiscard]] virtual std::uint64_t failures() const = 0;
  /// Why it is not up to date, in a sentence; empty: it is, as of a moment ago.
  [[nodiscard]] virtual std::string why_not_ready() const = 0;

  /// Whoever waits for them is answered within two seconds that they do not answer, and so is
  /// whoever comes later: this server is about to end.
  virtual void give_up() = 0;
};

}  // namespace solnoma
