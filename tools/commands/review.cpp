#include "tools/report/review/review.hpp"

#include "tools/commands/commands.hpp"
#include "tools/shared/document.hpp"

namespace solnoma {
namespace {

struct ReviewOptions {
  Question question;
  SelectionOptions selection;
  std::string output;
};

Outcome run(Context& context, const ReviewOptions& options) {
  auto selection = resolve(options.selection, options.question.subjects, context);
  if (!selection) return refuse(selection);
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(options.question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto report =
      Report::of(**log, *vantage, language_of(options.question.language), std::move(*selection));
  if (!report) return refuse_choice(report);
  return write_to(context, options.output, options.question.format, [&](const Sink& sink) {
    return write_review(*report, options.question.format, sink);
  });
}

}  // namespace

void add_review(CommandLine& line, Context& context) {
  Command command = line.command("review", "What in the chronicle wants care");
  auto options = std::make_shared<ReviewOptions>();
  add_question(command, options->question, Subjects::any, review_formats());
  add_selection(command, options->selection);
  command.output(options->output, options->question.format);
  command.footer(
      "Subjects of which there is no news for two years (an inference: nothing is recorded of "
      "it),\n"
      "that were never described, or share their name with another; plans without a date, or "
      "overdue\n"
      "for more than 180 days; events without a source, told twice by one source, or with dates "
      "that\n"
      "exclude each other.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
