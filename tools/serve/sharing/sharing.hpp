#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/clock.hpp"
#include "engine/founding.hpp"
#include "engine/journal.hpp"
#include "engine/places.hpp"
#include "tools/outcome.hpp"
#include "tools/serve/following/log_server.hpp"
#include "tools/serve/other_servers.hpp"

namespace solnoma {

/// Keeps a server's log current that several machines share: takes in what others record, and
/// copies from one of them what the places do not have any more. Thread-safe.
class Sharing : public OtherServers {
 public:
  /// `journal` and `clock` outlive it. `peers`: servers of the same log.
  Sharing(std::unique_ptr<Places> places, std::vector<LogServer> peers, Journal& journal,
          Clock& clock);
  /// The journal is used no more: nothing answers for its places.
  ~Sharing() override;
  Sharing(const Sharing&) = delete;
  Sharing& operator=(const Sharing&) = delete;

  /// Makes the journal one of those of the shared log. Errors: those of Journal::share().
  [[nodiscard]] Result<void> join(Founding founding);
  /// Takes in what others record from now on, by a thread of its own.
  void begin();

  [[nodiscard]] std::uint64_t behind() const override;
  [[nodiscard]] std::optional<Instant> heard() const override;
  [[nodiscard]] std::uint64_t failures() const override;
  [[nodiscard]] std::string why_not_ready() const override;
  void give_up() override { places_->give_up(); }

 private:
  void run();
  [[nodiscard]] bool is_ending() const;
  Outcome step();
  Outcome copy_from_peers(const TreeHead& upto);

  std::unique_ptr<Places> places_;
  std::vector<LogServer> peers_;
  Journal& journal_;
  Clock& clock_;
  mutable std::mutex mutex_;  // guards what follows
  std::optional<Instant> heard_;
  std::optional<Error> wrong_;  // why it does not get on; none: it does
  std::uint64_t failures_ = 0;  // in a row
  std::optional<Position> missing_;
  bool ending_ = false;
  std::condition_variable changed_;
  std::thread thread_;
};

/// This machine's name among those that share a log, which its store keeps. Errors: store.
[[nodiscard]] Try<std::string> machine_name(const std::string& store);

}  // namespace solnoma
