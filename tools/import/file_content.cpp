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

#include "engine/proof/sha256.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kInMemory = 16 << 20;
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

  /// Takes the rest of `from` to a nameless file, after what was read already.
  Result<void> spill(int from, const std::string& name, std::string_view begun) {
    const char* const given = std::getenv("TMPDIR");
    const std::string directory = given != nullptr && *given != '\0' ? given : "/tmp";
    const auto no_room = [&] {
      return fail(
          Errc::io,
          fmt::format("cannot keep a copy of {} in {}: {}", name, directory, std::strerror(errno)),
          "make room there, or name another directory in TMPDIR");
    };
    const File file(open_nameless(directory));
    if (file.get() < 0 || !write_all(file.get(), begun)) return no_room();
    size = begun.size();
    std::string piece(kReadAtOnce, '\0');
    for (;;) {
      const ssize_t got = ::read(from, piece.data(), piece.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return cannot_read(name, "check the disk");
      if (got == 0) break;
      if (!write_all(file.get(), std::string_view(piece).substr(0, static_cast<std::size_t>(got))))
        return no_room();
      size += static_cast<std::size_t>(got);
    }
    if (::ftruncate(file.get(), static_cast<off_t>(size + kPadding)) != 0) return no_room();
    void* const memory = ::mmap(nullptr, size + kPadding, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (memory == MAP_FAILED) return no_room();
    mapped = static_cast<const char*>(memory);
    return {};
  }
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

  auto copy = std::make_shared<Copy>();
  std::string begun;
  begun.reserve(std::min(static_cast<std::size_t>(before.st_size), kInMemory) + 2 * kReadAtOnce);
  while (begun.size() <= kInMemory) {
    const std::size_t size = begun.size();
    begun.resize(size + kReadAtOnce);
    const ssize_t got = ::read(file.get(), begun.data() + size, kReadAtOnce);
    begun.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(name, "check the disk");
    if (got == 0) break;
  }
  if (begun.size() <= kInMemory)
    copy->keep(std::move(begun));
  else if (auto ok = copy->spill(file.get(), name, begun); !ok)
    return std::unexpected(ok.error());

  struct stat after = {};
  if (S_ISREG(before.st_mode) && (::fstat(file.get(), &after) != 0 || !same(before, after)))
    return fail(Errc::invalid, fmt::format("{} changed while it was read", name),
                "wait until whoever writes it is done");
  return FileContent(name, std::move(copy));
}

FileContent FileContent::of_text(std::string name, std::string text) {
  auto copy = std::make_shared<Copy>();
  copy->keep(std::move(text));
  return {std::move(name), std::move(copy)};
}

std::string_view FileContent::bytes() const {
  return {copy_->mapped != nullptr ? copy_->mapped : copy_->text.data(), copy_->size};
}

Hash FileContent::sha256() const {
  return solnoma::sha256({bytes()});
}

}  // namespace solnoma
