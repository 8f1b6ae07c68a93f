#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// How long it is waited after each attempt that failed, before the next: one attempt more than
/// there are delays.
using RetryDelays = std::vector<std::chrono::seconds>;

/// Eight attempts within a day.
inline constexpr std::string_view kUsualRetry = "5s,5m,30m,2h,5h,8h,8h";
/// What a receiver may ask for, and more than which no single delay is.
inline constexpr std::chrono::seconds kLongestDelay = std::chrono::hours{24};

/// "5s,5m,2h", or "none". Errors: invalid for what is no such list, is longer than 20, or has a
/// delay of more than a day.
[[nodiscard]] Result<RetryDelays> retry_delays_from(std::string_view text);
[[nodiscard]] std::string to_string(const RetryDelays& delays);

/// A delay made longer by up to a fifth, so that many do not come at once, and at least as long as
/// the receiver asks for. `jitter`: 0 to 1, drawn by the caller.
[[nodiscard]] std::chrono::milliseconds retry_delay(std::chrono::seconds delay, double jitter,
                                                    std::optional<std::chrono::seconds> asked);

/// What a Retry-After header asks for: seconds, or an HTTP date; at most kLongestDelay. Nullopt: it
/// is neither.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(std::string_view header, Instant now);

}  // namespace solnoma
