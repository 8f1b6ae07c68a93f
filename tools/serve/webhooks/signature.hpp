#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Signatures of the symmetric kind, "v1", of Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).

/// "whsec_" and, in base64, 256 bits that nobody guesses.
[[nodiscard]] std::string new_hook_secret();

/// The key that such a text holds, of 24 to 64 bytes. Errors: invalid.
[[nodiscard]] Result<std::string> hook_key(std::string_view secret);

/// "v1," and, in base64, the HMAC-SHA256 of "ID.TIMESTAMP.BODY". `timestamp`: seconds since 1970.
[[nodiscard]] std::string hook_signature(std::string_view key, std::string_view id,
                                         std::int64_t timestamp, std::string_view body);
/// The same by each of several secrets, with a blank between: a receiver has one of them.
/// Precondition: they are secrets.
[[nodiscard]] std::string hook_signatures(std::span<const std::string> secrets, std::string_view id,
                                          std::int64_t timestamp, std::string_view body);

}  // namespace solnoma
