#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// What one client, and all of them together, may ask of the server.
struct HttpLimits {
  std::size_t header_bytes = 16 << 10;
  std::size_t body_bytes = 16 << 20;
  std::size_t connections = 10'000;
  std::size_t encrypted_connections = 4'000;  ///< of them; one takes 120 KB, another 7
  std::size_t waiting = 256;  ///< questions that wait for a thread; more are answered 503
  std::size_t threads = 2;    ///< that answer questions
  std::size_t told = 64;      ///< streams that are looked after at the same time; others wait
  /// That answer what records. Each waits for the disk, and those that wait together share its
  /// sync.
  std::size_t recording_threads = 32;
  std::chrono::seconds header_time{15};
  std::chrono::seconds body_time{60};
  std::chrono::seconds write_time{60};  ///< for a piece that the client does not take
  std::chrono::seconds idle_time{75};   ///< between two questions
  std::chrono::seconds heartbeat{15};
  std::chrono::seconds late{7};    ///< from stop() until what is waited for is given up
  std::chrono::seconds drain{10};  ///< from stop() to the end
};

class TlsIdentity;

/// What is encrypted on its way.
struct HttpSecurity {
  std::shared_ptr<TlsIdentity> identity = {};  ///< net/tls_identity.hpp; null: TLS is not spoken
  bool before = false;  ///< a web server stands before, and everybody comes to that by https
};

/// What was asked and answered. The texts live as long as the call that tells of it.
struct HttpExchange {
  std::string_view method, target;  ///< as they were sent
  std::string_view trace;           ///< 32 hexadecimal digits
  std::string_view by;              ///< HttpAnswer::by
  unsigned status = 0;
  std::size_t bytes = 0;  ///< of the body; of a stream none
  std::chrono::microseconds took{0};
};

/// An HTTP/1.1 server. Boost.Beast reads and writes (net/); one thread does that, others answer.
class HttpServer {
 public:
  /// Called by any of the answering threads.
  using Handler = std::function<HttpAnswer(const HttpRequest&)>;
  /// Called by the reading thread, before the others are asked: what is known at once; nullopt: it
  /// takes longer. It must not wait.
  using AtOnce = std::function<std::optional<HttpAnswer>(const HttpRequest&)>;

  enum class Work : std::uint8_t {
    question,   ///< takes a processor
    recording,  ///< waits for the disk
    stream,     ///< begins at once. A browser does not come back to one that was refused, and after
                ///< an interruption all come at the same time: it is never too many that wait
  };
  /// Called by the reading thread: what it takes to answer. It must not wait.
  using WorkOf = std::function<Work(const HttpRequest&)>;

  /// Called by the reading thread for each answer when it begins to be sent; of what is no request
  /// for none. It must not wait.
  using Tell = std::function<void(const HttpExchange&)>;

  struct Counts {
    std::uint64_t requests = 0, refused = 0;
    std::size_t connections = 0, streams = 0;
  };

  HttpServer(const HttpLimits& limits, HttpSecurity security, AtOnce at_once, WorkOf work_of,
             Handler handler, Tell tell);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Listens there; port 0 takes any that is free. The port. From here on SIGTERM and SIGINT end
  /// run(), also one that comes before it. Errors: invalid (no address), unavailable (in use, not
  /// permitted).
  [[nodiscard]] Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);

  /// Serves until stop() or such a signal, and until what was asked before is answered, as far as
  /// `drain` allows.
  void run();

  /// Before run(). The reading thread calls it when `late` has passed since stop() and something is
  /// not answered yet: what that waits for is to be given up. It must not wait.
  void when_late(std::function<void()> give_up);

  /// From any thread: takes no more connections, and ends streams.
  void stop();

  /// From any thread: answers that go on may have more to say.
  void wake();

  [[nodiscard]] Counts counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
