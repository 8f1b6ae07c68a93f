#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/io/pager.hpp"
#include "tools/outcome.hpp"

namespace solnoma {

/// Where a command writes its answer. Failures are kept and told once, at the end.
class Output {
 public:
  explicit Output(std::FILE* file, bool terminal = false) : file_(file), terminal_(terminal) {}

  /// A command of the shell that shows on a terminal what is longer than it; empty: none.
  void shown_by(std::string pager) { pager_ = std::move(pager); }

  /// What is written from now on is for reading: on a terminal it goes through the pager, from the
  /// first word on and until finish().
  void page() { paged_ = terminal_ && !pager_.empty(); }

  void write(std::string_view text);
  void line(std::string_view text) {
    write(text);
    write("\n");
  }
  void flush();
  /// Waits for a pager to be left. Errors: io when anything could not be written.
  [[nodiscard]] Outcome finish();

  [[nodiscard]] bool terminal() const { return terminal_; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool used() const { return used_; }  ///< anything was written

 private:
  std::FILE* file_;
  bool terminal_;
  std::string pager_;
  bool paged_ = false;
  std::optional<Pager> running_;
  std::FILE* terminal_file_ = nullptr;  // while a pager writes to it
  bool failed_ = false;
  bool used_ = false;
};

/// How far a long command has come: one line that is written over, on a terminal only.
class ProgressLine {
 public:
  ProgressLine(bool shown, std::string what) : shown_(shown), what_(std::move(what)) {}
  ~ProgressLine() { clear(); }
  void at(std::uint64_t count);
  void clear();  ///< takes the line away

 private:
  bool shown_;
  bool written_ = false;
  std::string what_;
};

}  // namespace solnoma
