#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace solnoma::bench {

/// `solnoma serve` on a store, as a process of its own. Ended with the object.
class Server {
 public:
  /// Starts it, and waits until it serves. What it says of its requests goes to the file `log`.
  /// Throws Wrong where it does not begin.
  Server(const std::string& program, const std::string& store, const std::string& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Who has this may record.
  [[nodiscard]] const std::string& token() const { return token_; }

  /// Bytes of its memory that are resident now.
  [[nodiscard]] std::uint64_t memory() const;
  /// Seconds that its threads have run.
  [[nodiscard]] double processor_seconds() const;

  /// Tells it to end and waits until it has. Throws Wrong where it does not say that all went well.
  void stop();

 private:
  void read_until(const char* word);

  pid_t pid_ = -1;
  int said_ = -1;
  std::string text_;
  std::uint16_t port_ = 0;
  std::string token_;
};

}  // namespace solnoma::bench
