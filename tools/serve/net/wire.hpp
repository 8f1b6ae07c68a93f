#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

namespace solnoma {

/// A connection: its bytes as they are, or through TLS once handshake() is done. An asynchronous
/// stream as Boost.Beast has it; of one thread.
class Wire {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Tcp = boost::beast::tcp_stream;
  using executor_type = Tcp::executor_type;
  using Error = boost::system::error_code;

  explicit Wire(Socket socket) : tcp_(std::move(socket)) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  executor_type get_executor() noexcept { return tcp_.get_executor(); }
  /// What is below TLS: its time limits hold for what is above as well.
  Tcp& tcp() { return tcp_; }
  Socket& socket() { return tcp_.socket(); }
  [[nodiscard]] bool is_encrypted() const { return tls_.has_value(); }

  /// The server's part of it. `greeting` is what the client has sent already, and outlives it.
  void handshake(boost::asio::ssl::context& context, boost::asio::const_buffer greeting,
                 std::move_only_function<void(const Error&)> done);

  // What Boost.Beast makes of its buffers and handlers has many types. Below these two each has
  // one, or each of them would be compiled with all of TLS.

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    read_some(first_of<boost::asio::mutable_buffer>(buffers), std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    write_some(first_of<boost::asio::const_buffer>(buffers), std::forward<Handler>(handler));
  }

  /// Tells the client that nothing more comes. Through TLS its close_notify is waited for, as long
  /// as the limit of time allows; what it sends instead ends the waiting.
  void end(std::move_only_function<void()> done);

  void end_sending() {
    Error ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
  }

 private:
  using Done = std::move_only_function<void(const Error&, std::size_t)>;
  template <class Buffer>
  using First = std::array<Buffer, 8>;

  /// Of more buffers the others are left for the next call.
  template <class Buffer, class Buffers>
  static First<Buffer> first_of(const Buffers& buffers) {
    First<Buffer> first;
    auto free = first.begin();
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto each = boost::asio::buffer_sequence_begin(buffers);
         each != end && free != first.end(); ++each)
      if (const Buffer buffer(*each); buffer.size() > 0) *free++ = buffer;
    return first;
  }

  void read_some(const First<boost::asio::mutable_buffer>& buffers, Done done);
  void write_some(const First<boost::asio::const_buffer>& buffers, Done done);

  Tcp tcp_;
  std::optional<boost::beast::ssl_stream<Tcp&>> tls_;
};

}  // namespace solnoma
