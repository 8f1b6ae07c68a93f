#pragma once

#include <sys/types.h>

#include <cstdio>
#include <optional>
#include <string>

namespace solnoma {

/// A program that shows a long text page by page.
class Pager {
 public:
  /// Runs `command` by the shell, on the terminal of this program. As with git, `less` ends at once
  /// where all fits on the screen, unless $LESS says otherwise. None: it could not be begun.
  [[nodiscard]] static std::optional<Pager> start(const std::string& command);

  /// Where the text goes.
  [[nodiscard]] std::FILE* input() const { return input_; }
  /// Ends the text, and waits until the reader has left. To be called once.
  void finish();

 private:
  Pager(std::FILE* input, pid_t process) : input_(input), process_(process) {}
  std::FILE* input_;
  pid_t process_;
};

}  // namespace solnoma
