#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "engine/clock.hpp"
#include "engine/ed25519.hpp"
#include "engine/journal.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/following/log_server.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/other_servers.hpp"

namespace solnoma {

/// Whom a server follows.
struct FollowOptions {
  LogServer server;  ///< that records
  PublicKey key;     ///< by which it signs its heads
  /// Who comes with this token, which the store's own machine has, records there by `token`.
  std::string local_token = {};
};

/// Keeps a copy of another server's log, which it checks against the heads that are signed there,
/// and says how far behind it is. What records goes to that server. Thread-safe.
class Follower : public OtherServers {
 public:
  /// `journal` and `clock` outlive it. Nothing else may append to the journal.
  Follower(FollowOptions options, Journal& journal, Clock& clock);
  /// Ends it: what was begun to be fetched is not kept.
  ~Follower() override;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Follows from now on, by a thread of its own.
  void begin();

  struct State {
    Position promised;             ///< the newest head that was signed and seen
    std::optional<Instant> seen;   ///< when a signed head was last seen; none: not yet
    std::optional<Failure> wrong;  ///< why it does not get on; none: it does
    std::uint64_t failures = 0;    ///< in a row
  };
  [[nodiscard]] State state() const;
  [[nodiscard]] std::uint64_t behind() const override;
  [[nodiscard]] std::optional<Instant> heard() const override { return state().seen; }
  [[nodiscard]] std::uint64_t failures() const override { return state().failures; }
  [[nodiscard]] std::string why_not_ready() const override;
  void give_up() override;

  /// What the server that is followed answers to a request that would record, or is about
  /// proposals: with the token that came with it, and waiting until what was recorded is here.
  /// Without a token: where to send it.
  [[nodiscard]] HttpAnswer forward(const HttpRequest& request);
  /// The same address there.
  [[nodiscard]] HttpAnswer lead_there(const HttpRequest& request) const;

 private:
  void run();
  void wait_for(Position position);
  Outcome step(bool& more);
  [[nodiscard]] bool is_ending() const;

  FollowOptions options_;
  Journal& journal_;
  Clock& clock_;
  mutable std::mutex mutex_;  // guards what follows
  State state_;
  bool ending_ = false;
  bool due_ = false;  // there is something new, as far as is known here
  std::condition_variable changed_;
  std::atomic<bool> given_up_ = false;  // asked without the mutex while the other is called
  std::thread thread_;
};

}  // namespace solnoma
