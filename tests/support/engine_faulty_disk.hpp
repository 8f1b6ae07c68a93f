#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "tests/support/engine_watched_disk.hpp"

namespace solnoma::test {

/// What is to go wrong, and when.
struct Fault {
  unsigned operations = kWrite | kSync;  ///< any of these
  std::string files = {};                ///< only of paths that hold this text
  int at = 1;                            ///< the n-th of them, from 1
  bool lasting = true;                   ///< and all that follow
  enum Manner { error, short_write, no_space } manner = error;
};

/// A disk whose operations fail on demand.
class FaultyDisk : public WatchedDisk {
 public:
  using WatchedDisk::WatchedDisk;

  void inject(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    met_ = 0;
    struck_ = 0;
  }
  void heal() {
    const std::lock_guard lock(mutex_);
    fault_.reset();
  }
  /// How often the fault has struck.
  [[nodiscard]] int struck() const {
    const std::lock_guard lock(mutex_);
    return struck_;
  }

  std::string message = "injected";
  /// How long a sync of a write-ahead log takes, as on a real disk.
  std::chrono::microseconds sync_takes{0};
  /// Every file of this name cannot be opened for reading.
  std::string unreadable;

  Verdict meet(const Step& step) override {
    if (step.operation == kSync && sync_takes.count() > 0 && step.path.ends_with(".log"))
      std::this_thread::sleep_for(sync_takes);
    const std::lock_guard lock(mutex_);
    if (!fault_ || !(fault_->operations & step.operation)) return {};
    if (step.path.find(fault_->files) == std::string::npos) return {};
    ++met_;
    if (fault_->lasting ? met_ < fault_->at : met_ != fault_->at) return {};
    ++struck_;
    if (fault_->manner == Fault::no_space)
      return {rocksdb::IOStatus::NoSpace(message, step.path), 0};
    return {rocksdb::IOStatus::IOError(message, step.path),
            fault_->manner == Fault::short_write ? step.bytes.size() / 2 : 0};
  }

  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override {
    if (!unreadable.empty() && name.ends_with(unreadable))
      return rocksdb::IOStatus::IOError(name, message);
    return WatchedDisk::NewSequentialFile(name, options, file, context);
  }
  rocksdb::IOStatus LockFile(const std::string& name, const rocksdb::IOOptions& options,
                             rocksdb::FileLock** lock, rocksdb::IODebugContext* context) override {
    if (!unreadable.empty() && name.ends_with(unreadable))
      return rocksdb::IOStatus::IOError("While open a file for lock: " + name, message);
    return WatchedDisk::LockFile(name, options, lock, context);
  }

 private:
  mutable std::mutex mutex_;
  std::optional<Fault> fault_;
  int met_ = 0;
  int struck_ = 0;
};

}  // namespace solnoma::test
