#include "tools/report/model.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "events/chronicle.hpp"

namespace solnoma {

bool SubjectView::visible() const {
  return std::ranges::any_of(effective.standing,
                             [](Standing standing) { return standing != Standing::unseen; });
}

const std::string& SubjectView::name(Language language) const {
  return description ? description->names.in(language) : subject;
}

namespace {

/// Subjects are loaded in groups of about so many events.
constexpr std::size_t kGroup = 50'000;

SubjectView project(SubjectView view, const Vantage& vantage, Bounds window) {
  view.effective = effective(view.rows, vantage);
  view.status = status(steps(view.rows, view.effective), vantage.as_of);
  view.plans = plans(view.rows, view.effective, vantage);
  view.figures = figures(view.events, view.rows, view.effective, vantage);
  view.marks = timeline(view.rows, view.effective, vantage, window);
  if (const Description* known = description(view.events, view.effective))
    view.description = *known;
  return view;
}

/// Fetches the events of a group in the order of the log, where neighbours lie together,
/// and gives each to its subject.
Try<void> fetch_events(const Log& log, std::span<SubjectView> group) {
  std::vector<Position> positions;
  for (const SubjectView& view : group)
    for (const Row& row : view.rows) positions.push_back(row.position());
  std::ranges::sort(positions);
  auto events = fetch(log, positions);
  if (!events) return refuse(events);
  for (SubjectView& view : group)
    for (const Row& row : view.rows) {
      const auto place = std::ranges::lower_bound(positions, row.position()) - positions.begin();
      view.events.push_back(std::move((*events)[static_cast<std::size_t>(place)]));
    }
  return {};
}

Try<std::vector<SubjectView>> view_all(const Log& log, std::span<const NamedSubject> subjects,
                                       const Vantage& vantage, Bounds window) {
  std::vector<SubjectView> views;
  std::size_t first = 0;  // of the group that is being filled
  std::size_t events = 0;
  for (const auto& [name, number] : subjects) {
    auto rows = log.rows(number);
    if (!rows) return refuse(rows);
    events += rows->size();
    SubjectView& view = views.emplace_back();
    view.subject = name;
    view.rows = std::move(*rows);
    if (events < kGroup && views.size() < subjects.size()) continue;
    const std::span group(views.begin() + static_cast<std::ptrdiff_t>(first), views.end());
    if (auto ok = fetch_events(log, group); !ok) return refuse(ok);
    for (SubjectView& each : group) each = project(std::move(each), vantage, window);
    first = views.size();
    events = 0;
  }
  return views;
}

}  // namespace

Try<SubjectView> view_subject(const Log& log, const NamedSubject& subject, const Vantage& vantage,
                              Bounds window) {
  auto views = view_all(log, {&subject, 1}, vantage, window);
  if (!views) return refuse(views);
  return std::move(views->front());
}

Try<std::vector<SubjectView>> view_subjects(const Log& log, const std::vector<std::string>& names,
                                            const Vantage& vantage, Bounds window) {
  auto subjects = find_subjects(log, names);
  if (!subjects) return refuse(subjects);
  auto views = view_all(log, *subjects, vantage, window);
  if (!views) return refuse(views);
  if (names.empty()) std::erase_if(*views, [](const SubjectView& v) { return !v.visible(); });
  return views;
}

}  // namespace solnoma
