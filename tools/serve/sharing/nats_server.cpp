#include "tools/serve/sharing/nats_server.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <array>
#include <charconv>

#include "tools/io/json_values.hpp"

namespace solnoma {
namespace {

using Version = std::array<unsigned, 3>;
constexpr Version kFirst{2, 15, 1};

/// "2.15.1-beta.1" is one that comes before 2.15.1, and not taken for it.
Version version_from(std::string_view text) {
  Version version{};
  const char* next = text.data();
  const char* const end = next + text.size();
  for (unsigned& part : version) {
    const auto read = std::from_chars(next, end, part);
    if (read.ec != std::errc{}) return {};
    next = read.ptr;
    if (next != end && *next == '.') ++next;
  }
  if (next != end && version == kFirst) return {};
  return version;
}

}  // namespace

Result<NatsServer> nats_server_from(std::string_view varz) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(varz.data(), varz.size());
  NatsServer server{.name = member_text(json, "server_name"),
                    .version = member_text(json, "version")};
  if (json.HasParseError() || server.name.empty() || server.version.empty())
    return fail(Errc::invalid, "what answers is no server of NATS");
  const auto stream = json.FindMember("jetstream");
  if (stream == json.MemberEnd() || !stream->value.IsObject()) return server;
  const auto config = stream->value.FindMember("config");
  if (config == stream->value.MemberEnd() || !config->value.IsObject()) return server;
  const auto always = config->value.FindMember("sync_always");
  server.syncs =
      always != config->value.MemberEnd() && always->value.IsBool() && always->value.GetBool();
  return server;
}

std::optional<Error> objection_to(const NatsServer& server) {
  if (version_from(server.version) < kFirst)
    return Error{Errc::unsupported,
                 fmt::format("the NATS server '{}' is of version {}, which loses what it has "
                             "acknowledged",
                             server.name, server.version),
                 {},
                 fmt::format("upgrade it to {}.{}.{} or later", kFirst[0], kFirst[1], kFirst[2])};
  if (!server.syncs)
    return Error{
        Errc::unsupported,
        fmt::format("the NATS server '{}' does not sync what it acknowledges", server.name),
        {},
        "write 'jetstream { sync_interval: always }' into its configuration"};
  return std::nullopt;
}

}  // namespace solnoma
