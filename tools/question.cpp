#include "tools/question.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

namespace solnoma {

void add_question(CLI::App& command, Question& question, Subjects subjects,
                  std::vector<std::string> formats) {
  if (subjects != Subjects::none) {
    auto* option = command.add_option("SUBJECT", question.subjects,
                                      "As in park/chirchik; none: all that can be seen");
    option->type_name("");
    if (subjects == Subjects::one)
      option->required()->expected(1)->description("As in park/chirchik");
  }
  add_vantage(command, question.vantage);
  add_language(command, question.language);
  command.add_option("--format", question.format, fmt::format("{}", fmt::join(formats, " or ")))
      ->check(CLI::IsMember(formats))
      ->type_name("");
}

Outcome answer(Context& context, const Question& question, const Answer& answer) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto text = answer(**log, *vantage);
  if (!text) return refuse(text);
  context.out.write(*text);
  return {};
}

}  // namespace solnoma
