#include "tools/serve/net/session.hpp"

#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/write.hpp>
#include <new>
#include <string_view>

#include "engine/base/catches_bad_alloc.hpp"
#include "tools/serve/net/tls_identity.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using boost::system::error_code;

/// A name that many servers of one machine share.
bool is_shared_name(std::string_view host) {
  return host == "localhost" || host.starts_with("localhost:");
}

/// Who wants more than there is gets nothing; what the others are answered goes on.
HttpAnswer answer_of(const HttpRequest& request, const HttpServer::Handler& handler) {
  const CatchesBadAlloc here;
  try {
    return handler(request);
  } catch (const std::bad_alloc&) {
    (void)malloc_trim(0);  // what it had so far is for the others, whatever threads they have
    return problem_answer(503, "there is not enough memory to answer this",
                          "ask for less at a time, or give the server more memory");
  }
}

}  // namespace

HttpAnswer plain_refusal(unsigned status, std::string text) {
  HttpAnswer answer{.status = status};
  answer.say(std::move(text) + "\n");
  return answer;
}

Session::Session(ServerState& server, Wire::Socket socket)
    : server_(&server), wire_(std::move(socket)), idle_end_(server.io) {
  server_->sessions.insert(this);
  server_->connections = server_->sessions.size();
}

Session::~Session() {
  server_->sessions.erase(this);
  server_->connections = server_->sessions.size();
  if (pieces_) --server_->streams;
}

void Session::begin() {
  if (!server_->security.identity) return listen();
  idle_ = true;
  wire_.tcp().expires_after(server_->limits.header_time);
  beast::async_detect_ssl(wire_.tcp(), buffer_,
                          [self = shared_from_this()](const error_code& error, bool encrypted) {
                            if (encrypted && !error) return self->greet();
                            self->idle_ = false;
                            if (error) return self->close();
                            self->refuse_unencrypted();
                          });
}

/// The limit of time goes on from the first byte.
void Session::greet() {
  const auto context = server_->security.identity->context();
  wire_.handshake(*context, buffer_.data(), [self = shared_from_this()](const error_code& error) {
    self->idle_ = false;
    // Nothing that came before is taken for something that was encrypted.
    self->buffer_ = {};
    if (!error) {
      // There is nothing to answer to its end: a client that holds its request back until that is
      // acknowledged (RFC 896) would wait 40 ms.
      const int now = 1;
      (void)setsockopt(self->wire_.socket().native_handle(), IPPROTO_TCP, TCP_QUICKACK, &now,
                       sizeof now);
      return self->listen();
    }
    if (self->server_->stopping) return self->drop();
    ++self->server_->refused;
    // The alert that says why must arrive.
    self->wire_.end_sending();
    self->wire_.tcp().expires_after(std::chrono::seconds{2});
    self->discard();
  });
}

/// Waits for a request. What the client sends in advance waits its turn.
void Session::listen() {
  if (server_->stopping) return close();
  if (buffer_.size() > 0) return read_header();
  buffer_ = {};  // one that was long is not kept while nothing is asked
  idle_ = true;
  // Not the stream's own limit, which closes the socket without a word.
  wire_.tcp().expires_never();
  idle_end_.expires_after(server_->limits.idle_time);
  idle_end_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (!error && self && self->idle_) self->wire_.tcp().cancel();
  });
  constexpr std::size_t kFirst = 4096;
  wire_.async_read_some(buffer_.prepare(kFirst),
                        [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                          self->idle_ = false;
                          self->idle_end_.cancel();
                          if (error) return self->close();
                          self->buffer_.commit(bytes);
                          self->read_header();
                        });
}

void Session::read_header() {
  parser_.emplace();
  set_limits(*parser_, server_->limits);
  wire_.tcp().expires_after(server_->limits.header_time);
  http::async_read_header(wire_, buffer_, *parser_,
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            if (error) return self->refuse(error);
                            if (const auto wrong = objection_to(self->parser_->get()))
                              return self->refuse(wrong);
                            self->read_body();
                          });
}

void Session::read_body() {
  wire_.tcp().expires_after(server_->limits.body_time);
  if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return take_body();
  static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
  net::async_write(wire_, net::buffer(kGoOn),
                   [self = shared_from_this()](const error_code& error, std::size_t) {
                     if (error) return self->close();
                     self->take_body();
                   });
}

void Session::take_body() {
  http::async_read(wire_, buffer_, *parser_,
                   [self = shared_from_this()](const error_code& error, std::size_t) {
                     if (error) return self->refuse(error);
                     self->take();
                   });
}

/// Of a request that cannot be read to its end the connection is closed: nobody knows where the
/// next one would begin.
void Session::refuse(const error_code& error) {
  const unsigned status = refusal_of(error);
  if (status == 0) return close();
  ++server_->refused;
  asked_ = {};
  keep_ = false;
  head_ = false;
  linger_ = true;
  write(plain_refusal(status, status == 431   ? "the header is too long"
                              : status == 413 ? "the body is too long"
                                              : "this is no HTTP request: " + error.message()));
}

/// Answered as it came: who sent it can read nothing else. What is no HTTP either gets no answer.
void Session::refuse_unencrypted() {
  ++server_->refused;
  const auto* first = static_cast<const char*>(buffer_.data().data());
  if (buffer_.size() == 0 || *first < 'A' || *first > 'Z') return close();
  keep_ = false;
  linger_ = true;
  write(plain_refusal(400, "what is sent here is encrypted: ask with https"));
}

void Session::take() {
  ++server_->requests;
  auto message = parser_->release();
  parser_.reset();
  keep_ = message.keep_alive() && !server_->stopping;
  head_ = message.method() == http::verb::head;
  old_ = message.version() < 11;
  HttpRequest request = request_of(message);
  request.by_https = wire_.is_encrypted() || server_->security.before;
  const std::string target(message.target());
  asked_ = {request.method, target, server_->traces.of(request.header("traceparent").value_or("")),
            std::chrono::steady_clock::now(),
            request.by_https && !is_shared_name(request.header("host").value_or(""))};
  if (!read_target(target, request)) {
    ++server_->refused;
    return write(plain_refusal(400, "the address is malformed"));
  }
  if (auto known = server_->at_once(request)) return write(std::move(*known));
  const HttpServer::Work work = server_->work_of(request);
  const bool counts = work != HttpServer::Work::stream;
  if (counts && server_->waiting >= server_->limits.waiting) {
    ++server_->refused;
    HttpAnswer busy = plain_refusal(503, "too many questions wait to be answered");
    busy.headers.emplace_back("Retry-After", "1");
    return write(std::move(busy));
  }
  if (counts) ++server_->waiting;
  auto& pool = work == HttpServer::Work::recording ? server_->recording : server_->pool;
  run_in(pool, [self = shared_from_this(), counts, request = std::move(request)] {
    auto answer = std::make_shared<HttpAnswer>(answer_of(request, self->server_->handler));
    if (counts) --self->server_->waiting;
    return [self, answer] { self->write(std::move(*answer)); };
  });
}

}  // namespace solnoma
