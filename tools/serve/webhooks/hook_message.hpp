#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace solnoma {

/// One piece of news as it is posted.
struct HookMessage {
  std::string at;          ///< where it lies: "52"; of a change its cursor, "52/2026-11-25"
  std::string media_type;  ///< of the body
  std::string body;

  bool operator==(const HookMessage&) const = default;
};

/// The id by which a receiver knows a message that it has had: the same at every attempt, and after
/// every restart. "msg_3f9a01bc_52", "msg_3f9a01bc_52_2026-11-25": a name of a file, too.
[[nodiscard]] std::string message_id(std::string_view hook_id, std::string_view at);

/// What an answer says of the message.
enum class Receipt : std::uint8_t {
  acknowledged,  ///< 2xx
  gone,          ///< 410: nothing is to be sent any more
  failed,        ///< all else, and no answer (0)
};
[[nodiscard]] Receipt receipt_of(long status);

}  // namespace solnoma
