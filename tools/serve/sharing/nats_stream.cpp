#include "tools/serve/sharing/nats_stream.hpp"

#include <fmt/format.h>

namespace solnoma {
namespace {

/// Empty: nothing is wrong.
std::string what_is_wrong(const NatsAnswer& info, std::size_t replicas) {
  if (info.text({"config", "storage"}) != "file") return "it does not lie in files";
  if (info.text({"config", "retention"}) != "limits") return "it forgets what was read";
  if (info.text({"config", "persist_mode"}) == "async") return "it does not sync";
  if (info.number({"config", "max_age"}) > 0) return "it forgets what is old";
  if (info.number({"config", "max_msgs"}) > 0) return "it has a limit, max_msgs";
  if (info.number({"config", "max_bytes"}) > 0) return "it has a limit, max_bytes";
  const std::uint64_t copies = info.number({"config", "num_replicas"});
  if (copies < replicas)
    return fmt::format("it has {} {}, not {}", copies, copies == 1 ? "replica" : "replicas",
                       replicas);
  return {};
}

}  // namespace

std::string stream_config(const std::string& name, const std::string& subjects, int most_a_subject,
                          std::size_t replicas) {
  return fmt::format(
      R"({{"name":"{}","subjects":["{}"],"retention":"limits","storage":"file","discard":"new",)"
      R"("deny_delete":true,"num_replicas":{},"max_msgs_per_subject":{}}})",
      name, subjects, replicas, most_a_subject);
}

std::optional<Error> objection_to_stream(const NatsAnswer& info, std::size_t replicas) {
  const std::string wrong = what_is_wrong(info, replicas);
  if (wrong.empty()) return std::nullopt;
  return Error{
      Errc::unsupported,
      fmt::format("the stream {} may lose what it keeps: {}", info.text({"config", "name"}), wrong),
      {},
      "name another log: its stream is made as it must be"};
}

std::vector<std::string> keepers_of(const NatsAnswer& info) {
  std::vector<std::string> names = info.each({"cluster", "replicas"}, "name");
  names.push_back(info.text({"cluster", "leader"}));
  std::erase(names, std::string());
  return names;
}

}  // namespace solnoma
