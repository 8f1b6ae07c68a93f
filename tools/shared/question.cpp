#include "tools/shared/question.hpp"

#include "tools/report/text/wrapped.hpp"

namespace solnoma {

void add_question(Command& command, Question& question, Subjects subjects,
                  const std::vector<std::string>& formats) {
  if (subjects == Subjects::one)
    command.argument("SUBJECT", question.subjects.emplace_back(),
                     "As in park/chirchik, chirchik or Чирчик");
  else
    command.arguments("SUBJECT", question.subjects,
                      "As in park/chirchik, chirchik, Чирчик or park/*; none: all that is seen",
                      /*required=*/false);
  add_vantage(command, question.vantage);
  add_language(command, question.language);
  command.choice("--format", question.format, formats, "");
}

Outcome answer(Context& context, const Question& question, const Answer& answer) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto text = answer(**log, *vantage);
  if (!text) return refuse(text);
  context.page();
  WrappedLines lines([&](std::string_view part) { context.out.write(part); },
                     question.format == "text" ? context.screen() : Screen{});
  lines.write(*text);
  return {};
}

}  // namespace solnoma
