#include "tools/io/key_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/io/input.hpp"

namespace solnoma {
namespace {

template <class Key>
Try<Key> read_key(const std::string& path) {
  auto input = Input::open(path);
  if (!input) return refuse(input);
  auto text = input->rest();
  if (!text) return refuse(text);
  auto key = Key::from_pem(*text);
  if (!key) {
    Error error = key.error();
    error.where = path;
    return std::unexpected(Failure(std::move(error), Exit::usage));
  }
  return *key;
}

/// A new file, on disk on return.
Outcome write_new(const std::string& path, const std::string& text, mode_t mode) {
  const auto failed = [&](Errc code, std::string remedy) {
    return std::unexpected(
        Failure(Error{code,
                      fmt::format("cannot make the file {}: {}", path, std::strerror(errno)),
                      {},
                      std::move(remedy)}));
  };
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0)
    return errno == EEXIST ? failed(Errc::conflict, "name another; keys are not written over")
                           : failed(Errc::io, "name a file in a directory that you may write to");
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  if (close(file) == 0 && written) return {};
  auto failure = failed(Errc::io, "check the disk space");
  (void)unlink(path.c_str());
  return failure;
}

}  // namespace

Try<PublicKey> read_public_key(const std::string& path) {
  return read_key<PublicKey>(path);
}

Outcome check_private_file(const std::string& path, std::string_view what) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  const bool handed = status.st_uid == 0 && geteuid() != 0;
  const mode_t others = handed ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;
  if ((status.st_mode & others) == 0) return {};
  return usage(fmt::format("{} {} is not for its owner's eyes alone: its mode is {:04o}", what,
                           path, status.st_mode & 07777U),
               fmt::format("chmod 600 {}; where others may have read it, make a new one", path));
}

Try<PrivateKey> read_private_key(const std::string& path) {
  auto key = read_key<PrivateKey>(path);
  if (!key) return key;
  if (auto ok = check_private_file(path); !ok) return refuse(ok);
  return key;
}

Outcome write_keys(const PrivateKey& key, const std::string& path) {
  if (auto ok = write_new(path + ".pub", key.public_key().to_pem(), 0644); !ok) return ok;
  auto ok = write_new(path, key.to_pem(), 0600);
  if (!ok) (void)unlink((path + ".pub").c_str());  // half a pair is of no use
  return ok;
}

}  // namespace solnoma
