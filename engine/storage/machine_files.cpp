#include "engine/storage/machine_files.hpp"

#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace solnoma {
namespace {

class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() {
    if (descriptor_ >= 0) (void)::close(descriptor_);
  }
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// Held until it is destroyed: closing the file gives it up.
class HeldLock : public rocksdb::FileLock {
 public:
  explicit HeldLock(OpenFile file) : file_(std::move(file)) {
    // For others to read. Where it cannot be written, nobody is named.
    const std::string holder = fmt::format("{}, process {}\n", program_invocation_short_name,
                                           static_cast<long>(::getpid()));
    if (::ftruncate(file_.get(), 0) == 0)
      (void)!::pwrite(file_.get(), holder.data(), holder.size(), 0);
  }
  ~HeldLock() override { (void)!::ftruncate(file_.get(), 0); }
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

 private:
  OpenFile file_;
};

std::string holder_of(const OpenFile& file) {
  std::array<char, 200> text{};
  const auto size = ::pread(file.get(), text.data(), text.size(), 0);
  std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  holder.resize(std::min(holder.find('\n'), holder.size()));
  return holder;
}

class MachineFiles : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
  const char* Name() const override { return "solnoma.MachineFiles"; }

  rocksdb::IOStatus LockFile(const std::string& name, const rocksdb::IOOptions&,
                             rocksdb::FileLock** lock, rocksdb::IODebugContext*) override {
    const std::string directory = name.substr(0, name.rfind('/'));
    if (is_link(directory)) return link_error(directory);
    constexpr mode_t kMode = 0644;  // the umask takes from it
    OpenFile file(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kMode));
    if (file.get() < 0) return failed(name);
    struct flock whole{};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(file.get(), F_OFD_SETLK, &whole) == 0) {
      *lock = new HeldLock(std::move(file));
      return rocksdb::IOStatus::OK();
    }
    if (errno != EAGAIN && errno != EACCES) return failed(name);
    return rocksdb::IOStatus::IOError(fmt::format("{}{}", kLockedBy, holder_of(file)));
  }

  rocksdb::IOStatus UnlockFile(rocksdb::FileLock* lock, const rocksdb::IOOptions&,
                               rocksdb::IODebugContext*) override {
    delete lock;
    return rocksdb::IOStatus::OK();
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    if (is_link(name)) return link_error(name);
    return FileSystemWrapper::NewWritableFile(name, options, file, context);
  }
  rocksdb::IOStatus NewRandomRWFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                    rocksdb::IODebugContext* context) override {
    if (is_link(name)) return link_error(name);
    return FileSystemWrapper::NewRandomRWFile(name, options, file, context);
  }

 private:
  static bool is_link(const std::string& name) {
    struct stat status{};
    return ::lstat(name.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
  }
  static rocksdb::IOStatus link_error(const std::string& name) {
    return rocksdb::IOStatus::IOError(fmt::format("{} {}", name, kIsLink));
  }
  static rocksdb::IOStatus failed(const std::string& name) {
    return rocksdb::IOStatus::IOError(fmt::format("locking {}: {}", name, std::strerror(errno)));
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> with_machine_files(
    const std::shared_ptr<rocksdb::FileSystem>& below) {
  return std::make_shared<MachineFiles>(below);
}

}  // namespace solnoma
