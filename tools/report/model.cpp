#include "tools/report/model.hpp"

#include <algorithm>

#include "events/chronicle.hpp"

namespace solnoma {

bool SubjectView::visible() const {
  return std::ranges::any_of(effective.standing,
                             [](Standing standing) { return standing != Standing::unseen; });
}

const std::string& SubjectView::name(Language language) const {
  return description ? description->names.in(language) : subject;
}

Try<SubjectView> view_subject(const Log& log, const NamedSubject& subject, const Vantage& vantage,
                              Bounds window) {
  auto rows = log.rows(subject.second);
  if (!rows) return refuse(rows);
  std::vector<Position> positions;
  for (const Row& row : *rows) positions.push_back(row.position());
  auto events = fetch(log, positions);
  if (!events) return refuse(events);

  SubjectView view;
  view.subject = subject.first;
  view.rows = std::move(*rows);
  view.events = std::move(*events);
  view.effective = effective(view.rows, vantage);
  view.status = status(steps(view.rows, view.effective), vantage.as_of);
  view.plans = plans(view.rows, view.effective, vantage);
  view.figures = figures(view.events, view.rows, view.effective, vantage);
  view.marks = timeline(view.rows, view.effective, vantage, window);
  if (const Description* known = description(view.events, view.effective))
    view.description = *known;
  return view;
}

Try<std::vector<SubjectView>> view_subjects(const Log& log, const std::vector<std::string>& names,
                                            const Vantage& vantage, Bounds window) {
  auto subjects = find_subjects(log, names);
  if (!subjects) return refuse(subjects);
  std::vector<SubjectView> views;
  for (const NamedSubject& subject : *subjects) {
    auto view = view_subject(log, subject, vantage, window);
    if (!view) return refuse(view);
    if (!names.empty() || view->visible()) views.push_back(std::move(*view));
  }
  return views;
}

}  // namespace solnoma
