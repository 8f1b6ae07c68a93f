#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/view/subject_views.hpp"
#include "tools/shared/event.hpp"
#include "tools/shared/selection.hpp"
#include "tools/shared/typed_date.hpp"

namespace solnoma {
namespace {

struct PostponeOptions : EventOptions {
  std::string subject, type, date;
  bool dry_run = false;
};

bool stands(const Plan& plan) {
  return plan.state == PlanState::pending || plan.state == PlanState::overdue;
}

/// "opened", "opened, phase-2": the plans that stand.
std::string standing_plans(const SubjectView& view) {
  std::string list;
  for (const Plan& plan : view.plans) {
    if (!stands(plan)) continue;
    const Event& event = view.event(plan.revision);
    list += fmt::format("{}{}{}", list.empty() ? "" : "; ", event.type,
                        event.part.empty() ? "" : " --part " + event.part);
  }
  return list;
}

/// The plan that is meant: of that part, or the only one of its type.
Try<const Plan*> find_plan(const SubjectView& view, const PostponeOptions& options) {
  const Plan* found = nullptr;
  std::size_t count = 0;
  for (const Plan& plan : view.plans) {
    const Event& event = view.event(plan.revision);
    if (!stands(plan) || event.type != options.type) continue;
    if (!options.part.empty() && event.part != options.part) continue;
    ++count;
    if (found == nullptr || event.part.empty()) found = &plan;
  }
  if (found == nullptr) {
    const std::string list = standing_plans(view);
    return std::unexpected(Failure(
        Error{Errc::not_found,
              fmt::format("no plan of '{}' stands for {}", options.type, view.subject),
              {},
              list.empty() ? "record one with 'solnoma append TYPE SUBJECT --plan'"
                           : fmt::format("what stands: {}; record a new one with 'solnoma append "
                                         "TYPE SUBJECT --plan'",
                                         list)}));
  }
  if (count > 1 && !view.event(found->revision).part.empty())
    return usage(fmt::format("several plans of '{}' stand for {}", options.type, view.subject),
                 "name the part: " + standing_plans(view));
  return found;
}

/// "2026-Q3" for a quarter, whose code few know.
std::string target_text(const std::string& edtf) {
  if (edtf.empty()) return "no date";
  if (edtf.size() == 7 && edtf[5] == '3' && edtf[6] >= '3' && edtf[6] <= '6')
    return fmt::format("{}-Q{}", edtf.substr(0, 4), edtf[6] - '2');
  return edtf;
}

std::string times(std::size_t count) {
  return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

std::string plural(std::int64_t count, const char* unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

/// How far the last days lie apart: in months where both end one.
std::string distance(Bounds from, Bounds to) {
  if (!is_calendar_day(from.latest) || !is_calendar_day(to.latest)) return "";
  using namespace std::chrono;
  const sys_days first{days{from.latest.number}}, second{days{to.latest.number}};
  const auto is_end = [](sys_days day) {
    return year_month_day{day + days{1}}.day() == std::chrono::day{1};
  };
  const char* way = second < first ? " earlier" : "";
  if (!is_end(first) || !is_end(second))
    return ", " + plural(std::abs((second - first).count()), "day") + way;
  const auto month = [](sys_days day) {
    const year_month_day date{day};
    return std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month());
  };
  return ", " + plural(std::abs(month(second) - month(first)), "month") + way;
}

/// "2026-Q3 → 2027-Q1, moved twice, 6 months": of all plans of its key.
std::string moves(const SubjectView& view, const Plan& plan, const Event& event) {
  std::vector<std::string> targets;
  const Plan* first = nullptr;
  for (const Plan& each : view.plans) {
    const bool of_key = each.revision == plan.baseline ||
                        (each.baseline == plan.baseline && each.state == PlanState::moved) ||
                        each.revision == plan.revision;
    if (!of_key) continue;
    if (first == nullptr) first = &each;
    targets.push_back(view.event(each.revision).occurred);
  }
  const auto target = parse_edtf(event.occurred);
  return fmt::format("{} → {}, moved {}{}", target_text(targets.front()),
                     target_text(event.occurred), times(targets.size()),
                     target ? distance(first->target, target->bounds) : "");
}

Outcome postpone(Context& context, PostponeOptions options) {
  Selection types;
  types.types = {options.type};
  if (auto ok = check_types(types); !ok) return refuse_choice(ok);
  if (auto ok = read_typed("DATE", options.date, context); !ok) return ok;
  options.occurred = options.date;
  if (auto ok = read_dates(options, context); !ok) return ok;
  auto today = context.today();
  if (!today) return refuse(today);
  auto log = context.read();
  if (!log) return refuse(log);
  auto subject = find_subject(**log, options.subject);
  if (!subject) return refuse_choice(subject);
  auto view = view_subject(**log, *subject, {.vantage = {.as_of = *today}});
  if (!view) return refuse(view);
  auto plan = find_plan(*view, options);
  if (!plan) return refuse(plan);
  const Event& old = view->event((*plan)->revision);
  if (old.occurred == options.date)
    return usage(fmt::format("it is planned for {} already", target_text(old.occurred)),
                 "give another date");
  Event event;
  event.source = kToolSource;
  event.subject = subject->first;
  event.type = old.type;
  event.modality = Modality::planned;
  event.part = old.part;
  event.title = old.title;
  event.quantities = old.quantities;
  event.known = *today;
  if (auto ok = apply(options, event); !ok) return ok;
  const std::string line = moves(*view, **plan, event);
  if (auto ok =
          record(context, event,
                 {.expected = Exactly{Revision{static_cast<std::uint32_t>(view->rows.size())}},
                  .dry_run = options.dry_run,
                  .new_names = options.new_names,
                  .old = &old});
      !ok)
    return ok;
  context.out.line(line);
  return {};
}

}  // namespace

void add_postpone(CommandLine& line, Context& context) {
  Command command = line.command("postpone", "Record that a plan is for another date now");
  auto options = std::make_shared<PostponeOptions>();
  command.argument("SUBJECT", options->subject, "As in park/chirchik, chirchik or Чирчик");
  command.argument("TYPE", options->type, "What is planned, as in opened");
  command.argument("DATE", options->date, "For when it is planned now, as in 2027-Q1");
  command.option("--part", options->part, "Of which part of the subject, where several are planned",
                 "SLUG");
  command.option("--known", options->known, "When that was published", "DATE", "today");
  add_texts(command, "--title", options->titles, "What is planned, if not as the plan said before");
  add_source_options(command, options->sources);
  add_texts(command, "--note", options->note, "Why, or anything else");
  command.option("--id", options->id, "The event's id; follows from its content", "TEXT");
  command.flag("--dry-run", options->dry_run,
               "Show which statuses it would change; record nothing");
  command.footer(
      "The plan before stays in the log, and is told as moved.\n"
      "Example:\n  solnoma postpone park/bukhara production-started 2027-Q1 --publisher 'RIA "
      "Novosti'");
  command.run([&context, options] { return postpone(context, *options); });
}

}  // namespace solnoma
