#include "tests/bench/serve/subscribers.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <limits>
#include <string_view>
#include <utility>

#include "tests/bench/check.hpp"
#include "tests/bench/serve/askers.hpp"

namespace solnoma::bench {
namespace {

namespace http = boost::beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

/// What a line of a stream says behind `name`; empty: it is another line.
std::string_view field_of(std::string_view block, std::string_view name) {
  while (!block.empty()) {
    const std::size_t end = block.find('\n');
    const std::string_view line = block.substr(0, end);
    if (line.starts_with(name)) return line.substr(name.size());
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
  }
  return {};
}

}  // namespace

struct Subscribers::Shared {
  std::uint64_t after;
  std::size_t caught_up = 0;
  std::vector<Heard> heard = {};
};

class Subscribers::Subscriber : public std::enable_shared_from_this<Subscriber> {
 public:
  Subscriber(net::io_context& io, std::shared_ptr<Shared> shared)
      : socket_(io), shared_(std::move(shared)) {}

  void begin(std::uint16_t port) {
    error_code error;
    socket_.connect({net::ip::address_v4::loopback(), port}, error);
    if (error) throw Wrong("a subscriber cannot connect: " + error.message());
    const std::string request = get_request(fmt::format("/v1/events?after={}", shared_->after),
                                            "Accept: text/event-stream\r\n");
    net::write(socket_, net::buffer(request), error);
    parser_.body_limit(std::numeric_limits<std::uint64_t>::max());
    read();
  }

  void end() {
    ended_ = true;
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  void read() {
    http::async_read_some(socket_, buffer_, parser_,
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            if (self->ended_) return;
                            if (error) throw Wrong("a stream has ended: " + error.message());
                            self->take();
                            self->read();
                          });
  }

  void take() {
    std::string& body = parser_.get().body();
    text_ += body;
    body.clear();
    std::string_view rest = text_;
    for (std::size_t end; (end = rest.find("\n\n")) != std::string_view::npos;) {
      hear(rest.substr(0, end));
      rest.remove_prefix(end + 2);
    }
    text_.erase(0, text_.size() - rest.size());
  }

  void hear(std::string_view block) {
    const std::string_view kind = field_of(block, "event: ");
    if (kind == "caught-up" && !std::exchange(caught_up_, true)) ++shared_->caught_up;
    if (kind != "event") return;
    const std::uint64_t position = std::stoull(std::string(field_of(block, "id: ")));
    require(position == shared_->after + told_ + 1, "a stream left out an event, or told it twice");
    const std::string_view event = field_of(block, "data: ");
    if (shared_->heard.size() == told_) shared_->heard.push_back({.event = std::string(event)});
    Heard& heard = shared_->heard[told_];
    require(heard.event == event, "two streams tell of one event differently");
    heard.last = std::chrono::steady_clock::now();
    if (heard.listeners++ == 0) heard.first = heard.last;
    ++told_;
  }

  tcp::socket socket_;
  std::shared_ptr<Shared> shared_;
  boost::beast::flat_buffer buffer_;
  http::response_parser<http::string_body> parser_;
  std::string text_;
  std::size_t told_ = 0;
  bool caught_up_ = false, ended_ = false;
};

Subscribers::Subscribers(net::io_context& io, std::uint16_t port, std::size_t count,
                         std::uint64_t after)
    : shared_(std::make_shared<Shared>(Shared{after})) {
  for (std::size_t i = 0; i < count; ++i) {
    subscribers_.push_back(std::make_shared<Subscriber>(io, shared_));
    subscribers_.back()->begin(port);
  }
}

Subscribers::~Subscribers() {
  for (const auto& each : subscribers_) each->end();
}

std::size_t Subscribers::caught_up() const {
  return shared_->caught_up;
}

const std::vector<Heard>& Subscribers::heard() const {
  return shared_->heard;
}

bool Subscribers::all_heard(std::size_t events) const {
  // Each is told in order: who was told of the last one was told of all.
  return events == 0 || (shared_->heard.size() >= events &&
                         shared_->heard[events - 1].listeners == subscribers_.size());
}

}  // namespace solnoma::bench
