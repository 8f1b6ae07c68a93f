#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "tools/serve/sharing/nats_answer.hpp"

namespace solnoma {

/// What a stream is made with, as JSON. `most_a_subject`: so many messages of each are kept; -1:
/// all.
[[nodiscard]] std::string stream_config(const std::string& name, const std::string& subjects,
                                        int most_a_subject, std::size_t replicas);

/// Why a stream may not keep places, by what is told of it; nullopt: it may. Someone may have made
/// it who wanted something else.
[[nodiscard]] std::optional<Error> objection_to_stream(const NatsAnswer& info,
                                                       std::size_t replicas);

/// The servers that keep a stream, by name; empty: one that is no cluster.
[[nodiscard]] std::vector<std::string> keepers_of(const NatsAnswer& info);

}  // namespace solnoma
