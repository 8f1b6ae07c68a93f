#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/hash.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// All of a file as it was at one moment: a copy, so that nobody changes it while it is read. Large
/// ones are copied to a file in $TMPDIR (else /tmp) that has no name, so that memory does not grow
/// with them: what a reader has passed leaves it.
class FileContent {
 public:
  /// "-" is standard input. Errors: invalid (it cannot be opened, is no file, or changed while it
  /// was copied), io (the disk, or no room for the copy).
  [[nodiscard]] static Result<FileContent> of(const std::string& path);
  /// For content that comes from elsewhere.
  [[nodiscard]] static FileContent of_text(std::string name, std::string text);

  /// For content that is made piece by piece, which may be large. Errors: those of `make`, and io
  /// as above.
  using Take = std::function<Result<void>(std::string_view piece)>;
  [[nodiscard]] static Result<FileContent> made(
      const std::string& name, const std::function<Result<void>(const Take&)>& make);

  /// At least kPadding zero bytes follow, for readers that look ahead. Lives as long as this does,
  /// also when it is moved.
  [[nodiscard]] std::string_view bytes() const;
  static constexpr std::size_t kPadding = 64;

  /// A part of the bytes is not needed for now: that of a large file leaves the memory, and comes
  /// back from the copy where somebody looks at it again. Thread-safe; a system call.
  void let_go(std::string_view part) const;

  /// As it was given: for error messages.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Costs a pass over the content, which leaves the memory.
  [[nodiscard]] Hash sha256() const;

 private:
  struct Copy;
  class Copying;
  FileContent(std::string name, std::shared_ptr<const Copy> copy)
      : name_(std::move(name)), copy_(std::move(copy)) {}
  std::string name_;
  std::shared_ptr<const Copy> copy_;
};

/// Lets go of what a pass over a file leaves behind.
class PassOver {
 public:
  explicit PassOver(FileContent file) : file_(std::move(file)), from_(file_.bytes().data()) {}

  /// The pass needs nothing before that place any more.
  void at(const char* place);

 private:
  static constexpr std::size_t kWorthACall = 1 << 20;

  FileContent file_;
  const char* from_;
};

}  // namespace solnoma
