#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <memory>
#include <string>

#include "engine/disk.hpp"

namespace solnoma::test {

/// What a store asks of a disk. A set of them is their sum.
enum Operation : unsigned {
  kCreate = 1,          ///< an empty file
  kWrite = 2,           ///< bytes at a place of a file
  kTruncate = 4,        ///< a file to a length
  kSync = 8,            ///< what was written to a file
  kSyncDirectory = 16,  ///< which files there are in a directory
  kRename = 32,
  kLink = 64,
  kRemove = 128,
  kMakeDirectory = 256,
  kRead = 512,  ///< opening for reading, reading, listing
};

struct Step {
  Operation operation;
  std::string path;
  std::string to = {};       ///< rename, link: the new name
  std::string bytes = {};    ///< write
  std::uint64_t offset = 0;  ///< write: where; truncate: the length
};

/// A disk on which each operation passes a test's own code: the real RocksDB meets what
/// that decides. Called by any thread.
class WatchedDisk : public rocksdb::FileSystemWrapper {
 public:
  /// On top of `below`, which outlives this.
  explicit WatchedDisk(const Disk& below) : FileSystemWrapper(below.env()->GetFileSystem()) {}

  struct Verdict {
    rocksdb::IOStatus status;
    std::size_t written = 0;  ///< write, where the status is an error: so much gets there
  };
  /// Before each operation, which is done where this says so.
  virtual Verdict meet(const Step& step) = 0;

  const char* Name() const override { return "solnoma.WatchedDisk"; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus GetChildren(const std::string& directory, const rocksdb::IOOptions& options,
                                std::vector<std::string>* children,
                                rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus Truncate(const std::string& name, std::size_t size,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus CreateDir(const std::string& directory, const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus CreateDirIfMissing(const std::string& directory,
                                       const rocksdb::IOOptions& options,
                                       rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override;
};

/// The same as a Disk.
template <class File>
[[nodiscard]] Disk as_disk(const std::shared_ptr<File>& watched) {
  return Disk(std::shared_ptr<rocksdb::Env>(rocksdb::NewCompositeEnv(watched)));
}

}  // namespace solnoma::test
