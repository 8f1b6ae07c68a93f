#include "tools/serve/http_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <utility>
#include <vector>

#include "tools/serve/net/server_state.hpp"
#include "tools/serve/net/session.hpp"
#include "tools/serve/net/tls_identity.hpp"

namespace solnoma {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

}  // namespace

struct HttpServer::Impl : ServerState {
  tcp::acceptor acceptor{io};
  net::signal_set signals{io};
  net::steady_timer heartbeat{io};
  net::steady_timer next_look{io};
  net::steady_timer late{io};
  net::steady_timer drain{io};
  std::function<void()> give_up = [] {};  // what answers wait for
  const std::size_t most = security.identity ? limits.encrypted_connections : limits.connections;

  using ServerState::ServerState;

  void accept();
  void beat();
  void look();
  void stop();
  void wake();

  /// Writing may end a session, which takes itself out of the set.
  [[nodiscard]] std::vector<std::shared_ptr<Session>> all() const {
    std::vector<std::shared_ptr<Session>> result;
    for (Session* each : sessions) result.push_back(each->shared_from_this());
    return result;
  }
};

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
    if (stopping) return;
    if (!error && sessions.size() < most) {
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<Session>(*this, std::move(socket))->begin();
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
    for (const auto& each : all()) each->beat();
    beat();
  });
}

/// Files of a certificate are asked for by their state: a new one is taken in whoever wrote it, and
/// however.
void HttpServer::Impl::look() {
  if (!security.identity) return;
  next_look.expires_after(std::chrono::seconds{1});
  next_look.async_wait([this](error_code error) {
    if (error || stopping) return;
    security.identity->look();
    look();
  });
}

void HttpServer::Impl::wake() {
  for (const auto& each : all()) each->wake();
}

void HttpServer::Impl::stop() {
  if (std::exchange(stopping, true)) return;
  error_code ignored;
  signals.cancel(ignored);
  acceptor.close(ignored);
  heartbeat.cancel();
  next_look.cancel();
  for (const auto& each : all()) each->stop();
  late.expires_after(limits.late);
  late.async_wait([this](error_code error) {
    if (!error) give_up();
  });
  drain.expires_after(limits.drain);
  drain.async_wait([this](error_code error) {
    if (!error) io.stop();
  });
  // With the last connection there is nothing left to wait for.
  auto look = std::make_shared<std::function<void()>>();
  auto timer = std::make_shared<net::steady_timer>(io);
  *look = [this, timer, look_again = std::weak_ptr(look)] {
    if (sessions.empty()) {
      late.cancel();
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

HttpServer::HttpServer(const HttpLimits& limits, HttpSecurity security, AtOnce at_once,
                       WorkOf work_of, Handler handler, Tell tell)
    : impl_(std::make_unique<Impl>(limits, std::move(security), std::move(at_once),
                                   std::move(work_of), std::move(handler), std::move(tell))) {}

HttpServer::~HttpServer() {
  impl_->pool.join();
  impl_->recording.join();
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
  // Whoever is told the port may end it at once.
  impl_->signals.add(SIGINT, error);
  impl_->signals.add(SIGTERM, error);
  impl_->signals.async_wait([this](error_code none, int) {
    if (!none) impl_->stop();
  });
  return acceptor.local_endpoint().port();
}

void HttpServer::run() {
  impl_->accept();
  impl_->beat();
  impl_->look();
  impl_->io.run();
  error_code ignored;
  impl_->signals.clear(ignored);  // who does not want to wait for the rest sends another one
  impl_->pool.stop();
  impl_->recording.stop();
  impl_->pool.join();
  impl_->recording.join();
}

void HttpServer::when_late(std::function<void()> give_up) {
  impl_->give_up = std::move(give_up);
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
