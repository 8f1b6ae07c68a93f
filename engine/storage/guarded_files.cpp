#include "engine/storage/guarded_files.hpp"

#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/bytes.hpp"

namespace solnoma {
namespace {

// The end of a block-based table since format version 1, as rocksdb/table/format.h has it: the
// block of properties, the block that says where that is, and a footer of u8 kind of checksum,
// where that second block and the index are, as varints, zeros, u32 version, u64 magic.
constexpr std::size_t kFooter = 53;
constexpr std::size_t kPlaces = 40;
constexpr std::uint32_t kVersion = 5;
constexpr std::uint64_t kMagic = 0x88e241b785f4cff7;
constexpr std::uint64_t kBlockTrailer = 5;

/// Where the block that says where the properties are begins, if the footer is whole.
std::optional<std::uint64_t> metaindex_offset(std::string_view footer, std::uint64_t file_size) {
  if (footer.size() != kFooter || footer.front() != static_cast<char>(rocksdb::kXXH3) ||
      load<std::uint32_t>(footer.data() + 1 + kPlaces) != kVersion ||
      load<std::uint64_t>(footer.data() + 1 + kPlaces + sizeof kVersion) != kMagic)
    return {};
  const std::uint64_t most = file_size - kFooter;
  const char* place = footer.data() + 1;
  const char* const end = place + kPlaces;
  std::uint64_t offsets[2]{}, sizes[2]{};
  for (int i = 0; i < 2; ++i)
    if (!take_varint(place, end, offsets[i]) || !take_varint(place, end, sizes[i]) ||
        offsets[i] > most || sizes[i] > most || offsets[i] + sizes[i] + kBlockTrailer > most)
      return {};
  if (std::any_of(place, end, [](char c) { return c != 0; })) return {};
  return offsets[0];
}

/// A write-ahead log, or the list of files, which is a log too: remembers when it could not be
/// read.
class WatchedLog : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  WatchedLog(std::unique_ptr<rocksdb::FSSequentialFile> file, LogReads& reads)
      : FSSequentialFileOwnerWrapper(std::move(file)), reads_(reads) {}

  rocksdb::IOStatus Read(std::size_t size, const rocksdb::IOOptions& options,
                         rocksdb::Slice* result, char* scratch,
                         rocksdb::IODebugContext* context) override {
    auto status = FSSequentialFileOwnerWrapper::Read(size, options, result, scratch, context);
    if (!status.ok()) reads_.failed = true;
    return status;
  }

 private:
  LogReads& reads_;
};

/// The list of files as it is written: remembers when it could not be.
class WatchedList : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WatchedList(std::unique_ptr<rocksdb::FSWritableFile> file, std::atomic<bool>& failed)
      : FSWritableFileOwnerWrapper(std::move(file)), failed_(failed) {}

  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& bytes, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    return watched(FSWritableFileOwnerWrapper::Append(bytes, options, context));
  }
  rocksdb::IOStatus Flush(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override {
    return watched(FSWritableFileOwnerWrapper::Flush(options, context));
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override {
    return watched(FSWritableFileOwnerWrapper::Sync(options, context));
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* context) override {
    return watched(FSWritableFileOwnerWrapper::Fsync(options, context));
  }

 private:
  rocksdb::IOStatus watched(rocksdb::IOStatus status) {
    if (!status.ok()) failed_ = true;
    return status;
  }

  std::atomic<bool>& failed_;
};

/// Whether that is what RocksDB calls a file of this kind: a directory may be called so, too.
bool is_called(const std::string& path, std::string_view kind) {
  return std::string_view(path).substr(path.rfind('/') + 1).starts_with(kind);
}

class GuardedFiles : public rocksdb::FileSystemWrapper {
 public:
  GuardedFiles(const std::shared_ptr<rocksdb::FileSystem>& below, LogReads& reads)
      : FileSystemWrapper(below), reads_(reads) {}

  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewSequentialFile(name, options, file, context);
    const bool is_log = name.ends_with(".log") || is_called(name, "MANIFEST-");
    if (status.ok() && is_log) *file = std::make_unique<WatchedLog>(std::move(*file), reads_);
    return status;
  }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    if (reads_.failed) return unread_log();
    if (is_called(name, "OPTIONS-"))
      return rocksdb::IOStatus::NotSupported("options are not kept in files");
    auto status = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (status.ok() && is_called(name, "MANIFEST-"))
      *file = std::make_unique<WatchedList>(std::move(*file), list_failed_);
    return status;
  }
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* context) override {
    if (reads_.failed) return unread_log();
    if (list_failed_ && name.ends_with(".sst"))
      return rocksdb::IOStatus::IOError("the list of files could not be written");
    return FileSystemWrapper::DeleteFile(name, options, context);
  }

  const char* Name() const override { return "solnoma.GuardedFiles"; }

  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* context) override {
    auto status = FileSystemWrapper::NewRandomAccessFile(name, options, file, context);
    if (!status.ok() || !name.ends_with(".sst")) return status;
    std::uint64_t size = 0;
    status = FileSystemWrapper::GetFileSize(name, options.io_options, &size, context);
    if (status.ok() && !is_whole(**file, size, options, context, status))
      status = rocksdb::IOStatus::Corruption("the end of the file is not as it was written", name);
    if (!status.ok()) file->reset();
    return status;
  }

 private:
  /// Where reading fails, `status` says so.
  static bool is_whole(const rocksdb::FSRandomAccessFile& file, std::uint64_t size,
                       const rocksdb::FileOptions& options, rocksdb::IODebugContext* context,
                       rocksdb::IOStatus& status) {
    if (size < kFooter) return false;
    std::array<char, kFooter> bytes{};
    rocksdb::Slice read;
    status = file.Read(size - kFooter, kFooter, options.io_options, &read, bytes.data(), context);
    if (!status.ok()) return true;
    const auto metaindex = metaindex_offset({read.data(), read.size()}, size);
    // The properties stand before that. They are looked into before their checksum is, and their
    // last number, a count that is 1, has a bit that says how to look.
    constexpr std::uint64_t kCount = sizeof(std::uint32_t);
    if (!metaindex || *metaindex < kBlockTrailer + kCount) return false;
    status = file.Read(*metaindex - kBlockTrailer - kCount, kCount, options.io_options, &read,
                       bytes.data(), context);
    return !status.ok() || (read.size() == kCount && load<std::uint32_t>(read.data()) == 1);
  }

  LogReads& reads_;
  std::atomic<bool> list_failed_ = false;
};

}  // namespace

rocksdb::IOStatus unread_log() {
  return rocksdb::IOStatus::IOError("a log of the database could not be read");
}

std::shared_ptr<rocksdb::FileSystem> with_guarded_files(
    const std::shared_ptr<rocksdb::FileSystem>& below, LogReads& reads) {
  return std::make_shared<GuardedFiles>(below, reads);
}

}  // namespace solnoma
