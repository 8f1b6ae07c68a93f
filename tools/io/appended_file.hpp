#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tools/io/output.hpp"

namespace solnoma {

/// A file that grows by what is written to it.
class AppendedFile {
 public:
  /// `length`: what it had when it was last known to be safe; what stands behind that was written
  /// by one who was interrupted, and is taken away. Errors: usage where the file cannot be opened,
  /// or is shorter.
  [[nodiscard]] static Try<AppendedFile> open(const std::string& path,
                                              std::optional<std::uint64_t> length);

  [[nodiscard]] Output& output() { return out_; }
  /// On return what was written is safe on the disk; how long the file is. Errors: io.
  [[nodiscard]] Try<std::uint64_t> sync();

 private:
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  AppendedFile(File file, std::string path);

  File file_;
  std::string path_;
  Output out_;
};

}  // namespace solnoma
