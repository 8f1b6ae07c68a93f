#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

namespace solnoma {

/// Which addresses a webhook may go to, as the store's owner has said: a server that posts to
/// whatever it is told could be sent to what only it can reach.
enum class HookReach : std::uint8_t {
  internet,      ///< what is routed everywhere
  anywhere,      ///< private networks and this machine, too
  this_machine,  ///< loopback alone: unencrypted
};

/// Why an address must not be connected to, as in "10.0.0.5 is of a private network"; empty: it may
/// be. By the IANA registries of special-purpose addresses; what carries an IPv4 address within it
/// is judged by that one.
[[nodiscard]] std::string refusal_of(const sockaddr& address, HookReach reach);

}  // namespace solnoma
