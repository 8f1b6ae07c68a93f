#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <string>

namespace solnoma {

/// Whoever holds it is alone with what a directory is about, among all who take it: other threads
/// of this process too. Waits for its turn. Where there is no such directory it locks nothing.
class DirectoryLock {
 public:
  explicit DirectoryLock(const std::string& directory)
      : directory_(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (directory_ >= 0) (void)flock(directory_, LOCK_EX);
  }
  ~DirectoryLock() {
    if (directory_ >= 0) (void)close(directory_);
  }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int directory_;
};

}  // namespace solnoma
