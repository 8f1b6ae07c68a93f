#pragma once

#include <string>

#include "tools/outcome.hpp"
#include "tools/serve/webhooks/hook_reach.hpp"

namespace solnoma {

/// Where a webhook's address leads.
struct HookUrl {
  std::string host;  ///< a name, or an address without brackets
  std::string port;  ///< a number
};

/// Reads an address as libcurl will. Errors: usage for what is no address of a web server, has a
/// user, a password or a fragment, or is not https; with HookReach::this_machine, not http. Store,
/// where libcurl is not there.
[[nodiscard]] Try<HookUrl> hook_url(const std::string& text, HookReach reach);

/// Why what the name resolves to now must not be connected to (refusal_of()); empty: it may be, or
/// it resolves to nothing now. Asks the resolver of the system. What is connected to is looked at
/// again each time.
[[nodiscard]] std::string refusal_of(const HookUrl& url, HookReach reach);

}  // namespace solnoma
