#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/command_description.hpp"
#include "tools/context.hpp"

namespace solnoma {

/// What a shell hands over to be completed: `solnoma complete-words WORD...`, the last being typed.
/// It is no command, so that no word is taken for an option. None: something else is asked.
[[nodiscard]] std::optional<std::vector<std::string>> words_to_complete(int argc,
                                                                        const char* const* argv);

/// Writes what the last word may become, one a line, and after a tab what it means. Says nothing
/// where there is no store, or it cannot be read: the user is still typing.
[[nodiscard]] Outcome complete_words(const ProgramDescription& program,
                                     const std::vector<std::string>& words, Context& context);

}  // namespace solnoma
