#include "tools/io/appended_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace solnoma {
namespace {

std::unexpected<Failure> cannot_write(const std::string& path) {
  return usage(fmt::format("'{}' cannot be written: {}", path, std::strerror(errno)),
               "name another file with --output");
}

}  // namespace

AppendedFile::AppendedFile(File file, std::string path)
    : file_(std::move(file)), path_(std::move(path)), out_(file_.get()) {}

Try<AppendedFile> AppendedFile::open(const std::string& path, std::optional<std::uint64_t> length) {
  File file(std::fopen(path.c_str(), "ae"), &std::fclose);
  if (!file) return cannot_write(path);
  struct stat status{};
  if (fstat(fileno(file.get()), &status) != 0) return cannot_write(path);
  if (length && S_ISREG(status.st_mode)) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size < *length)
      return usage(
          fmt::format("'{}' has {} bytes, and the cursor tells of {}", path, size, *length),
          "bring the file back, or remove the cursor to begin anew");
    if (ftruncate(fileno(file.get()), static_cast<off_t>(*length)) != 0) return cannot_write(path);
  }
  return AppendedFile(std::move(file), path);
}

Try<std::uint64_t> AppendedFile::sync() {
  if (auto ok = out_.finish(); !ok) return refuse(ok);
  struct stat status{};
  const int descriptor = fileno(file_.get());
  const bool ok =
      fstat(descriptor, &status) == 0 && (!S_ISREG(status.st_mode) || fdatasync(descriptor) == 0);
  if (!ok)
    return std::unexpected(
        Failure(Error{Errc::io,
                      fmt::format("'{}' could not be written: {}", path_, std::strerror(errno)),
                      {},
                      "check the disk"}));
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace solnoma
