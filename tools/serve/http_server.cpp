#include "tools/serve/http_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <csignal>
#include <random>
#include <unordered_set>
#include <utility>

#include "events/text/ascii_lower.hpp"

namespace solnoma {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

/// What the reading of a request failed with, in terms of HTTP; 0: the client has gone.
unsigned status_of(const error_code& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return 0;
  // All that the parser itself objects to.
  return error.category() == make_error_code(http::error::bad_method).category() ? 400 : 0;
}

/// Of requests that bring none of their own (https://www.w3.org/TR/trace-context/).
class TraceIds {
 public:
  std::string of(std::string_view parent) {
    constexpr std::size_t kBegin = 3;
    constexpr std::size_t kDigits = 32;
    constexpr std::size_t kLength = 55;
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (parent.size() >= kLength && parent[2] == '-' && parent[kBegin + kDigits] == '-')
      if (const auto id = parent.substr(kBegin, kDigits); std::ranges::all_of(id, is_hex))
        return std::string(id);
    return fmt::format("{:016x}{:016x}", random_(), random_());
  }

 private:
  std::mt19937_64 random_{std::random_device{}()};
};

HttpAnswer plain(unsigned status, std::string text) {
  HttpAnswer answer{.status = status};
  answer.say(std::move(text) + "\n");
  return answer;
}

}  // namespace

struct HttpServer::Impl {
  class Session;

  HttpLimits limits;
  AtOnce at_once;
  Handler handler;
  Tell tell;
  TraceIds traces;
  std::unordered_set<Session*> sessions;  // each takes itself out; of the reading thread
  bool stopping = false;
  std::function<void()> ended;  // of run(): nothing more can end it
  std::atomic<std::size_t> waiting = 0;
  std::atomic<std::uint64_t> requests = 0, refused = 0;
  std::atomic<std::size_t> connections = 0, streams = 0;
  // What waits for these holds sessions: they go first.
  net::io_context io{1};
  net::thread_pool pool;
  tcp::acceptor acceptor{io};
  net::steady_timer heartbeat{io};
  net::steady_timer drain{io};

  Impl(const HttpLimits& l, AtOnce a, Handler h, Tell t)
      : limits(l),
        at_once(std::move(a)),
        handler(std::move(h)),
        tell(std::move(t)),
        pool(l.threads) {}

  void accept();
  void beat();
  void stop();
  void wake();
};

/// One connection. All its functions run on the reading thread, but for the handler and the pieces.
class HttpServer::Impl::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Impl& server, tcp::socket socket) : server_(&server), stream_(std::move(socket)) {
    server_->sessions.insert(this);
    server_->connections = server_->sessions.size();
  }
  ~Session() {
    server_->sessions.erase(this);
    server_->connections = server_->sessions.size();
    if (pieces_) --server_->streams;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Waits for a request. What the client sends in advance waits its turn.
  void listen() {
    if (server_->stopping) return close();
    if (buffer_.size() > 0) return read_header();
    buffer_ = {};  // one that was long is not kept while nothing is asked
    idle_ = true;
    stream_.expires_after(server_->limits.idle_time);
    constexpr std::size_t kFirst = 4096;
    stream_.async_read_some(buffer_.prepare(kFirst),
                            [self = shared_from_this()](error_code error, std::size_t bytes) {
                              self->idle_ = false;
                              if (error) return self->close();
                              self->buffer_.commit(bytes);
                              self->read_header();
                            });
  }

  void wake() {
    if (parked_) pump();
  }
  void beat() {
    if (parked_ && !heartbeat_.empty()) write_piece(heartbeat_);
  }
  void stop() {
    if (idle_) return close();
    if (!parked_) return;  // it ends by itself, or when the draining does
    parked_ = false;
    end_pieces(farewell_);
  }

 private:
  void read_header() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(server_->limits.header_bytes));
    parser_->body_limit(server_->limits.body_bytes);
    stream_.expires_after(server_->limits.header_time);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->refuse(error);
                              // A coding that is not known says nothing of where the body ends.
                              const auto& head = self->parser_->get();
                              if (head.count(http::field::transfer_encoding) > 0 &&
                                  !beast::iequals(head[http::field::transfer_encoding], "chunked"))
                                return self->refuse(http::error::bad_transfer_encoding);
                              self->read_body();
                            });
  }

  void read_body() {
    stream_.expires_after(server_->limits.body_time);
    if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return take_body();
    static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(stream_, net::buffer(kGoOn),
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (error) return self->close();
                       self->take_body();
                     });
  }

  void take_body() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (error) return self->refuse(error);
                       self->take();
                     });
  }

  /// Of a request that cannot be read to its end the connection is closed: nobody knows where the
  /// next one would begin.
  void refuse(const error_code& error) {
    const unsigned status = status_of(error);
    if (status == 0) return close();
    ++server_->refused;
    asked_ = {};
    keep_ = false;
    head_ = false;
    linger_ = true;
    write(plain(status, status == 431   ? "the header is too long"
                        : status == 413 ? "the body is too long"
                                        : "this is no HTTP request: " + error.message()));
  }

  void take() {
    ++server_->requests;
    auto message = parser_->release();
    parser_.reset();
    keep_ = message.keep_alive() && !server_->stopping;
    head_ = message.method() == http::verb::head;
    old_ = message.version() < 11;
    HttpRequest request;
    request.method = std::string(message.method_string());
    for (const auto& field : message) {
      request.headers.emplace_back(ascii_lower(std::string(field.name_string())),
                                   std::string(field.value()));
    }
    const std::string target(message.target());
    asked_ = {request.method, target,
              server_->traces.of(request.header("traceparent").value_or("")),
              std::chrono::steady_clock::now()};
    request.body = std::move(message.body());
    if (!read_target(target, request)) {
      ++server_->refused;
      return write(plain(400, "the address is malformed"));
    }
    if (auto known = server_->at_once(request)) return write(std::move(*known));
    if (server_->waiting >= server_->limits.waiting) {
      ++server_->refused;
      HttpAnswer busy = plain(503, "too many questions wait to be answered");
      busy.headers.emplace_back("Retry-After", "1");
      return write(std::move(busy));
    }
    ++server_->waiting;
    in_pool([self = shared_from_this(), request = std::move(request)] {
      auto answer = std::make_shared<HttpAnswer>(self->server_->handler(request));
      --self->server_->waiting;
      return [self, answer] { self->write(std::move(*answer)); };
    });
  }

  /// Runs `work` on an answering thread, and what it returns on the reading one.
  template <class Work>
  void in_pool(Work work) {
    // While it is answered, the connection has nothing else to do, and must not go.
    stream_.expires_never();
    net::post(server_->pool, [guard = net::make_work_guard(server_->io), work = std::move(work),
                              &io = server_->io]() mutable {
      // What holds the session ends on the thread that sessions belong to.
      net::post(io, [done = work(), work = std::move(work)] { done(); });
    });
  }

  void write(HttpAnswer answer) {
    if (answer.pieces) return begin_pieces(std::move(answer));
    body_ = answer.body ? std::move(answer.body) : std::make_shared<const std::string>();
    if (head_) {
      auto response = std::make_shared<http::response<http::empty_body>>();
      set_head(*response, answer);
      response->content_length(body_->size());
      return send(response);
    }
    auto response = std::make_shared<http::response<http::span_body<const char>>>();
    set_head(*response, answer);
    response->body() = {body_->data(), body_->size()};
    if (answer.status != 304) response->prepare_payload();
    send(response);
  }

  template <class Response>
  void set_head(Response& response, const HttpAnswer& answer) const {
    if (!asked_.trace.empty()) {
      const auto took = std::chrono::steady_clock::now() - asked_.began;
      server_->tell({asked_.method, asked_.target, asked_.trace, answer.by, answer.status,
                     body_ ? body_->size() : 0,
                     std::chrono::duration_cast<std::chrono::microseconds>(took)});
      response.set("Solnoma-Trace", asked_.trace);
    }
    response.version(11);
    response.result(answer.status);
    response.keep_alive(keep_);
    if (answer.status != 304) response.set(http::field::content_type, answer.type);
    for (const auto& [name, value] : answer.headers) response.set(name, value);
    response.set("X-Content-Type-Options", "nosniff");
  }

  template <class Response>
  void send(const std::shared_ptr<Response>& response) {
    stream_.expires_after(server_->limits.write_time);
    http::async_write(stream_, *response,
                      [self = shared_from_this(), response](error_code error, std::size_t) {
                        self->body_.reset();
                        if (!error && self->linger_) return self->linger();
                        if (error || !self->keep_) return self->close();
                        self->listen();
                      });
  }

  void begin_pieces(HttpAnswer answer) {
    if (old_ || head_) {
      keep_ = false;
      return write(plain(old_ ? 505 : 405, "this address has no end: ask with GET, by HTTP/1.1"));
    }
    pieces_ = std::move(answer.pieces);
    ++server_->streams;
    heartbeat_ = std::move(answer.heartbeat);
    farewell_ = std::move(answer.farewell);
    auto response = std::make_shared<http::response<http::empty_body>>();
    set_head(*response, answer);
    response->chunked(true);
    auto serializer = std::make_shared<http::response_serializer<http::empty_body>>(*response);
    stream_.expires_after(server_->limits.write_time);
    http::async_write_header(
        stream_, *serializer,
        [self = shared_from_this(), response, serializer](error_code error, std::size_t) {
          if (error) return self->close();
          self->watch();
          self->pump();
        });
  }

  /// Notices when the client goes while there is nothing to write.
  void watch() {
    stream_.socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code) {
      self->gone_ = true;
      if (self->parked_) self->close();
    });
  }

  void pump() {
    parked_ = false;
    in_pool([self = shared_from_this()] {
      auto piece = std::make_shared<std::optional<std::string>>(self->pieces_());
      return [self, piece] { self->take_piece(std::move(*piece)); };
    });
  }

  void take_piece(std::optional<std::string> piece) {
    if (gone_) return close();
    if (!piece) return end_pieces({});
    if (server_->stopping) return end_pieces(*piece + farewell_);
    if (!piece->empty()) return write_piece(std::move(*piece));
    parked_ = true;
    // What came while it was looked for has been told to those that were parked already.
    if (std::exchange(woken_, false)) pump();
  }

  void write_piece(std::string piece) {
    parked_ = false;
    chunk_ = std::move(piece);
    stream_.expires_after(server_->limits.write_time);
    net::async_write(stream_, http::make_chunk(net::buffer(chunk_)),
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (error || self->gone_) return self->close();
                       self->chunk_ = {};
                       self->pump();
                     });
  }

  void end_pieces(std::string last) {
    keep_ = false;
    chunk_ = last.empty() ? std::string() : fmt::format("{:x}\r\n{}\r\n", last.size(), last);
    chunk_ += "0\r\n\r\n";
    stream_.expires_after(server_->limits.write_time);
    net::async_write(stream_, net::buffer(chunk_),
                     [self = shared_from_this()](error_code, std::size_t) { self->close(); });
  }

  /// A client that still sends when the connection is closed loses what it was answered (RFC 9112,
  /// 9.6): for a while, what it sends is taken and thrown away.
  void linger() {
    constexpr std::chrono::seconds kPatience{2};
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kPatience);
    buffer_ = {};
    discard();
  }

  void discard() {
    constexpr std::size_t kPiece = 64 << 10;
    constexpr std::size_t kMost = 16 << 20;
    stream_.async_read_some(buffer_.prepare(kPiece),
                            [self = shared_from_this()](error_code error, std::size_t bytes) {
                              self->discarded_ += bytes;
                              if (error || self->discarded_ > kMost) return self->close();
                              self->discard();
                            });
  }

  void close() {
    parked_ = false;
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.socket().close(ignored);
  }

 public:
  void note_wake() { woken_ = true; }
  [[nodiscard]] bool is_parked() const { return parked_; }

 private:
  Impl* server_;  // outlives it
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::shared_ptr<const std::string> body_;  // while it is written
  Pieces pieces_;
  std::string heartbeat_, farewell_, chunk_;
  bool keep_ = true;  // the connection, for another request
  struct Asked {
    std::string method, target, trace;  // no trace: nothing was asked yet
    std::chrono::steady_clock::time_point began;
  };
  Asked asked_;
  bool head_ = false;    // the request asks for no body
  bool linger_ = false;  // when it is answered, the client may still send
  std::size_t discarded_ = 0;
  bool old_ = false;     // it speaks HTTP/1.0
  bool idle_ = false;    // no request has begun
  bool parked_ = false;  // there is no piece to tell
  bool woken_ = false;   // there may be one since it was looked for
  bool gone_ = false;    // the client
};

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
    if (stopping) return;
    if (!error && sessions.size() < limits.connections) {
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<Session>(*this, std::move(socket))->listen();
    } else if (error) {
      // There may be no descriptors left: the connections that there are go on.
      auto pause = std::make_shared<net::steady_timer>(io, std::chrono::milliseconds(100));
      return pause->async_wait([this, pause](error_code) { accept(); });
    }
    accept();
  });
}

void HttpServer::Impl::beat() {
  heartbeat.expires_after(limits.heartbeat);
  heartbeat.async_wait([this](error_code error) {
    if (error || stopping) return;
    // Writing may end a session, which takes itself out of the set.
    std::vector<std::shared_ptr<Session>> all;
    for (Session* each : sessions) all.push_back(each->shared_from_this());
    for (const auto& each : all) each->beat();
    beat();
  });
}

void HttpServer::Impl::wake() {
  std::vector<std::shared_ptr<Session>> parked;
  for (Session* each : sessions) {
    if (each->is_parked())
      parked.push_back(each->shared_from_this());
    else
      each->note_wake();
  }
  for (const auto& each : parked) each->wake();
}

void HttpServer::Impl::stop() {
  if (std::exchange(stopping, true)) return;
  if (ended) ended();
  error_code ignored;
  acceptor.close(ignored);
  heartbeat.cancel();
  std::vector<std::shared_ptr<Session>> all;
  for (Session* each : sessions) all.push_back(each->shared_from_this());
  for (const auto& each : all) each->stop();
  drain.expires_after(limits.drain);
  drain.async_wait([this](error_code error) {
    if (!error) io.stop();
  });
  // With the last connection there is nothing left to wait for.
  auto look = std::make_shared<std::function<void()>>();
  auto timer = std::make_shared<net::steady_timer>(io);
  *look = [this, timer, look_again = std::weak_ptr(look)] {
    if (sessions.empty()) {
      drain.cancel();
      return;
    }
    timer->expires_after(std::chrono::milliseconds(20));
    timer->async_wait([again = look_again.lock()](error_code) {
      if (again) (*again)();
    });
  };
  (*look)();
}

HttpServer::HttpServer(const HttpLimits& limits, AtOnce at_once, Handler handler, Tell tell)
    : impl_(std::make_unique<Impl>(limits, std::move(at_once), std::move(handler),
                                   std::move(tell))) {}

HttpServer::~HttpServer() {
  impl_->pool.join();
}

Result<std::uint16_t> HttpServer::listen(const std::string& address, std::uint16_t port) {
  error_code error;
  const auto ip = net::ip::make_address(address, error);
  if (error)
    return fail(Errc::invalid, fmt::format("'{}' is no address of a network", address),
                "name one as in 127.0.0.1 or ::1");
  const tcp::endpoint endpoint(ip, port);
  tcp::acceptor& acceptor = impl_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
  if (error)
    return fail(Errc::unavailable,
                fmt::format("cannot listen at {} port {}: {}", address, port, error.message()),
                "name another one with --listen");
  return acceptor.local_endpoint().port();
}

void HttpServer::run() {
  net::signal_set signals(impl_->io, SIGINT, SIGTERM);
  signals.async_wait([&](error_code error, int) {
    if (!error) impl_->stop();
  });
  impl_->ended = [&] { signals.cancel(); };
  impl_->accept();
  impl_->beat();
  impl_->io.run();
  impl_->ended = {};
  impl_->pool.stop();
  impl_->pool.join();
}

void HttpServer::stop() {
  net::post(impl_->io, [this] { impl_->stop(); });
}

void HttpServer::wake() {
  net::post(impl_->io, [this] { impl_->wake(); });
}

HttpServer::Counts HttpServer::counts() const {
  return {impl_->requests, impl_->refused, impl_->connections, impl_->streams};
}

}  // namespace solnoma
