#include "tools/commands/commands.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

Outcome run(Context& context, const Question& question) {
  auto log = context.read();
  if (!log) return refuse(log);
  const auto side = [&](std::string_view option, const std::string& text) -> Try<Vantage> {
    auto options = parse_vantage(option, text, question.vantage);
    if (!options) return refuse(options);
    return resolve(*options, context, **log);
  };
  auto from = side("--from", question.from);
  if (!from) return refuse(from);
  auto to = side("--to", question.to);
  if (!to) return refuse(to);

  auto subjects = find_subjects(**log, question.subjects);
  if (!subjects) return refuse_choice(subjects);
  const Differences differences(**log, std::move(*subjects), *from, *to);
  const Sink sink = [&](std::string_view text) { context.out.write(text); };
  const auto ok = question.format == "json"
                      ? json_diff(differences, sink)
                      : text_diff(differences, language_of(question.language), sink);
  return ok ? Outcome{} : refuse(ok);
}

}  // namespace

void add_diff(CommandLine& line, Context& context) {
  Command command = line.command("diff", "What differs between two vantages");
  auto question = std::make_shared<Question>();
  add_question(command, *question, Subjects::any, {"text", "json"});
  command.option("--from", question->from, "The first vantage", "VANTAGE", "", /*required=*/true);
  command.option("--to", question->to, "The second vantage", "VANTAGE", "", /*required=*/true);
  command.footer(
      "A VANTAGE is as-of=DATE,known-by=DATE,at=POSITION, each part optional, or a date\n"
      "alone, which is its as-of. What it leaves out is taken from the options above.\n"
      "Example: what was learnt in autumn 2025 of what stood at the end of that year:\n"
      "  solnoma diff --as-of 2025-12-31 --from known-by=2025-10-01 --to known-by=2025-11-30");
  command.run([&context, question] { return run(context, *question); });
}

}  // namespace solnoma
