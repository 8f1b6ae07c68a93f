#pragma once

#include <memory>
#include <string>

#include "tools/io/output.hpp"

namespace solnoma {

/// A file that appears whole or not at all: what is written goes to a new file beside it,
/// which takes its place, and has its mode, in the end. What stood there before stays until then. A
/// pipe or a device is written to as it is.
class OutputFile {
 public:
  /// Who may read a new file: as the user's mask has it, or its owner alone.
  enum class Readers { as_usual, owner };
  /// Errors: usage when the file cannot be made there.
  [[nodiscard]] static Try<OutputFile> open(const std::string& path,
                                            Readers readers = Readers::as_usual);

  OutputFile(OutputFile&&) = default;
  OutputFile& operator=(OutputFile&&) = delete;
  /// Takes away what was not finished.
  ~OutputFile();

  [[nodiscard]] Output& output() { return out_; }
  /// On return the file is there, and safe on the disk. Errors: io.
  [[nodiscard]] Outcome finish();

 private:
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  OutputFile(File file, std::string temporary, std::string path);

  File file_;
  std::string temporary_;  // empty: written in place
  std::string path_;
  Output out_;
};

}  // namespace solnoma
