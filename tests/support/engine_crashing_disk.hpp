#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/disk.hpp"

namespace solnoma::test {

/// A disk that tells of every write to the write-ahead log before it happens, and hands
/// out what would be left if the machine stopped there.
class CrashingDisk : public rocksdb::FileSystemWrapper {
 public:
  explicit CrashingDisk(Disk below)
      : FileSystemWrapper(below.env()->GetFileSystem()), below_(std::move(below)) {}

  enum class Crash {
    of_program,  ///< all that was written is there, and half of what is being written
    of_power,    ///< of the write-ahead log only what was synced is there
  };
  /// Called before each write and sync.
  std::function<void()> before_write;

  const char* Name() const override { return "solnoma.CrashingDisk"; }

  /// What a store's directory would hold after a crash now.
  [[nodiscard]] Disk left_after(Crash crash, const std::string& directory) const {
    Disk left = Disk::memory();
    copy_files(directory, crash, left);
    copy_files(directory + "/db", crash, left);
    return left;
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (status.ok() && name.ends_with(".log")) {
      synced_[name] = 0;
      *file = std::make_unique<File>(std::move(*file), name, *this);
    }
    return status;
  }

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, CrashingDisk& disk)
        : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}
    using FSWritableFileOwnerWrapper::Append;
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      disk_.writing_ = {name_, std::string(data.data(), data.size() / 2)};
      if (disk_.before_write) disk_.before_write();
      disk_.writing_ = {};
      size_ += data.size();
      return FSWritableFileOwnerWrapper::Append(data, options, context);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
      if (disk_.before_write) disk_.before_write();
      disk_.synced_[name_] = size_;
      return FSWritableFileOwnerWrapper::Sync(options, context);
    }

   private:
    std::string name_;
    std::size_t size_ = 0;
    CrashingDisk& disk_;
  };

  void copy_files(const std::string& directory, Crash crash, const Disk& to) const {
    (void)to.env()->CreateDirIfMissing(directory);
    std::vector<std::string> children;
    (void)below_.env()->GetChildren(directory, &children);
    for (const std::string& child : children) copy(directory + "/" + child, crash, to);
  }

  void copy(const std::string& path, Crash crash, const Disk& to) const {
    std::string bytes;
    if (!rocksdb::ReadFileToString(below_.env(), path, &bytes).ok()) return;
    if (const auto synced = synced_.find(path); synced != synced_.end()) {
      if (crash == Crash::of_power)
        bytes.resize(synced->second);
      else if (writing_.first == path)
        bytes += writing_.second;
    }
    (void)rocksdb::WriteStringToFile(to.env(), bytes, path);
  }

  Disk below_;
  std::map<std::string, std::size_t> synced_;  // how much of each write-ahead log is
  std::pair<std::string, std::string> writing_;
};

}  // namespace solnoma::test
