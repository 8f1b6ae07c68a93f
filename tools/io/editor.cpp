#include "tools/io/editor.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace solnoma {
namespace {

Error cannot(const std::string& what) {
  return {Errc::io, fmt::format("cannot {}: {}", what, std::strerror(errno)), {}, {}};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string editor() {
  for (const char* name : {"VISUAL", "EDITOR"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return "vi";
}

}  // namespace

Try<EditedFile> EditedFile::of(const std::string& text, const std::string& suffix) {
  std::error_code error;
  std::string path = (std::filesystem::temp_directory_path(error) / "solnoma-XXXXXX").string();
  path += suffix;
  const int file = mkstemps(path.data(), static_cast<int>(suffix.size()));
  if (file < 0) return std::unexpected(Failure(cannot("make a file to edit")));
  const bool written = write_all(file, text);
  if (close(file) != 0 || !written) {
    Error why = cannot("write " + path);
    unlink(path.c_str());
    return std::unexpected(Failure(std::move(why)));
  }
  return EditedFile(std::move(path));
}

EditedFile::~EditedFile() {
  if (!path_.empty()) unlink(path_.c_str());
}

Outcome EditedFile::edit() const {
  std::string shell = "sh", option = "-c", name = editor(), command = name + " \"$1\"",
              path = path_;
  const std::array<char*, 6> arguments = {shell.data(), option.data(), command.data(),
                                          name.data(),  path.data(),   nullptr};
  pid_t child = 0;
  errno = posix_spawn(&child, "/bin/sh", nullptr, nullptr, arguments.data(), environ);
  if (errno != 0) return std::unexpected(Failure(cannot("begin " + name)));
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return std::unexpected(Failure(cannot("wait for " + name)));
  if (status == 0) return {};
  return std::unexpected(Failure(Error{Errc::invalid,
                                       fmt::format("the editor '{}' failed", name),
                                       {},
                                       "name another in $EDITOR; nothing was recorded"}));
}

}  // namespace solnoma
