#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "engine/disk.hpp"

namespace solnoma::test {

/// A disk whose file operations fail on demand: the real RocksDB meets the errors.
class FaultyDisk : public rocksdb::FileSystemWrapper {
 public:
  /// On top of `below`, which outlives this.
  explicit FaultyDisk(const Disk& below) : FileSystemWrapper(below.env()->GetFileSystem()) {}

  /// Writes to files whose names hold this text fail from the n-th on (from 1); 0: never.
  std::string failing = ".log";
  std::atomic<int> fail_from{0};
  std::string message = "injected";
  /// How long a sync of such a file takes, as on a real disk.
  std::chrono::microseconds sync_takes{0};
  /// Every file of this name cannot be opened for reading.
  std::string unreadable;

  /// Lets `n` more such writes succeed, and fails those after them.
  void fail_after(int n) {
    writes_ = 0;
    fail_from = n + 1;
  }

  const char* Name() const override { return "solnoma.FaultyDisk"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (status.ok() && name.find(failing) != std::string::npos)
      *file = std::make_unique<File>(std::move(*file), *this);
    return status;
  }
  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override {
    if (!unreadable.empty() && name.ends_with(unreadable))
      return rocksdb::IOStatus::IOError(name, message);
    return FileSystemWrapper::NewSequentialFile(name, options, file, context);
  }
  rocksdb::IOStatus LockFile(const std::string& name, const rocksdb::IOOptions& options,
                             rocksdb::FileLock** lock, rocksdb::IODebugContext* context) override {
    if (!unreadable.empty() && name.ends_with(unreadable))
      return rocksdb::IOStatus::IOError("While open a file for lock: " + name, message);
    return FileSystemWrapper::LockFile(name, options, lock, context);
  }

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile> file, FaultyDisk& disk)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}
    using FSWritableFileOwnerWrapper::Append;
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      if (disk_.fails()) return rocksdb::IOStatus::IOError(disk_.message);
      return FSWritableFileOwnerWrapper::Append(data, options, context);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
      if (disk_.sync_takes.count() > 0) std::this_thread::sleep_for(disk_.sync_takes);
      if (disk_.fails()) return rocksdb::IOStatus::IOError(disk_.message);
      return FSWritableFileOwnerWrapper::Sync(options, context);
    }

   private:
    FaultyDisk& disk_;
  };

  bool fails() { return fail_from > 0 && ++writes_ >= fail_from; }
  std::atomic<int> writes_{0};
};

/// The same as a Disk.
[[nodiscard]] inline Disk as_disk(const std::shared_ptr<FaultyDisk>& faulty) {
  return Disk(std::shared_ptr<rocksdb::Env>(rocksdb::NewCompositeEnv(faulty)));
}

}  // namespace solnoma::test
