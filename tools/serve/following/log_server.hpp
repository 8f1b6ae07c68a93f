#pragma once

#include <functional>
#include <string>

#include "tools/io/http.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// A server of which a log is copied.
struct LogServer {
  std::string url;               ///< without a slash at its end
  std::string token = {};        ///< to read there; empty: whoever comes may
  std::string authorities = {};  ///< as of HttpCall
};

/// What is at a path of it, as in "tile/0/000", by a client that may have asked it before.
/// `give_up` as of HttpCall. Errors: those of call(); store where it answers with another status
/// than 200.
[[nodiscard]] Try<std::string> fetch(HttpClient& client, const LogServer& server,
                                     const std::string& path, const std::function<bool()>& give_up);

}  // namespace solnoma
