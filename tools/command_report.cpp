
#include "tools/question.hpp"
#include "tools/report/markdown_report.hpp"

namespace solnoma {
namespace {

Try<std::string> tell(const Question& question, const Log& log, const Vantage& vantage) {
  auto views = view_subjects(log, question.subjects, vantage);
  if (!views) return refuse(views);
  return question.format == "markdown"
             ? markdown_report(vantage, *views, language_of(question.language))
             : text_report(vantage, *views, language_of(question.language));
}

}  // namespace

void add_report(CommandLine& line, Context& context) {
  Command command = line.command("report", "A whole report: board, timelines, plans, sources");
  auto question = std::make_shared<Question>();
  add_question(command, *question, Subjects::any, {"text", "markdown"});
  command.footer("Example:\n  solnoma report --as-of 2025-12-31 --lang ru --format markdown");
  command.run([&context, question] {
    return answer(context, *question, [&](const Log& log, const Vantage& vantage) {
      return tell(*question, log, vantage);
    });
  });
}

}  // namespace solnoma
