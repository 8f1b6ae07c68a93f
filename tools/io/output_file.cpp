#include "tools/io/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace solnoma {
namespace {

std::unexpected<Failure> cannot_write(const std::string& path, const std::string& why) {
  return usage(fmt::format("cannot write '{}': {}", path, why), "name a file that can be written");
}

}  // namespace

OutputFile::OutputFile(File file, std::string temporary, std::string path)
    : file_(std::move(file)),
      temporary_(std::move(temporary)),
      path_(std::move(path)),
      out_(file_.get()) {}

Try<OutputFile> OutputFile::open(const std::string& path) {
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
  const int descriptor = ::open(name.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666);
  if (descriptor < 0) return cannot_write(path, std::strerror(errno));  // NOLINT
  File file(fdopen(descriptor, "wb"), &std::fclose);
  if (!file) return cannot_write(path, std::strerror(errno));  // NOLINT
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
