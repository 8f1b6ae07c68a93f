#include "tools/report/view/subject_view.hpp"

#include <algorithm>
#include <utility>

#include "events/event_type.hpp"
#include "projections/rows.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {

bool SubjectView::visible() const {
  return std::ranges::any_of(effective.standing,
                             [](Standing standing) { return standing != Standing::unseen; });
}

std::string SubjectView::label() const {
  for (auto it = status.because.rbegin(); it != status.because.rend(); ++it)
    if (const std::string& label = event(*it).label; !label.empty()) return label;
  return "";
}

const std::string& SubjectView::name(Language language) const {
  return description ? description->names.in(language) : subject;
}

namespace {

/// Whether there can be plans: what becomes of them any event of the subject may say.
bool has_plans(const SubjectView& view, const Vantage& vantage) {
  for (std::size_t i = 0; i < view.rows.size(); ++i)
    if (is_planned(view.rows[i].kind()) && view.effective.visible(i) &&
        view.rows[i].known <= vantage.as_of)
      return true;
  return false;
}

}  // namespace

SubjectView view_of_rows(std::string subject, std::vector<Row> rows,
                         std::optional<PlanKeys> plan_keys, const ViewOptions& options) {
  SubjectView view;
  view.subject = std::move(subject);
  view.rows = std::move(rows);
  view.effective = effective(view.rows, options.vantage);
  view.status = status(steps(view.rows, view.effective), options.vantage.as_of);
  view.plan_keys = std::move(plan_keys);
  if (options.shown == Shown::status && view.plan_keys)
    view.plans = plans(view.rows, *view.plan_keys, view.effective, options.vantage);
  return view;
}

void project_events(SubjectView& view, const ViewOptions& options) {
  const Vantage& vantage = options.vantage;
  const Shown shown = options.shown;
  view.marks = timeline(view.rows, view.effective, vantage, options.window);
  const bool tells_plans = shown == Shown::all || shown == Shown::status;
  if (tells_plans && !view.plan_keys && has_plans(view, vantage))
    view.plans = plans(view.rows, plan_keys(view.events), view.effective, vantage);
  view.figures = figures(view.subject_events(), view.rows, view.effective, vantage);
  if (const Description* known = description(view.subject_events(), view.effective))
    view.description = *known;
}

std::vector<Revision> revisions_shown(const SubjectView& view, const ViewOptions& options) {
  Shown shown = options.shown;
  if (shown == Shown::status && !view.plan_keys && has_plans(view, options.vantage))
    shown = Shown::all;
  std::vector<Revision> revisions;
  const auto add = [&](Revision revision) {
    if (revision.value != 0) revisions.push_back(revision);
  };
  for (std::uint32_t i = 0; i < view.rows.size(); ++i) {
    const Row& row = view.rows[i];
    const TypeCode type = type_of_kind(row.kind());
    const bool counted = view.effective.counts(i) && (bears_figures(row) || type == kUnknownType);
    if (shown == Shown::all || type == kDescribed || (shown == Shown::status && counted))
      add(Revision{i + 1});
  }
  if (shown == Shown::all || shown == Shown::names) return revisions;
  std::ranges::for_each(view.status.because, add);
  for (const Plan& plan : view.plans)
    for (const Revision revision :
         {plan.revision, plan.baseline, plan.met_by, plan.moved_to, plan.dropped_by})
      add(revision);
  sort_unique(revisions);
  return revisions;
}

}  // namespace solnoma
