#include "tests/support/engine_watched_disk.hpp"

#include <utility>
#include <vector>

namespace solnoma::test {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class WrittenFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WrittenFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string name, WatchedDisk& disk,
              std::uint64_t size)
      : FSWritableFileOwnerWrapper(std::move(file)),
        name_(std::move(name)),
        disk_(disk),
        size_(size) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
    const auto verdict = disk_.meet({kWrite, name_, {}, data.ToString(), size_});
    if (verdict.status.ok() || verdict.written > 0) {
      const Slice part(data.data(), verdict.status.ok() ? data.size() : verdict.written);
      auto status = FSWritableFileOwnerWrapper::Append(part, options, context);
      if (!status.ok()) return status;
      size_ += part.size();
    }
    return verdict.status;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options,
                    IODebugContext* context) override {
    if (auto met = disk_.meet({kTruncate, name_, {}, {}, size}); !met.status.ok())
      return met.status;
    size_ = size;
    return FSWritableFileOwnerWrapper::Truncate(size, options, context);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    if (auto met = disk_.meet({kSync, name_}); !met.status.ok()) return met.status;
    return FSWritableFileOwnerWrapper::Sync(options, context);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    if (auto met = disk_.meet({kSync, name_}); !met.status.ok()) return met.status;
    return FSWritableFileOwnerWrapper::Fsync(options, context);
  }

 private:
  std::string name_;
  WatchedDisk& disk_;
  std::uint64_t size_;
};

class FileWrittenInPlace : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  FileWrittenInPlace(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string name,
                     WatchedDisk& disk)
      : FSRandomRWFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* context) override {
    const auto verdict = disk_.meet({kWrite, name_, {}, data.ToString(), offset});
    if (verdict.status.ok() || verdict.written > 0) {
      const Slice part(data.data(), verdict.status.ok() ? data.size() : verdict.written);
      auto status = FSRandomRWFileOwnerWrapper::Write(offset, part, options, context);
      if (!status.ok()) return status;
    }
    return verdict.status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    if (auto met = disk_.meet({kSync, name_}); !met.status.ok()) return met.status;
    return FSRandomRWFileOwnerWrapper::Sync(options, context);
  }

 private:
  std::string name_;
  WatchedDisk& disk_;
};

class SequentialFile : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  SequentialFile(std::unique_ptr<rocksdb::FSSequentialFile> file, std::string name,
                 WatchedDisk& disk)
      : FSSequentialFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  IOStatus Read(std::size_t size, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* context) override {
    if (auto met = disk_.meet({kRead, name_}); !met.status.ok()) return met.status;
    return FSSequentialFileOwnerWrapper::Read(size, options, result, scratch, context);
  }

 private:
  std::string name_;
  WatchedDisk& disk_;
};

class RandomAccessFile : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomAccessFile(std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string name,
                   WatchedDisk& disk)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  IOStatus Read(std::uint64_t offset, std::size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* context) const override {
    if (auto met = disk_.meet({kRead, name_}); !met.status.ok()) return met.status;
    return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, scratch, context);
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, std::size_t count, const IOOptions& options,
                     IODebugContext* context) override {
    if (auto met = disk_.meet({kRead, name_}); !met.status.ok()) return met.status;
    return FSRandomAccessFileOwnerWrapper::MultiRead(requests, count, options, context);
  }

 private:
  std::string name_;
  WatchedDisk& disk_;
};

class WatchedDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  WatchedDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string name,
                   WatchedDisk& disk)
      : FSDirectoryWrapper(std::move(directory)), name_(std::move(name)), disk_(disk) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    if (auto met = disk_.meet({kSyncDirectory, name_}); !met.status.ok()) return met.status;
    return FSDirectoryWrapper::Fsync(options, context);
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* context,
                               const rocksdb::DirFsyncOptions& how) override {
    if (auto met = disk_.meet({kSyncDirectory, name_}); !met.status.ok()) return met.status;
    return FSDirectoryWrapper::FsyncWithDirOptions(options, context, how);
  }

 private:
  std::string name_;
  WatchedDisk& disk_;
};

}  // namespace

IOStatus WatchedDisk::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* context) {
  if (auto met = meet({kCreate, name}); !met.status.ok()) return met.status;
  auto status = FileSystemWrapper::NewWritableFile(name, options, file, context);
  if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(*file), name, *this, 0);
  return status;
}

IOStatus WatchedDisk::ReopenWritableFile(const std::string& name,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* context) {
  std::uint64_t size = 0;
  if (!FileSystemWrapper::GetFileSize(name, {}, &size, context).ok())
    if (auto met = meet({kCreate, name}); !met.status.ok()) return met.status;
  auto status = FileSystemWrapper::ReopenWritableFile(name, options, file, context);
  if (status.ok()) *file = std::make_unique<WrittenFile>(std::move(*file), name, *this, size);
  return status;
}

IOStatus WatchedDisk::NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                      IODebugContext* context) {
  auto status = FileSystemWrapper::NewRandomRWFile(name, options, file, context);
  if (status.ok()) *file = std::make_unique<FileWrittenInPlace>(std::move(*file), name, *this);
  return status;
}

IOStatus WatchedDisk::NewSequentialFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                        IODebugContext* context) {
  if (auto met = meet({kRead, name}); !met.status.ok()) return met.status;
  auto status = FileSystemWrapper::NewSequentialFile(name, options, file, context);
  if (status.ok()) *file = std::make_unique<SequentialFile>(std::move(*file), name, *this);
  return status;
}

IOStatus WatchedDisk::NewRandomAccessFile(const std::string& name,
                                          const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                          IODebugContext* context) {
  if (auto met = meet({kRead, name}); !met.status.ok()) return met.status;
  auto status = FileSystemWrapper::NewRandomAccessFile(name, options, file, context);
  if (status.ok()) *file = std::make_unique<RandomAccessFile>(std::move(*file), name, *this);
  return status;
}

IOStatus WatchedDisk::NewDirectory(const std::string& name, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* context) {
  auto status = FileSystemWrapper::NewDirectory(name, options, directory, context);
  if (status.ok())
    *directory = std::make_unique<WatchedDirectory>(std::move(*directory), name, *this);
  return status;
}

IOStatus WatchedDisk::GetChildren(const std::string& directory, const IOOptions& options,
                                  std::vector<std::string>* children, IODebugContext* context) {
  if (auto met = meet({kRead, directory}); !met.status.ok()) return met.status;
  return FileSystemWrapper::GetChildren(directory, options, children, context);
}

IOStatus WatchedDisk::DeleteFile(const std::string& name, const IOOptions& options,
                                 IODebugContext* context) {
  if (auto met = meet({kRemove, name}); !met.status.ok()) return met.status;
  return FileSystemWrapper::DeleteFile(name, options, context);
}

IOStatus WatchedDisk::Truncate(const std::string& name, std::size_t size, const IOOptions& options,
                               IODebugContext* context) {
  if (auto met = meet({kTruncate, name, {}, {}, size}); !met.status.ok()) return met.status;
  return FileSystemWrapper::Truncate(name, size, options, context);
}

IOStatus WatchedDisk::CreateDir(const std::string& directory, const IOOptions& options,
                                IODebugContext* context) {
  if (auto met = meet({kMakeDirectory, directory}); !met.status.ok()) return met.status;
  return FileSystemWrapper::CreateDir(directory, options, context);
}

IOStatus WatchedDisk::CreateDirIfMissing(const std::string& directory, const IOOptions& options,
                                         IODebugContext* context) {
  if (auto met = meet({kMakeDirectory, directory}); !met.status.ok()) return met.status;
  return FileSystemWrapper::CreateDirIfMissing(directory, options, context);
}

IOStatus WatchedDisk::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* context) {
  if (auto met = meet({kRename, from, to}); !met.status.ok()) return met.status;
  return FileSystemWrapper::RenameFile(from, to, options, context);
}

IOStatus WatchedDisk::LinkFile(const std::string& from, const std::string& to,
                               const IOOptions& options, IODebugContext* context) {
  if (auto met = meet({kLink, from, to}); !met.status.ok()) return met.status;
  return FileSystemWrapper::LinkFile(from, to, options, context);
}

}  // namespace solnoma::test
