#pragma once

#include <string>

#include "tools/outcome.hpp"

namespace solnoma {

/// A text in a file of its own, to be edited; deleted in the end unless it is kept.
class EditedFile {
 public:
  /// In the directory for temporary files, readable by its owner alone. Errors: io.
  [[nodiscard]] static Try<EditedFile> of(const std::string& text, const std::string& suffix);
  ~EditedFile();
  EditedFile(EditedFile&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  EditedFile(const EditedFile&) = delete;
  EditedFile& operator=(const EditedFile&) = delete;
  EditedFile& operator=(EditedFile&&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Waits for $VISUAL, else $EDITOR, else vi. Errors: invalid when that fails.
  [[nodiscard]] Outcome edit() const;
  /// Leaves the file where it is, for another try.
  void keep() { path_.clear(); }

 private:
  explicit EditedFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace solnoma
