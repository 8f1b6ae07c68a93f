#include "tools/serve/following/log_server.hpp"

#include <fmt/format.h>

#include "tools/serve/tiles/tile_answers.hpp"

namespace solnoma {

Try<std::string> fetch(HttpClient& client, const LogServer& server, const std::string& path,
                       const std::function<bool()>& give_up) {
  constexpr std::chrono::seconds kFetching{60};
  constexpr long kFetched = 200;
  HttpCall question{.url = server.url + "/" + path,
                    .patience = kFetching,
                    .most = 2 * kMostRecordBytes,
                    .authorities = server.authorities,
                    .give_up = give_up};
  if (!server.token.empty()) question.headers.push_back("Authorization: Bearer " + server.token);
  auto reply = client.call(question);
  if (!reply) return refuse(reply);
  if (reply->status == kFetched) return std::move(reply->body);
  return std::unexpected(
      Failure(Error{Errc::unavailable,
                    fmt::format("it answers {} with HTTP status {}", path, reply->status),
                    {},
                    "look at its address, its --key, and at the token in $SOLNOMA_TOKEN"}));
}

}  // namespace solnoma
