#include "tools/import/file_content.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/proof/growing_sha256.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kInMemory = 4 << 20;
constexpr std::size_t kHashedAtOnce = 1 << 20;
constexpr std::size_t kReadAtOnce = 256 << 10;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::unexpected<Error> cannot_read(const std::string& name, std::string remedy) {
  return fail(Errc::invalid, fmt::format("cannot read {}: {}", name, std::strerror(errno)),
              std::move(remedy));
}

/// A file that is gone when it is closed.
int open_nameless(const std::string& directory) {
  const int file = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0 || errno != EOPNOTSUPP) return file;
  std::string path = directory + "/solnoma-XXXXXX";
  const int made = ::mkostemp(path.data(), O_CLOEXEC);
  if (made >= 0) ::unlink(path.c_str());
  return made;
}

/// Whether a file is what it was, as far as its file system says.
bool same(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

struct FileContent::Copy {
  std::string text;  // with its padding; or else
  const char* mapped = nullptr;
  std::size_t size = 0;

  Copy() = default;
  ~Copy() {
    if (mapped != nullptr) ::munmap(const_cast<char*>(mapped), size + kPadding);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  void keep(std::string whole) {
    size = whole.size();
    text = std::move(whole);
    text.append(kPadding, '\0');
  }
};

/// Takes a copy piece by piece: to memory, and to a nameless file where that becomes too much.
class FileContent::Copying {
 public:
  /// `name`: what is copied.
  explicit Copying(const std::string& name) : name_(name) {
    const char* const given = std::getenv("TMPDIR");
    if (given != nullptr && *given != '\0') directory_ = given;
  }

  Result<void> add(std::string_view piece) {
    size_ += piece.size();
    if (!file_ && size_ <= kInMemory) {
      begun_ += piece;
      return {};
    }
    if (!file_) {
      file_.emplace(open_nameless(directory_));
      if (file_->get() < 0 || !write_all(file_->get(), std::exchange(begun_, {}))) return no_room();
    }
    return write_all(file_->get(), piece) ? Result<void>{} : no_room();
  }

  Result<std::shared_ptr<const Copy>> finish() {
    auto copy = std::make_shared<Copy>();
    if (!file_) {
      copy->keep(std::move(begun_));
      return copy;
    }
    if (::ftruncate(file_->get(), static_cast<off_t>(size_ + kPadding)) != 0) return no_room();
    void* const memory = ::mmap(nullptr, size_ + kPadding, PROT_READ, MAP_PRIVATE, file_->get(), 0);
    if (memory == MAP_FAILED) return no_room();
    copy->mapped = static_cast<const char*>(memory);
    copy->size = size_;
    return copy;
  }

 private:
  [[nodiscard]] std::unexpected<Error> no_room() const {
    return fail(
        Errc::io,
        fmt::format("cannot keep a copy of {} in {}: {}", name_, directory_, std::strerror(errno)),
        "make room there, or name another directory in TMPDIR");
  }

  const std::string& name_;
  std::string directory_ = "/tmp";
  std::string begun_;
  std::size_t size_ = 0;
  std::optional<File> file_;
};

Result<FileContent> FileContent::of(const std::string& path) {
  const bool standard = path == "-";
  const std::string name = standard ? "standard input" : path;
  const File file(standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return cannot_read(name, "check the name and the permissions");
  struct stat before = {};
  if (::fstat(file.get(), &before) != 0) return cannot_read(name, "check the disk");
  if (S_ISDIR(before.st_mode))
    return fail(Errc::invalid, fmt::format("{} is a directory", name), "name the files in it");

  auto content = made(name, [&](const Take& take) -> Result<void> {
    std::string piece(kReadAtOnce, '\0');
    for (;;) {
      const ssize_t got = ::read(file.get(), piece.data(), piece.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return cannot_read(name, "check the disk");
      if (got == 0) return {};
      const auto size = static_cast<std::size_t>(got);
      if (auto ok = take(std::string_view(piece).substr(0, size)); !ok) return ok;
    }
  });
  if (!content) return content;

  struct stat after = {};
  if (S_ISREG(before.st_mode) && (::fstat(file.get(), &after) != 0 || !same(before, after)))
    return fail(Errc::invalid, fmt::format("{} changed while it was read", name),
                "wait until whoever writes it is done");
  return content;
}

Result<FileContent> FileContent::made(const std::string& name,
                                      const std::function<Result<void>(const Take&)>& make) {
  Copying copying(name);
  if (auto ok = make([&](std::string_view piece) { return copying.add(piece); }); !ok)
    return std::unexpected(ok.error());
  auto copy = copying.finish();
  if (!copy) return std::unexpected(copy.error());
  return FileContent(name, std::move(*copy));
}

FileContent FileContent::of_text(std::string name, std::string text) {
  auto copy = std::make_shared<Copy>();
  copy->keep(std::move(text));
  return {std::move(name), std::move(copy)};
}

std::string_view FileContent::bytes() const {
  return {copy_->mapped != nullptr ? copy_->mapped : copy_->text.data(), copy_->size};
}

void PassOver::at(const char* place) {
  const auto size = static_cast<std::size_t>(place - from_);
  if (size < kWorthACall) return;
  file_.let_go({from_, size});
  from_ = place;
}

void FileContent::let_go(std::string_view part) const {
  if (copy_->mapped == nullptr) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = static_cast<std::size_t>(part.data() - copy_->mapped) / page * page;
  const auto end = static_cast<std::size_t>(part.end() - copy_->mapped) / page * page;
  if (begin < end)
    (void)::madvise(const_cast<char*>(copy_->mapped) + begin, end - begin, MADV_DONTNEED);
}

Hash FileContent::sha256() const {
  GrowingSha256 sum;
  for (std::string_view rest = bytes(); !rest.empty();) {
    const std::string_view piece = rest.substr(0, kHashedAtOnce);
    sum.add(piece);
    rest.remove_prefix(piece.size());
    let_go(piece);
  }
  return sum.finish();
}

}  // namespace solnoma
