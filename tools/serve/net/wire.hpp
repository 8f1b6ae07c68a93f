#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <cstddef>
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

  /// The server's part of it. `greeting` has what the client has sent already, and outlives it.
  template <class Greeting, class Done>
  void handshake(boost::asio::ssl::context& context, const Greeting& greeting, Done done) {
    tls_.emplace(tcp_, context);
    tls_->async_handshake(
        boost::asio::ssl::stream_base::server, greeting.data(),
        [done = std::move(done)](const Error& error, std::size_t) mutable { done(error); });
  }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_)
      tls_->async_read_some(buffers, std::forward<Handler>(handler));
    else
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_)
      tls_->async_write_some(buffers, std::forward<Handler>(handler));
    else
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
  }

  /// Tells the client that nothing more comes. Through TLS its close_notify is waited for, as long
  /// as the limit of time allows; what it sends instead ends the waiting.
  template <class Done>
  void end(Done done) {
    if (!tls_) {
      end_sending();
      return done();
    }
    tls_->async_shutdown([this, done = std::move(done)](const Error&) mutable {
      end_sending();
      done();
    });
  }

  void end_sending() {
    Error ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
  }

 private:
  Tcp tcp_;
  std::optional<boost::beast::ssl_stream<Tcp&>> tls_;
};

}  // namespace solnoma
