#include "tools/serve/sharing/places_at.hpp"

#include <fmt/format.h>

#include <string_view>

#include "tools/serve/sharing/etcd_places.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kExample = "write it as in etcd://10.0.0.1:2379,10.0.0.2:2379/chronicle";

}  // namespace

Try<std::unique_ptr<Places>> places_at(const std::string& address, const std::string& machine,
                                       const std::string& authorities) {
  const std::size_t scheme = address.find("://");
  const std::string_view kind =
      std::string_view(address).substr(0, scheme == std::string::npos ? 0 : scheme);
  if (kind != "etcd" && kind != "etcds")
    return usage(fmt::format("--journal: '{}' is no address of what machines can share", address),
                 std::string(kExample));
  std::string_view rest = std::string_view(address).substr(scheme + 3);
  EtcdOptions options{
      .endpoints = {}, .prefix = {}, .machine = machine, .authorities = authorities};
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos) options.prefix = rest.substr(slash + 1);
  while (options.prefix.ends_with('/')) options.prefix.pop_back();
  if (options.prefix.empty())
    return usage(fmt::format("--journal: '{}' does not name the log", address),
                 std::string(kExample));
  for (rest = rest.substr(0, slash); !rest.empty();) {
    const std::size_t comma = rest.find(',');
    const std::string_view member = rest.substr(0, comma);
    if (member.empty())
      return usage(fmt::format("--journal: '{}' names a member that is empty", address),
                   std::string(kExample));
    options.endpoints.push_back(fmt::format("{}://{}", kind == "etcds" ? "https" : "http", member));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  if (options.endpoints.empty())
    return usage(fmt::format("--journal: '{}' names no member of etcd", address),
                 std::string(kExample));
  return std::make_unique<EtcdPlaces>(std::move(options));
}

}  // namespace solnoma
