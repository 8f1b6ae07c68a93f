#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/serve/sharing/member_access.hpp"
#include "tools/serve/sharing/nats_library.hpp"

namespace solnoma {

/// What a server of NATS is sent.
struct NatsRequest {
  std::string subject;
  std::string_view body = {};
  std::string header = {};  ///< its name; empty: there is none
  std::string value = {};   ///< of that
};

/// A connection to one server of NATS, which ends with it: whoever gets no answer makes another,
/// to another server. It hears what anybody sends on one subject. Thread-safe.
class NatsConnection {
 public:
  /// `url`: "nats://host:4222", or tls:// where it is to be encrypted. Errors: unavailable.
  [[nodiscard]] static Result<std::shared_ptr<NatsConnection>> open(
      const std::string& url, const MemberAccess& access, const std::string& subject,
      std::chrono::milliseconds patience);
  ~NatsConnection();
  NatsConnection(const NatsConnection&) = delete;
  NatsConnection& operator=(const NatsConnection&) = delete;

  /// What is answered. Errors: unavailable: nobody answers within patience.
  [[nodiscard]] Result<std::string> ask(const NatsRequest& request,
                                        std::chrono::milliseconds patience);

  /// Waits until `done`, which is asked first, then each time that something is heard that was not
  /// heard in an earlier call, and soon after that; or until patience ends. Where several threads
  /// wait, each thing is heard by one. Errors: unavailable.
  [[nodiscard]] Result<void> listen(std::chrono::milliseconds patience,
                                    const std::function<bool()>& done);

  /// The most bytes of one message that the server takes.
  [[nodiscard]] std::int64_t most() const;

 private:
  NatsConnection(const NatsLibrary& nats, natsConnection* handle) : nats_(nats), handle_(handle) {}

  const NatsLibrary& nats_;
  natsConnection* handle_;
  natsSubscription* heard_ = nullptr;  // lives as long as the connection
};

}  // namespace solnoma
