#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/shared/vantage.hpp"

namespace solnoma {

/// What all commands that ask from a vantage have in common.
struct Question {
  std::vector<std::string> subjects;
  VantageOptions vantage;
  std::string language = "en";
  std::string format = "text";
  std::string from, to;
};

/// How many subjects a command asks about.
enum class Subjects { any, one };

/// Adds SUBJECT, --as-of, --known-by, --at, --lang and --format to a command.
void add_question(Command& command, Question& question, Subjects subjects,
                  const std::vector<std::string>& formats);

/// Opens the log, resolves the vantage and hands both to `answer`; its text is written.
using Answer = std::function<Try<std::string>(const Log&, const Vantage&)>;
[[nodiscard]] Outcome answer(Context& context, const Question& question, const Answer& answer);

}  // namespace solnoma
