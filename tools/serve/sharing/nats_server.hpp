#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/io/http.hpp"

namespace solnoma {

/// What a server of NATS says of itself.
struct NatsServer {
  std::string name;     ///< among those of its cluster
  std::string version;  ///< "2.15.1"
  bool syncs = false;   ///< what it acknowledges, before it does
};

/// By what the server shows of itself at its monitoring port (/varz,
/// https://docs.nats.io/running-a-nats-service/nats_admin/monitoring). Errors: invalid: it is no
/// such server.
[[nodiscard]] Result<NatsServer> nats_server_from(std::string_view varz);

/// Why a log may not be trusted to it; nullopt: it may. A server that does not sync loses what it
/// has acknowledged when the power fails, and one before 2.15.1 has lost such things otherwise.
[[nodiscard]] std::optional<Error> objection_to(const NatsServer& server);

}  // namespace solnoma
