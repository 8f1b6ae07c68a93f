#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/clock.hpp"

namespace solnoma {

/// How far a server's log is behind one that is recorded elsewhere too. Thread-safe.
class Lag {
 public:
  virtual ~Lag() = default;

  /// How many events it is known not to have.
  [[nodiscard]] virtual std::uint64_t behind() const = 0;
  /// When it last knew where the other stands; none: never yet.
  [[nodiscard]] virtual std::optional<Instant> heard() const = 0;
  /// Tries to hear of it that failed, in a row.
  [[nodiscard]] virtual std::uint64_t failures() const = 0;
  /// Why it is not up to date, in a sentence; empty: it is, as of a moment ago.
  [[nodiscard]] virtual std::string why_not_ready() const = 0;
};

}  // namespace solnoma
