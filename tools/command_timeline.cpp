
#include "tools/question.hpp"
#include "tools/report/json_report.hpp"
#include "tools/report/text_report.hpp"

namespace solnoma {
namespace {

Try<std::string> tell(const Question& question, const Log& log, const Vantage& vantage) {
  Bounds window;
  if (!question.from.empty()) {
    auto bounds = date_option("--from", question.from);
    if (!bounds) return refuse(bounds);
    window.earliest = bounds->earliest;
  }
  if (!question.to.empty()) {
    auto bounds = date_option("--to", question.to);
    if (!bounds) return refuse(bounds);
    window.latest = bounds->latest;
  }
  if (window.earliest > window.latest) return usage("--from lies after --to", "exchange them");
  auto views = view_subjects(log, question.subjects, vantage, window);
  if (!views) return refuse(views);
  if (question.subjects.empty())
    std::erase_if(*views, [](const SubjectView& view) { return view.marks.empty(); });
  if (question.format == "json") return json_timeline(vantage, *views).print() + "\n";
  return text_timeline(vantage, *views, language_of(question.language));
}

}  // namespace

void add_timeline(CommandLine& line, Context& context) {
  Command command =
      line.command("timeline", "Dated marks of subjects, planned and actual, as of a day");
  auto question = std::make_shared<Question>();
  add_question(command, *question, Subjects::any, {"text", "json"});
  command.option("--from", question->from, "Only marks that may lie on or after this date", "DATE",
                 "the first");
  command.option("--to", question->to, "Only marks that may lie on or before this date", "DATE",
                 "the last");
  command.footer("Example:\n  solnoma timeline park/bukhara --known-by 2025-10-01");
  command.run([&context, question] {
    return answer(context, *question, [&](const Log& log, const Vantage& vantage) {
      return tell(*question, log, vantage);
    });
  });
}

}  // namespace solnoma
