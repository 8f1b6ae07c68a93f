#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "events/edtf.hpp"
#include "events/edtf/edtf_hint.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/shared/document.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/relative_date.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

struct DiffOptions {
  Question question;  // its subjects may begin with the two vantages
  Selection selection;
  bool known = false;
  bool statuses = false, brief = false;
  std::string output;
};

bool is_vantage(const std::string& word, Day today) {
  return word.find('=') != word.npos || parse_edtf(word) || relative_date(word, today) ||
         edtf_meant(word);
}

/// `diff 2024 2025 SUBJECT…`: where no option gives the vantages, they are the first words that can
/// be such, before the subjects or behind them.
Outcome take_vantages(DiffOptions& options, Day today) {
  Question& question = options.question;
  std::vector<std::string>& words = question.subjects;
  for (std::string* side : {&question.from, &question.to}) {
    if (!side->empty()) continue;
    const auto found =
        std::ranges::find_if(words, [&](const auto& word) { return is_vantage(word, today); });
    if (found == words.end())
      return usage("two vantages are to be compared",
                   "name them, as in 'solnoma diff 2024 2025', or with --from and --to");
    *side = std::move(*found);
    words.erase(found);
  }
  return {};
}

/// A date alone may be meant on either axis: whoever learns of changes means what was known.
void tell_axis(Context& context, const DiffOptions& options, const Vantage& from,
               const Vantage& to) {
  const auto plain = [](const std::string& text) { return text.find('=') == text.npos; };
  if (options.known || !plain(options.question.from) || !plain(options.question.to)) return;
  context.note(fmt::format(
      "compares what had happened by {} and by {}, by what is known now; --known compares what was "
      "known",
      to_string(from.as_of), to_string(to.as_of)));
}

Outcome run(Context& context, DiffOptions options) {
  auto today = context.today();
  if (!today) return refuse(today);
  if (auto ok = take_vantages(options, *today); !ok) return ok;
  auto log = context.read();
  if (!log) return refuse(log);
  const auto side = [&](std::string_view option, const std::string& text) -> Try<Vantage> {
    auto vantage =
        parse_vantage(option, text, options.question.vantage, options.known ? "known-by" : "as-of");
    if (!vantage) return refuse(vantage);
    return resolve(*vantage, context, **log);
  };
  auto to = side("--to", options.question.to);
  if (!to) return refuse(to);
  auto from = side("--from", options.question.from);
  if (!from) return refuse(from);
  // What was known is compared of one day: the later one, unless another is given.
  if (options.known && options.question.vantage.as_of.empty() && to->known_by != kOpenFuture)
    from->as_of = to->as_of = std::max(from->known_by, to->known_by);
  options.selection.subjects = options.question.subjects;
  if (auto ok = check_types(options.selection); !ok) return refuse_choice(ok);
  const DiffScope scope = options.statuses || options.brief ? DiffScope::statuses : DiffScope::all;
  auto subjects = choose(**log, options.selection, *to);
  if (!subjects) return refuse_choice(subjects);
  tell_axis(context, options, *from, *to);
  const Differences differences(**log, std::move(*subjects), *from, *to, options.selection, scope);
  const std::string& format = options.question.format;
  const Language language = language_of(options.question.language);
  const Screen screen = options.output.empty() ? context.screen() : Screen{};
  return write_to(context, options.output, format, [&](const Sink& sink) {
    return format == "text" ? text_diff(differences, language, sink, screen)
                            : find_format(format)->changes(differences, language, sink);
  });
}

}  // namespace

void add_diff(CommandLine& line, Context& context) {
  Command command = line.command("diff", "What differs between two vantages");
  auto options = std::make_shared<DiffOptions>();
  command.arguments("SUBJECT", options->question.subjects,
                    "As in park/chirchik, chirchik or park/*; none: all. Two dates or vantages "
                    "may stand beside it, in the place of --from and --to",
                    /*required=*/false);
  add_vantage(command, options->question.vantage);
  add_language(command, options->question.language);
  command.choice("--format", options->question.format, format_names_of_changes(), "");
  command.option("--from", options->question.from, "The first vantage", "VANTAGE");
  command.option("--to", options->question.to, "The second vantage", "VANTAGE");
  command.flag("--known", options->known,
               "A date alone says what was known by then, not what had happened");
  command.flag("--statuses", options->statuses, "Only statuses and plans that changed");
  command.flag("--brief", options->brief, "The same");
  add_choices(command, options->selection);
  command.output(options->output, options->question.format);
  command.footer(
      "A VANTAGE is as-of=DATE,known-by=DATE,at=POSITION, each part optional, or a date\n"
      "alone, which is its as-of; with --known its known-by, and both are asked as of the later.\n"
      "What it leaves out is taken from the options above.\n"
      "Examples: what became known in 2025; what was learnt in autumn of what stood then:\n"
      "  solnoma diff 2024 2025 --known\n"
      "  solnoma diff --as-of 2025-12-31 --from known-by=2025-10-01 --to known-by=2025-11-30");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
