#include "tools/commands/commands.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

Try<std::string> tell_reasons(const Question& question, const Log& log, const Vantage& vantage,
                              const Screen& screen) {
  auto subject = find_subject(log, question.subjects.front());
  if (!subject) return refuse_choice(subject);
  auto view = view_subject(log, *subject, {.vantage = vantage});
  if (!view) return refuse(view);
  const Explanation explanation = explain(view->rows, vantage);
  if (question.format == "json") return json_explanation(vantage, *view, explanation);
  return text_explanation(vantage, *view, explanation, language_of(question.language), screen);
}

}  // namespace

void add_explain(CommandLine& line, Context& context) {
  Command command = line.command(
      "explain", "Why a subject has its status: what decided, what was rejected, who said so");
  auto question = std::make_shared<Question>();
  add_question(command, *question, Subjects::one, {"text", "json"});
  command.footer("Example:\n  solnoma explain park/bukhara --as-of 2025-10-01");
  command.run([&context, question] {
    return answer(context, *question, [&](const Log& log, const Vantage& vantage) {
      return tell_reasons(*question, log, vantage, context.screen());
    });
  });
}

}  // namespace solnoma
