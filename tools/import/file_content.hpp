#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/hash.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// All of a file as it was at one moment: a copy, so that nobody changes it while it is read. Large
/// ones are copied to a file in $TMPDIR (else /tmp) that has no name, so that memory does not grow
/// with them.
class FileContent {
 public:
  /// "-" is standard input. Errors: invalid (it cannot be opened, is no file, or changed while it
  /// was copied), io (the disk, or no room for the copy).
  [[nodiscard]] static Result<FileContent> of(const std::string& path);
  /// For content that comes from elsewhere.
  [[nodiscard]] static FileContent of_text(std::string name, std::string text);

  /// At least kPadding zero bytes follow, for readers that look ahead. Lives as long as this does,
  /// also when it is moved.
  [[nodiscard]] std::string_view bytes() const;
  static constexpr std::size_t kPadding = 64;

  /// As it was given: for error messages.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Costs a pass over the content.
  [[nodiscard]] Hash sha256() const;

 private:
  struct Copy;
  FileContent(std::string name, std::shared_ptr<const Copy> copy)
      : name_(std::move(name)), copy_(std::move(copy)) {}
  std::string name_;
  std::shared_ptr<const Copy> copy_;
};

}  // namespace solnoma
