#include "tools/serve/net/wire.hpp"

namespace solnoma {

void Wire::handshake(boost::asio::ssl::context& context, boost::asio::const_buffer greeting,
                     std::move_only_function<void(const Error&)> done) {
  tls_.emplace(tcp_, context);
  tls_->async_handshake(
      boost::asio::ssl::stream_base::server, greeting,
      [done = std::move(done)](const Error& error, std::size_t) mutable { done(error); });
}

void Wire::end(std::move_only_function<void()> done) {
  if (!tls_) {
    end_sending();
    return done();
  }
  tls_->async_shutdown([this, done = std::move(done)](const Error&) mutable {
    end_sending();
    done();
  });
}

void Wire::read_some(const First<boost::asio::mutable_buffer>& buffers, Done done) {
  if (tls_)
    tls_->async_read_some(buffers, std::move(done));
  else
    tcp_.async_read_some(buffers, std::move(done));
}

void Wire::write_some(const First<boost::asio::const_buffer>& buffers, Done done) {
  if (tls_)
    tls_->async_write_some(buffers, std::move(done));
  else
    tcp_.async_write_some(buffers, std::move(done));
}

}  // namespace solnoma
