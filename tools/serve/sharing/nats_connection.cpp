#include "tools/serve/sharing/nats_connection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace solnoma {
namespace {

/// What is sent is heard before it is stored: it is looked for again after so long, then after
/// twice that, until that is too long.
constexpr std::chrono::milliseconds kStoring{2};
constexpr std::chrono::milliseconds kStored{200};

template <class Handle>
using Owned = std::unique_ptr<Handle, void (*)(Handle*)>;

std::unexpected<Error> failed(const NatsLibrary& nats, const std::string& what, natsStatus status) {
  const char* const more = nats.last_error(nullptr);  // of this thread
  return fail(
      Errc::unavailable,
      fmt::format("{}: {}{}{}", what, nats.words(status),
                  more == nullptr || *more == '\0' ? "" : ": ", more == nullptr ? "" : more),
      "look whether a majority of NATS' servers can be reached");
}

}  // namespace

Result<std::shared_ptr<NatsConnection>> NatsConnection::open(const std::string& url,
                                                             const MemberAccess& access,
                                                             const std::string& subject,
                                                             std::chrono::milliseconds patience) {
  auto library = load_nats();
  if (!library) return std::unexpected(library.error());
  const NatsLibrary& nats = **library;
  natsOptions* made = nullptr;
  natsStatus status = nats.options_create(&made);
  const Owned<natsOptions> options(made, nats.options_destroy);
  if (status == NATS_OK) status = nats.set_url(made, url.c_str());
  if (status == NATS_OK) status = nats.set_timeout(made, patience.count());
  if (status == NATS_OK) status = nats.set_name(made, "solnoma");
  if (status == NATS_OK) status = nats.set_allow_reconnect(made, false);
  // Who is not interested in each message is not told of those that were dropped.
  if (status == NATS_OK) status = nats.set_error_handler(made, [](auto...) {}, nullptr);
  if (status == NATS_OK && url.starts_with("tls:")) status = nats.set_secure(made, true);
  if (status == NATS_OK && !access.authorities.empty())
    status = nats.load_authorities(made, access.authorities.c_str());
  if (status == NATS_OK && !access.certificate.empty())
    status =
        nats.load_certificate(made, access.certificate.c_str(), access.certificate_key.c_str());
  if (status == NATS_OK && !access.user.empty())
    status = nats.set_user(made, access.user.c_str(), access.password.c_str());
  natsConnection* handle = nullptr;
  if (status == NATS_OK) status = nats.connect(&handle, made);
  if (status != NATS_OK) return failed(nats, url, status);
  std::shared_ptr<NatsConnection> connection(new NatsConnection(nats, handle));
  status = nats.subscribe(&connection->heard_, handle, subject.c_str());
  // Anything that is kept says that there is something.
  if (status == NATS_OK) status = nats.set_pending_limits(connection->heard_, 1, -1);
  // From here on it is heard.
  if (status == NATS_OK) status = nats.flush(handle, std::max<std::int64_t>(patience.count(), 1));
  if (status != NATS_OK) return failed(nats, url, status);
  return connection;
}

NatsConnection::~NatsConnection() {
  // In this order: until libnats 3.6 what reads a connection may touch a subscription that another
  // thread destroys (https://github.com/nats-io/nats.c/issues/637).
  nats_.disconnect(handle_);
  if (heard_ != nullptr) nats_.unsubscribe(heard_);
}

Result<std::string> NatsConnection::ask(const NatsRequest& request,
                                        std::chrono::milliseconds patience) {
  natsMsg* made = nullptr;
  natsStatus status =
      nats_.message_create(&made, request.subject.c_str(), nullptr, request.body.data(),
                           static_cast<int>(request.body.size()));
  const Owned<natsMsg> message(made, nats_.message_destroy);
  if (status == NATS_OK && !request.header.empty())
    status = nats_.set_header(made, request.header.c_str(), request.value.c_str());
  natsMsg* answer = nullptr;
  if (status == NATS_OK) status = nats_.request(&answer, handle_, made, patience.count());
  if (status != NATS_OK) return failed(nats_, request.subject, status);
  const Owned<natsMsg> owned(answer, nats_.message_destroy);
  return std::string(nats_.message_data(answer),
                     static_cast<std::size_t>(nats_.message_size(answer)));
}

Result<void> NatsConnection::listen(std::chrono::milliseconds patience,
                                    const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + patience;
  natsStatus status = NATS_OK;
  auto look = kStored;  // the next one is after that
  while (status == NATS_OK && !done()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return {};
    natsMsg* heard = nullptr;
    status =
        nats_.next_message(&heard, heard_, (look < kStored ? std::min(left, look) : left).count());
    const Owned<natsMsg> message(heard, nats_.message_destroy);
    if (status == NATS_OK || status == NATS_SLOW_CONSUMER)
      look = kStoring;
    else if (look < kStored)
      look *= 2;
    if (status == NATS_TIMEOUT || status == NATS_SLOW_CONSUMER) status = NATS_OK;
  }
  if (status != NATS_OK) return failed(nats_, "what is sent", status);
  return {};
}

std::int64_t NatsConnection::most() const {
  return nats_.max_payload(handle_);
}

}  // namespace solnoma
