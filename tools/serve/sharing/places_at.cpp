#include "tools/serve/sharing/places_at.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/serve/sharing/etcd_places.hpp"
#include "tools/serve/sharing/nats_places.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kExample =
    "write it as in etcd://10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379/chronicle or "
    "nats://10.0.0.1:4222,10.0.0.2:4222,10.0.0.3:4222/chronicle";

struct Address {
  std::string kind;
  std::vector<std::string> members;
  std::string log;
  std::vector<std::string> monitors;  // ports
};

std::unexpected<Failure> wrong(std::string_view address, std::string_view what) {
  return usage(fmt::format("--journal: '{}' {}", address, what), std::string(kExample));
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = list.find(',');
    parts.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    list.remove_prefix(comma + 1);
  }
}

/// Up to a character, which goes with it; the rest stays.
std::string_view cut(std::string_view& rest, std::string_view at) {
  const std::size_t end = rest.find(at);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + at.size());
  return part;
}

Try<Address> parse_address(std::string_view text) {
  constexpr std::string_view kMonitor = "monitor=";
  Address address;
  std::string_view rest = text;
  if (rest.contains("://")) address.kind = cut(rest, "://");
  address.members = split(cut(rest, "/"));
  address.log = cut(rest, "?");
  while (address.log.ends_with('/')) address.log.pop_back();
  if (address.log.empty()) return wrong(text, "does not name the log");
  if (std::ranges::count(address.members, std::string()) > 0)
    return wrong(text, "names a member that is empty");
  if (rest.empty()) return address;
  if (!rest.starts_with(kMonitor)) return wrong(text, "says more than it can");
  address.monitors = split(rest.substr(kMonitor.size()));
  return address;
}

std::unique_ptr<Places> etcd_at(Address address, const std::string& machine,
                                const MemberAccess& access) {
  const std::string_view scheme = address.kind == "etcds" ? "https" : "http";
  for (std::string& member : address.members) member = fmt::format("{}://{}", scheme, member);
  return std::make_unique<EtcdPlaces>(EtcdOptions{.endpoints = std::move(address.members),
                                                  .prefix = std::move(address.log),
                                                  .machine = machine,
                                                  .access = access});
}

bool is_name_of_stream(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

Try<std::unique_ptr<Places>> nats_at(std::string_view text, Address address,
                                     const std::string& machine, const MemberAccess& access) {
  if (!is_name_of_stream(address.log))
    return wrong(text, "names a log that NATS cannot: letters, digits, '-' and '_' make its name");
  // libnats sends them within quotation marks, as they are.
  if ((access.user + access.password).find_first_of("\"\\") != std::string::npos)
    return usage("--journal-credentials: a user or password of NATS may have no \" and no \\",
                 "choose another password");
  if (address.monitors.empty()) address.monitors = {"8222"};
  if (address.monitors.size() == 1)
    address.monitors.resize(address.members.size(), address.monitors[0]);
  if (address.monitors.size() != address.members.size())
    return wrong(text, "names more or fewer ports to look at than servers");
  NatsOptions options{
      .servers = {}, .monitors = {}, .stream = address.log, .machine = machine, .access = access};
  for (std::size_t i = 0; i < address.members.size(); ++i) {
    const std::string_view member = address.members[i];
    const std::string_view host = member.substr(0, member.rfind(':'));
    const std::string& port = address.monitors[i];
    if (port.empty() || !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }))
      return wrong(text, "names a port to look at that is none");
    options.servers.push_back(fmt::format("{}://{}", address.kind, member));
    options.monitors.push_back(
        fmt::format("{}://{}:{}", address.kind == "tls" ? "https" : "http", host, port));
  }
  return std::make_unique<NatsPlaces>(std::move(options));
}

}  // namespace

Try<std::unique_ptr<Places>> places_at(const std::string& address, const std::string& machine,
                                       const MemberAccess& access) {
  auto parsed = parse_address(address);
  if (!parsed) return std::unexpected(parsed.error());
  if (parsed->kind == "nats" || parsed->kind == "tls")
    return nats_at(address, std::move(*parsed), machine, access);
  if (parsed->kind != "etcd" && parsed->kind != "etcds")
    return wrong(address, "is no address of what machines can share");
  if (!parsed->monitors.empty()) return wrong(address, "names ports that etcd does not have");
  return etcd_at(std::move(*parsed), machine, access);
}

}  // namespace solnoma
