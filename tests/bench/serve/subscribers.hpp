#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace solnoma::bench {

/// What all subscribers were told of one event.
struct Heard {
  using Time = std::chrono::steady_clock::time_point;

  std::string event;           ///< as the first of them was told
  std::size_t listeners = 0;   ///< who were told
  Time first = {}, last = {};  ///< when the first and the last of them was
};

/// Streams of a server's events behind a position, all on the thread of the io_context, which
/// outlives them. Each must be told every event once, in order, and all of them the same: else
/// Wrong is thrown.
class Subscribers {
 public:
  Subscribers(boost::asio::io_context& io, std::uint16_t port, std::size_t count,
              std::uint64_t after);
  ~Subscribers();

  /// How many are open and were told that they have all.
  [[nodiscard]] std::size_t caught_up() const;
  /// Of the events behind that position, in order, as far as anybody was told.
  [[nodiscard]] const std::vector<Heard>& heard() const;
  /// Whether everybody was told of so many events.
  [[nodiscard]] bool all_heard(std::size_t events) const;

 private:
  struct Shared;
  class Subscriber;
  std::shared_ptr<Shared> shared_;
  std::vector<std::shared_ptr<Subscriber>> subscribers_;
};

}  // namespace solnoma::bench
