#include "tools/serve/stranger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "events/text/quote.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

/// "localhost:8417" without the port.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

}  // namespace

std::optional<HttpAnswer> refuse_stranger(const HttpRequest& request,
                                          const std::vector<std::string>& hosts) {
  const std::string_view host = request.header("host").value_or("");
  const std::string_view name = host_name(host);
  const bool known = name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
                     std::ranges::find(hosts, name) != hosts.end();
  if (!known)
    return problem_answer(421, fmt::format("this server is not called '{}'", clipped(name)),
                          "start it with --host NAME");
  const auto origin = request.header("origin");
  const bool plain = !request.by_https && origin == fmt::format("http://{}", host);
  if (origin && !plain && *origin != fmt::format("https://{}", host))
    return problem_answer(403, "a page of another server asks", "ask from one of this server");
  return std::nullopt;
}

}  // namespace solnoma
