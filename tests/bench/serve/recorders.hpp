#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "tests/bench/serve/askers.hpp"
#include "tests/bench/serve/server.hpp"

namespace solnoma::bench {

/// Clients that record events, each its own, one at a time. The requests are made in advance.
class Recorders {
 public:
  Recorders(const Server& server, const std::vector<std::vector<Event>>& events);
  /// What begin() has begun refers to it.
  Recorders(const Recorders&) = delete;
  Recorders& operator=(const Recorders&) = delete;

  /// Once. Throws Wrong, while `io` runs, where an event is not acknowledged as new.
  void begin(boost::asio::io_context& io);
  [[nodiscard]] bool done() const { return askers_->busy() == 0; }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// What each acknowledgement took, in milliseconds.
  [[nodiscard]] const std::vector<double>& took() const { return askers_->took(); }

  /// Reads what the server's log has behind `before`. Throws Wrong where that is not what was
  /// sent: each event once, where it was acknowledged, and those of a client in their order.
  void check_log(std::uint64_t before) const;

 private:
  struct Client {
    std::vector<std::string> events, requests;  // as JSON, and as they are sent
    std::size_t sent = 0;
    std::uint64_t newest = 0;  // position that was acknowledged
  };

  void acknowledge(Client& client, const Answer& answer);

  const Server& server_;
  std::vector<Client> clients_;
  std::size_t count_ = 0;
  std::map<std::uint64_t, const std::string*> acknowledged_;  // by position
  std::optional<Askers> askers_;
};

}  // namespace solnoma::bench
