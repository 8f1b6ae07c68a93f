#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace solnoma::bench {

/// What a server answered. The texts live as long as the call that is handed it.
struct Answer {
  unsigned status = 0;
  std::string_view body, tag;
};

/// Connections that ask a server of this machine, each its next question when the one before is
/// answered. All run on the thread of the io_context, so that the client takes no more than its
/// share of two cores. What it refers to outlives it.
class Askers {
 public:
  /// The bytes of the next request of that connection; null: it asks no more. They stay until the
  /// answer is there.
  using Next = std::function<const std::string*(std::size_t connection)>;
  /// Throws Wrong where that is not the answer to what this connection asked last.
  using Check = std::function<void(std::size_t connection, const Answer&)>;

  Askers(boost::asio::io_context& io, std::uint16_t port, std::size_t connections, Next next,
         Check check);
  ~Askers();

  /// How many of the connections ask.
  [[nodiscard]] std::size_t busy() const;
  /// What each answer took, in milliseconds, in any order.
  [[nodiscard]] const std::vector<double>& took() const;

 private:
  struct Shared;
  class Asker;
  std::shared_ptr<Shared> shared_;
};

/// "GET /v1/status HTTP/1.1" with what a request must have, and these headers, each with its end.
[[nodiscard]] std::string get_request(std::string_view target, std::string_view headers = {});
/// An event as JSON is sent to be recorded.
[[nodiscard]] std::string record_request(std::string_view event, std::string_view token);

/// Runs until `done`. Throws Wrong where that takes more than a minute.
void run_until(boost::asio::io_context& io, const std::function<bool()>& done);

/// One question: its answer, with texts of its own.
struct Said {
  unsigned status = 0;
  std::string body, tag;
};
[[nodiscard]] Said ask(std::uint16_t port, const std::string& request);

}  // namespace solnoma::bench
