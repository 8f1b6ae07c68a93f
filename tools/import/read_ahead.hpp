#pragma once

#include <functional>
#include <future>
#include <optional>
#include <utility>

namespace solnoma {

/// Calls a function in another thread, one call ahead of what is taken, until that has nothing
/// more. The function is called by one thread at a time, and lives until this has gone.
template <class T>
class ReadAhead {
 public:
  using Read = std::function<std::optional<T>()>;

  explicit ReadAhead(Read read) : read_(std::move(read)) { begin(); }
  ~ReadAhead() {
    if (ahead_.valid()) ahead_.wait();
  }
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// Waits for the call under way, and begins the next one. Throws what that has thrown.
  std::optional<T> next() {
    if (!ahead_.valid()) return std::nullopt;
    std::optional<T> read = ahead_.get();
    if (read) begin();
    return read;
  }

 private:
  void begin() { ahead_ = std::async(std::launch::async, read_); }

  Read read_;
  std::future<std::optional<T>> ahead_;
};

}  // namespace solnoma
