#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tools/serve/http.hpp"
#include "tools/serve/net/incoming.hpp"
#include "tools/serve/net/server_state.hpp"
#include "tools/serve/net/wire.hpp"

namespace solnoma {

/// One connection. All its functions run on the reading thread, but for the handler and the pieces.
/// What reads stands in session.cpp, what answers in session_answer.cpp.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(ServerState& server, Wire::Socket socket);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// The handshake, where the server speaks TLS, and then request after request.
  void begin();

  /// There may be more to say to who waits for it.
  void wake();
  void beat();
  void stop();

 private:
  // Reading.
  void greet();
  void listen();
  void read_header();
  void read_body();
  void take_body();
  void take();
  void refuse(const boost::system::error_code& error);
  void refuse_unencrypted();

  // Answering.
  void write(HttpAnswer answer);
  template <class Response>
  void set_head(Response& response, const HttpAnswer& answer) const;
  template <class Response>
  void send(const std::shared_ptr<Response>& response);

  // Answering piece by piece.
  void begin_pieces(HttpAnswer answer);
  void watch();
  void pump();
  void look_for_piece();
  void next_stream();
  void take_piece(std::optional<std::string> piece);
  void write_piece(std::string piece);
  void end_pieces(std::string last);

  // Ending.
  void linger();
  void discard();
  void close();
  void drop();

  /// Runs `work` on a thread of the pool, and what it returns on the reading one.
  template <class Work>
  void run_in(boost::asio::thread_pool& pool, Work work) {
    namespace net = boost::asio;
    // While it is answered, the connection has nothing else to do, and must not go.
    wire_.tcp().expires_never();
    net::post(pool, [guard = net::make_work_guard(server_->io), work = std::move(work),
                     &io = server_->io]() mutable {
      // What holds the session ends on the thread that sessions belong to.
      net::post(io, [done = work(), work = std::move(work)] { done(); });
    });
  }

  ServerState* server_;  // outlives it
  Wire wire_;
  boost::asio::steady_timer idle_end_;
  boost::beast::flat_buffer buffer_;
  std::optional<IncomingParser> parser_;
  std::shared_ptr<const std::string> body_;  // while it is written
  Pieces pieces_;
  std::string heartbeat_, farewell_, chunk_;
  bool keep_ = true;  // the connection, for another request
  struct Asked {
    std::string method, target, trace;  // no trace: nothing was asked yet
    std::chrono::steady_clock::time_point began;
    bool by_https = false;  // and of a name that is this server's alone
  };
  Asked asked_;
  bool head_ = false;    // the request asks for no body
  bool linger_ = false;  // when it is answered, the client may still send
  std::size_t discarded_ = 0;
  bool old_ = false;      // it speaks HTTP/1.0
  bool idle_ = false;     // no request has begun
  bool parked_ = false;   // there is no piece to tell
  bool woken_ = false;    // there may be one since it was looked for
  bool gone_ = false;     // the client
  bool closing_ = false;  // and nothing else
};

/// An answer of the server itself, to what the handler does not see.
[[nodiscard]] HttpAnswer plain_refusal(unsigned status, std::string text);

}  // namespace solnoma
