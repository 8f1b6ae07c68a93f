#pragma once

#include <sys/stat.h>

#include <string>

namespace solnoma {

/// What tells that a file is another one than it was, or that others may do other things with it: a
/// program that runs takes it in anew.
class FileState {
 public:
  /// Of no file.
  FileState() = default;
  /// As it stands at this moment.
  explicit FileState(const std::string& file) : is_there_(::stat(file.c_str(), &status_) == 0) {}

  [[nodiscard]] bool is_there() const { return is_there_; }

  bool operator==(const FileState& other) const {
    if (!is_there_ || !other.is_there_) return is_there_ == other.is_there_;
    const struct stat& a = status_;
    const struct stat& b = other.status_;
    return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size &&
           a.st_mode == b.st_mode && a.st_uid == b.st_uid && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
  }

 private:
  struct stat status_{};
  bool is_there_ = false;
};

}  // namespace solnoma
