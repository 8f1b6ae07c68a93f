#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tools/command_description.hpp"

namespace solnoma {

/// A word that may stand where the user is typing, and what it means.
struct CompletedWord {
  std::string word;
  std::string help;
};

/// What only the store or the program's tables know.
struct KnownWords {
  std::function<std::vector<std::string>(const std::string& prefix)> subjects;
  std::function<std::vector<std::string>(const std::string& prefix)> types;
};

/// What the last of `words`, which follow the name of the program, may become. Nothing, where it is
/// the name of a file, or anything.
[[nodiscard]] std::vector<CompletedWord> complete(const ProgramDescription& program,
                                                  std::span<const std::string> words,
                                                  const KnownWords& known);

}  // namespace solnoma
