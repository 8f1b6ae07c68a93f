#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace solnoma {

/// Calls a function in another thread, a call ahead of what is taken, until that has nothing
/// more. The function lives until this has gone, which waits for the call under way.
template <class T>
class ReadAhead {
 public:
  using Read = std::function<std::optional<T>()>;

  explicit ReadAhead(Read read) : read_(std::move(read)), thread_([this] { run(); }) {}
  ~ReadAhead() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// Waits for what comes next. Throws what the function has thrown.
  std::optional<T> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !ready_.empty() || ended_; });
    if (ready_.empty()) {
      if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
      return std::nullopt;
    }
    std::optional<T> first = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return first;
  }

 private:
  static constexpr std::size_t kMost = 1;

  void run() {
    for (bool more = true; more;) {
      std::optional<T> read;
      std::exception_ptr thrown;
      try {
        read = read_();
      } catch (...) {
        thrown = std::current_exception();
      }
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ready_.size() < kMost || stopped_; });
      more = read && !stopped_;
      if (more) ready_.push_back(std::move(*read));
      ended_ = !more;
      thrown_ = thrown;
      lock.unlock();
      changed_.notify_all();
    }
  }

  Read read_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> ready_;
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr thrown_;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace solnoma
