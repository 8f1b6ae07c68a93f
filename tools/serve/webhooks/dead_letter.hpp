#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/clock.hpp"
#include "tools/serve/webhooks/hook_message.hpp"

namespace solnoma {

/// A message that was given up, as it was sent.
struct DeadLetter {
  HookMessage message;
  std::uint64_t attempts = 0;
  std::string answer;  ///< the last one
  Instant first{}, given_up{};

  bool operator==(const DeadLetter&) const = default;
};

/// JSON, on one line without its end.
[[nodiscard]] std::string to_json(const DeadLetter& letter);
/// Errors: invalid, naming the member.
[[nodiscard]] Result<DeadLetter> dead_letter_from_json(std::string_view text);

}  // namespace solnoma
