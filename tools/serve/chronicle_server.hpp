#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/journal.hpp"
#include "tools/command_description.hpp"
#include "tools/context.hpp"
#include "tools/serve/following/follower.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/http_server.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/webhooks/webhooks.hpp"
#include "tools/shared/signing.hpp"

namespace solnoma {

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::vector<std::string> hosts;  ///< names by which it is asked, besides those of this machine
  GateOptions gate;                ///< who may come
  HttpSecurity security;           ///< what is encrypted
  SigningOptions signing = {};     ///< who vouches for the heads that others follow
  Follower* follower = nullptr;    ///< where the log is a copy of another server's
  OtherServers* others = nullptr;  ///< where it is recorded elsewhere, too
};

/// A chronicle over HTTP: questions (questions.hpp), recording (recording.hpp), events as they come
/// (event_feed.hpp), `/livez`, `/readyz` and `/metrics`.
class ChronicleServer {
 public:
  /// `world` serves the journal's log. All that is handed in outlives this. Errors: of
  /// HttpServer::listen().
  [[nodiscard]] static Result<std::unique_ptr<ChronicleServer>> open(
      const Context& world, Journal& journal, Webhooks& webhooks, const ProgramDescription& program,
      RunCommand run, const ServeOptions& options);
  ~ChronicleServer();

  [[nodiscard]] std::uint16_t port() const;

  /// Serves, and delivers to webhooks, until the process is told to end (SIGTERM, SIGINT).
  void run();

 private:
  struct Impl;
  explicit ChronicleServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
