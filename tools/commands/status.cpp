#include "events/subject.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/report/view/board_from_index.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

Try<std::string> tell_status(const Question& question, const Log& log, const Vantage& vantage,
                             const Screen& screen) {
  const bool named = !question.subjects.empty();
  Selection selection;
  selection.subjects = question.subjects;
  auto report = Report::of(log, vantage, language_of(question.language), std::move(selection));
  if (!report) return refuse_choice(report);
  // Some kinds have no status (subject.hpp): they are listed only when named.
  if (!named) *report = report->with_status(true);
  std::string text;
  const Sink sink = [&](std::string_view piece) { text += piece; };
  const auto ok = question.format == "json" ? json_status(*report, sink)
                  : named                   ? text_status(*report, sink, screen)
                                            : text_board(*report, sink, screen);
  if (!ok) return refuse(ok);
  return text;
}

Try<std::string> tell_briefly(const Question& question, const Log& log, const Vantage& vantage,
                              const Screen& screen) {
  auto board = board_from_index(log, vantage);
  if (!board) return refuse(board);
  if (question.format == "json") return json_board_from_index(vantage, *board);
  auto since = events_of_since(log, *board);
  if (!since) return refuse(since);
  return text_board_from_index(vantage, *board, *since, language_of(question.language), screen);
}

}  // namespace

void add_status(CommandLine& line, Context& context) {
  Command command = line.command("status", "What stood where, as of a day");
  auto question = std::make_shared<Question>();
  auto brief = std::make_shared<bool>(false);
  add_question(command, *question, Subjects::any, {"text", "json"});
  command.flag("--brief", *brief,
               "All subjects from the index, without names, plans and numbers, but in a moment "
               "however long the log is");
  command.footer(
      "The status is that of the cautious reading: everything happened on its latest\n"
      "possible day. Where another reading gives another status, that is 'possibly' so.\n"
      "Example:\n  solnoma status park/chirchik --as-of 2022-03-15");
  command.run([&context, question, brief]() -> Outcome {
    if (*brief && !question->subjects.empty())
      return usage("--brief tells of all subjects", "leave it out, or the subjects");
    return answer(context, *question, [&](const Log& log, const Vantage& vantage) {
      return *brief ? tell_briefly(*question, log, vantage, context.screen())
                    : tell_status(*question, log, vantage, context.screen());
    });
  });
}

}  // namespace solnoma
