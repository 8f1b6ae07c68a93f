#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tools/commands/commands.hpp"
#include "tools/report/files/plan_calendar.hpp"
#include "tools/report/files/plan_list.hpp"
#include "tools/shared/document.hpp"
#include "tools/shared/question.hpp"
#include "tools/shared/selection.hpp"

namespace solnoma {
namespace {

struct PlansOptions {
  Question question;
  SelectionOptions selection;
  std::vector<std::string> states;
  std::vector<std::string> period;
  std::string output;
};

std::vector<std::string> state_names() {
  std::vector<std::string> names{"all"};
  for (std::size_t i = 0; i < kPlanStates; ++i) names.emplace_back(name(static_cast<PlanState>(i)));
  return names;
}

constexpr const char* kCalendar = "ics";

/// Those that stand, unless others are named; in a calendar all, for who has them in it must hear
/// what became of them.
Try<std::vector<PlanState>> states_of(std::vector<std::string> typed, bool calendar) {
  if (typed.empty() && calendar) typed.emplace_back("all");
  if (typed.empty()) return std::vector{PlanState::pending, PlanState::overdue};
  std::vector<PlanState> states;
  for (const std::string& each : typed) {
    bool known = false;
    for (std::size_t i = 0; i < kPlanStates; ++i) {
      const auto state = static_cast<PlanState>(i);
      if (each != "all" && each != name(state)) continue;
      states.push_back(state);
      known = true;
    }
    if (!known)
      return usage(fmt::format("--state: there is no state '{}'", each.substr(0, 60)),
                   fmt::format("name one of {}", fmt::join(state_names(), ", ")));
  }
  return states;
}

Outcome run(Context& context, const PlansOptions& options, bool apart) {
  const bool calendar = options.question.format == kCalendar;
  auto states = states_of(options.states, calendar);
  if (!states) return refuse(states);
  SelectionOptions chosen = options.selection;
  if (!options.period.empty()) {
    if (!chosen.from.empty() || !chosen.to.empty())
      return usage("a period is given, and --from or --to", "give one of the two");
    auto period = date_option("PERIOD", fmt::format("{}", fmt::join(options.period, " ")), context);
    if (!period) return refuse(period);
    chosen.from = to_string(period->earliest);
    chosen.to = to_string(period->latest);
  }
  auto selection = resolve(chosen, options.question.subjects, context);
  if (!selection) return refuse(selection);
  auto log = context.read();
  if (!log) return refuse(log);
  auto vantage = resolve(options.question.vantage, context, **log);
  if (!vantage) return refuse(vantage);
  auto report =
      Report::of(**log, *vantage, language_of(options.question.language), std::move(*selection));
  if (!report) return refuse_choice(report);
  const Screen screen = options.output.empty() ? context.screen() : Screen{};
  return write_to(context, options.output, options.question.format, [&](const Sink& sink) {
    if (calendar) return write_plan_calendar(*report, *states, sink);
    return write_plans(*report, *states, apart, options.question.format, sink, screen);
  });
}

}  // namespace

void add_plans(CommandLine& line, Context& context) {
  Command command = line.command("plans", "What is planned, and what became of it");
  auto options = std::make_shared<PlansOptions>();
  std::vector<std::string> formats = plan_list_formats();
  formats.emplace_back(kCalendar);
  add_question(command, options->question, Subjects::any, formats);
  add_selection(command, options->selection);
  command.options(
      "--state", options->states,
      fmt::format("Only plans in this state: {}; otherwise pending and overdue, of ics all",
                  fmt::join(state_names(), ", ")),
      "STATE");
  command.output(options->output, options->question.format);
  command.footer(
      "--from and --to are about the date for which something is planned.\n"
      "Example:\n  solnoma plans --state overdue --as-of 2026-12-31");
  command.run([&context, options] { return run(context, *options, /*apart=*/false); });
}

void add_agenda(CommandLine& line, Context& context) {
  Command command = line.command(
      "agenda", "What is due: plans by date, those without one apart, none that is met");
  auto options = std::make_shared<PlansOptions>();
  command.arguments("PERIOD", options->period,
                    "When it may be due: next quarter, 2027, 2027-Q1/2027-Q2; none: whenever",
                    /*required=*/false);
  command.options("--subject", options->question.subjects,
                  "Only of this subject, as in park/chirchik, chirchik or park/*", "SUBJECT");
  add_vantage(command, options->question.vantage);
  add_language(command, options->question.language);
  command.choice("--format", options->question.format, plan_list_formats(), "");
  add_selection(command, options->selection);
  command.output(options->output, options->question.format);
  command.footer("Example:\n  solnoma agenda next quarter --region Бухарская");
  command.run([&context, options] { return run(context, *options, /*apart=*/true); });
}

}  // namespace solnoma
