#pragma once

#include <memory>
#include <string>

#include "engine/places.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/sharing/member_access.hpp"

namespace solnoma {

/// What keeps the places of a shared log, by its address:
///
///     etcd://HOST:PORT,HOST:PORT/NAME                 etcds:// where it speaks https
///     nats://HOST:PORT,HOST:PORT/NAME?monitor=PORT    tls:// where it is encrypted; the port at
///                                                     which each shows how it is, or a list of
///                                                     them, one of each; 8222 where none is given
///
/// `machine` as of EtcdOptions. It is not asked yet. Errors: usage.
[[nodiscard]] Try<std::unique_ptr<Places>> places_at(const std::string& address,
                                                     const std::string& machine,
                                                     const MemberAccess& access);

}  // namespace solnoma
