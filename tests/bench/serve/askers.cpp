#include "tests/bench/serve/askers.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <limits>
#include <utility>

#include "tests/bench/check.hpp"
#include "tests/bench/measure.hpp"

namespace solnoma::bench {
namespace {

namespace http = boost::beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

void must_work(const error_code& error, const char* doing) {
  if (error) throw Wrong(fmt::format("{}: {}", doing, error.message()));
}

}  // namespace

struct Askers::Shared {
  Next next;
  Check check;
  std::size_t busy = 0;
  std::vector<double> took = {};
};

class Askers::Asker : public std::enable_shared_from_this<Asker> {
 public:
  Asker(net::io_context& io, std::shared_ptr<Shared> shared, std::size_t number)
      : socket_(io), shared_(std::move(shared)), number_(number) {
    // So much is read at once as there is room for: a long answer in few pieces.
    constexpr std::size_t kPiece = 256 << 10;
    buffer_.reserve(kPiece);
  }

  void begin(std::uint16_t port) {
    error_code error;
    socket_.connect({net::ip::address_v4::loopback(), port}, error);
    must_work(error, "connecting");
    socket_.set_option(tcp::no_delay(true));
    ask();
  }

 private:
  void ask() {
    const std::string* const request = shared_->next(number_);
    if (request == nullptr) {
      --shared_->busy;
      return;
    }
    began_ = SteadyClock::now();
    net::async_write(socket_, net::buffer(*request),
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       must_work(error, "asking");
                       self->read();
                     });
  }

  void read() {
    // The memory of a body is that of the one before.
    parser_.emplace(std::piecewise_construct, std::make_tuple(std::move(body_)));
    parser_->get().body().clear();
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       must_work(error, "reading an answer");
                       self->take();
                     });
  }

  void take() {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    shared_->took.push_back(Milliseconds(SteadyClock::now() - began_).count());
    auto& message = parser_->get();
    const auto tag = message[http::field::etag];
    shared_->check(number_, {message.result_int(), message.body(), {tag.data(), tag.size()}});
    body_ = std::move(message.body());
    ask();
  }

  tcp::socket socket_;
  std::shared_ptr<Shared> shared_;
  std::size_t number_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::response_parser<http::string_body>> parser_;
  std::string body_;
  SteadyClock::time_point began_;
};

Askers::Askers(net::io_context& io, std::uint16_t port, std::size_t connections, Next next,
               Check check)
    : shared_(std::make_shared<Shared>(Shared{std::move(next), std::move(check), connections})) {
  for (std::size_t i = 0; i < connections; ++i)
    std::make_shared<Asker>(io, shared_, i)->begin(port);
}

Askers::~Askers() = default;

std::size_t Askers::busy() const {
  return shared_->busy;
}

const std::vector<double>& Askers::took() const {
  return shared_->took;
}

std::string get_request(std::string_view target, std::string_view headers) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", target, headers);
}

std::string record_request(std::string_view event, std::string_view token) {
  return fmt::format(
      "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
      "Content-Type: application/cloudevents+json\r\nContent-Length: {}\r\n\r\n{}",
      token, event.size(), event);
}

void run_until(net::io_context& io, const std::function<bool()>& done) {
  constexpr double kPatience = 60;
  const Stopwatch watch;
  // The end of what ran before may have stopped it.
  io.restart();
  while (!done()) {
    if (watch.seconds() > kPatience) throw Wrong("the server does not answer to the end");
    io.run_one_for(std::chrono::milliseconds(100));
    if (io.stopped()) io.restart();
  }
}

Said ask(std::uint16_t port, const std::string& request) {
  net::io_context io;
  Said said;
  bool asked = false;
  const Askers one(
      io, port, 1, [&](std::size_t) { return std::exchange(asked, true) ? nullptr : &request; },
      [&](std::size_t, const Answer& answer) {
        said = {answer.status, std::string(answer.body), std::string(answer.tag)};
      });
  run_until(io, [&] { return one.busy() == 0; });
  return said;
}

}  // namespace solnoma::bench
