#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/vantage_options.hpp"

namespace solnoma {

/// What all commands that ask from a vantage have in common.
struct Question {
  std::vector<std::string> subjects;
  VantageOptions vantage;
  Language language = Language::en;
  std::string format = "text";
  std::string from, to;
};

/// The parts that a command has beside its vantage.
enum class Subjects { none, any, one };

/// Adds SUBJECT, --as-of, --known-by, --at, --lang and --format to a command.
void add_question(CLI::App& command, Question& question, Subjects subjects,
                  std::vector<std::string> formats);

/// Opens the log, resolves the vantage and hands both to `answer`; its text is written.
using Answer = std::function<Try<std::string>(const Log&, const Vantage&)>;
[[nodiscard]] Outcome answer(Context& context, const Question& question, const Answer& answer);

}  // namespace solnoma
