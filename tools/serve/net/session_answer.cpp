#include <fmt/format.h>

#include <boost/asio/write.hpp>
#include <new>

#include "engine/base/catches_bad_alloc.hpp"
#include "tools/serve/net/session.hpp"

namespace solnoma {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using boost::system::error_code;

/// How long a connection that ends waits for the client's part of that.
constexpr std::chrono::seconds kEndTime{2};

/// A stream for which there is not enough memory ends: who wants it asks again from where it was.
std::optional<std::string> next_piece(const Pieces& pieces) {
  const CatchesBadAlloc here;
  try {
    return pieces();
  } catch (const std::bad_alloc&) {
    return std::nullopt;
  }
}

}  // namespace

void Session::write(HttpAnswer answer) {
  // A connection that will be closed says so: else a client sends its next request into the end.
  keep_ = keep_ && !server_->stopping;
  if (answer.pieces && !head_) return begin_pieces(std::move(answer));
  body_ = answer.body ? std::move(answer.body) : std::make_shared<const std::string>();
  if (head_) {
    auto response = std::make_shared<http::response<http::empty_body>>();
    set_head(*response, answer);
    if (!answer.pieces) response->content_length(body_->size());
    return send(response);
  }
  auto response = std::make_shared<http::response<http::span_body<const char>>>();
  set_head(*response, answer);
  response->body() = {body_->data(), body_->size()};
  if (answer.status != 304) response->prepare_payload();
  send(response);
}

template <class Response>
void Session::set_head(Response& response, const HttpAnswer& answer) const {
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
  // For two years a browser asks by https alone (RFC 6797).
  if (asked_.by_https) response.set("Strict-Transport-Security", "max-age=63072000");
}

template <class Response>
void Session::send(const std::shared_ptr<Response>& response) {
  wire_.tcp().expires_after(server_->limits.write_time);
  http::async_write(wire_, *response,
                    [self = shared_from_this(), response](const error_code& error, std::size_t) {
                      self->body_.reset();
                      if (!error && self->linger_) return self->linger();
                      if (error || !self->keep_) return self->close();
                      self->listen();
                    });
}

void Session::begin_pieces(HttpAnswer answer) {
  keep_ = false;
  if (old_) return write(plain_refusal(505, "this address has no end: ask by HTTP/1.1"));
  pieces_ = std::move(answer.pieces);
  ++server_->streams;
  heartbeat_ = std::move(answer.heartbeat);
  farewell_ = std::move(answer.farewell);
  auto response = std::make_shared<http::response<http::empty_body>>();
  set_head(*response, answer);
  response->chunked(true);
  response->set("X-Accel-Buffering", "no");  // of a web server before it: nginx
  auto serializer = std::make_shared<http::response_serializer<http::empty_body>>(*response);
  wire_.tcp().expires_after(server_->limits.write_time);
  http::async_write_header(
      wire_, *serializer,
      [self = shared_from_this(), response, serializer](const error_code& error, std::size_t) {
        if (error) return self->close();
        self->watch();
        self->pump();
      });
}

/// Notices when the client goes while there is nothing to write. Through TLS, too, a client that
/// has asked sends nothing but its end.
void Session::watch() {
  wire_.socket().async_wait(Wire::Socket::wait_read,
                            [self = shared_from_this()](const error_code&) {
                              self->gone_ = true;
                              if (self->parked_) self->close();
                            });
}

void Session::wake() {
  if (parked_)
    pump();
  else
    woken_ = true;
}

void Session::beat() {
  if (parked_ && !heartbeat_.empty()) write_piece(heartbeat_);
}

/// Looks for more to say, when it is this stream's turn.
void Session::pump() {
  parked_ = false;
  if (server_->telling >= server_->limits.told) {
    server_->to_tell.push_back(shared_from_this());
    return;
  }
  ++server_->telling;
  look_for_piece();
}

void Session::look_for_piece() {
  run_in(server_->pool, [self = shared_from_this()] {
    auto piece = std::make_shared<std::optional<std::string>>(next_piece(self->pieces_));
    return [self, piece] {
      self->next_stream();
      self->take_piece(std::move(*piece));
    };
  });
}

/// Gives the turn to who has waited longest.
void Session::next_stream() {
  if (server_->to_tell.empty()) {
    --server_->telling;
    return;
  }
  const auto next = std::move(server_->to_tell.front());
  server_->to_tell.pop_front();
  next->look_for_piece();
}

void Session::take_piece(std::optional<std::string> piece) {
  if (gone_) return close();
  if (!piece) return end_pieces({});
  if (server_->stopping) return end_pieces(*piece + farewell_);
  if (!piece->empty()) return write_piece(std::move(*piece));
  parked_ = true;
  // What came while it was looked for has been told to those that were parked already.
  if (std::exchange(woken_, false)) pump();
}

void Session::write_piece(std::string piece) {
  parked_ = false;
  chunk_ = std::move(piece);
  wire_.tcp().expires_after(server_->limits.write_time);
  net::async_write(wire_, http::make_chunk(net::buffer(chunk_)),
                   [self = shared_from_this()](const error_code& error, std::size_t) {
                     if (error || self->gone_) return self->close();
                     self->chunk_ = {};
                     self->pump();
                   });
}

void Session::end_pieces(std::string last) {
  chunk_ = last.empty() ? std::string() : fmt::format("{:x}\r\n{}\r\n", last.size(), last);
  chunk_ += "0\r\n\r\n";
  wire_.tcp().expires_after(server_->limits.write_time);
  net::async_write(wire_, net::buffer(chunk_),
                   [self = shared_from_this()](const error_code&, std::size_t) { self->close(); });
}

void Session::stop() {
  if (idle_) return wire_.tcp().cancel();
  if (!parked_) return;  // it ends by itself, or when the draining does
  parked_ = false;
  end_pieces(farewell_);
}

/// A client that still sends when the connection is closed loses what it was answered (RFC 9112,
/// 9.6): for a while, what it sends is taken and thrown away.
void Session::linger() {
  wire_.tcp().expires_after(kEndTime);
  wire_.end([self = shared_from_this()] { self->discard(); });
}

/// What comes is not even decrypted.
void Session::discard() {
  constexpr std::size_t kPiece = 64 << 10;
  constexpr std::size_t kMost = 16 << 20;
  buffer_.clear();
  wire_.tcp().async_read_some(
      buffer_.prepare(kPiece),
      [self = shared_from_this()](const error_code& error, std::size_t bytes) {
        self->discarded_ += bytes;
        if (error || self->discarded_ > kMost) return self->drop();
        self->discard();
      });
}

void Session::close() {
  parked_ = false;
  if (std::exchange(closing_, true)) return;
  wire_.tcp().expires_after(kEndTime);
  wire_.end([self = shared_from_this()] { self->drop(); });
}

void Session::drop() {
  error_code ignored;
  wire_.socket().close(ignored);
}

}  // namespace solnoma
