#include "tools/io/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace solnoma {
namespace {

std::unexpected<Failure> cannot_write(const std::string& path, const std::string& why) {
  return usage(fmt::format("cannot write '{}': {}", path, why), "name a file that can be written");
}

/// What may be done with the file that is replaced is what may be done with the new one: it may be
/// for its owner's eyes alone.
void take_over(const std::string& replaced, int descriptor) {
  struct stat status{};
  if (::stat(replaced.c_str(), &status) != 0) return;
  constexpr mode_t kBits = 07777;
  mode_t mode = status.st_mode & kBits;
  // Who cannot give it to the same group gives that group's right to nobody.
  if (::fchown(descriptor, status.st_uid, status.st_gid) != 0 &&
      ::fchown(descriptor, static_cast<uid_t>(-1), status.st_gid) != 0)
    mode &= static_cast<mode_t>(~S_IRWXG);
  (void)::fchmod(descriptor, mode);
}

}  // namespace

OutputFile::OutputFile(File file, std::string temporary, std::string path)
    : file_(std::move(file)),
      temporary_(std::move(temporary)),
      path_(std::move(path)),
      out_(file_.get()) {}

Try<OutputFile> OutputFile::open(const std::string& path, Readers readers) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  const auto kind = status.type();
  if (kind == std::filesystem::file_type::directory) return cannot_write(path, "it is a directory");
  const bool there = std::filesystem::exists(status);
  const bool replaced = !there || kind == std::filesystem::file_type::regular;
  // Through a link, the file that it leads to is what is replaced.
  std::string target = path;
  if (there && replaced)
    if (auto real = std::filesystem::canonical(path, error); !error) target = real.string();
  const std::string name = replaced ? fmt::format("{}.{}.part", target, getpid()) : path;
  const int flags = replaced ? O_CREAT | O_EXCL : 0;
  const int mode = there || readers == Readers::owner ? 0600 : 0666;
  const int descriptor = ::open(name.c_str(), O_WRONLY | O_CLOEXEC | flags, mode);
  if (descriptor < 0) return cannot_write(path, std::strerror(errno));  // NOLINT
  File file(fdopen(descriptor, "wb"), &std::fclose);
  if (!file) return cannot_write(path, std::strerror(errno));  // NOLINT
  if (there && replaced) take_over(target, descriptor);
  return OutputFile(std::move(file), replaced ? name : "", target);
}

OutputFile::~OutputFile() {
  if (file_ && !temporary_.empty()) (void)unlink(temporary_.c_str());
}

Outcome OutputFile::finish() {
  if (auto ok = out_.finish(); !ok) return ok;
  if (temporary_.empty()) return {};
  const bool safe =
      fsync(fileno(file_.get())) == 0 && std::rename(temporary_.c_str(), path_.c_str()) == 0;
  if (!safe)
    return std::unexpected(
        Failure(Error{Errc::io,
                      fmt::format("'{}' could not be written: {}", path_, std::strerror(errno)),
                      {},
                      "check the disk"}));
  temporary_.clear();
  return {};
}

}  // namespace solnoma
