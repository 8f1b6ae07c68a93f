#include "tools/report/model.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "events/chronicle.hpp"
#include "events/event_type.hpp"

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

/// What rows alone tell.
void project(SubjectView& view, const Vantage& vantage, Bounds window) {
  view.effective = effective(view.rows, vantage);
  view.status = status(steps(view.rows, view.effective), vantage.as_of);
  view.plans = plans(view.rows, view.effective, vantage);
  view.marks = timeline(view.rows, view.effective, vantage, window);
}

/// And what else there is in the events.
void project_events(SubjectView& view, const Vantage& vantage) {
  view.figures = figures(view.events, view.rows, view.effective, vantage);
  if (const Description* known = description(view.events, view.effective))
    view.description = *known;
}

/// The revisions of the events to fetch, ascending.
std::vector<Revision> needed(const SubjectView& view, Shown shown) {
  std::vector<Revision> revisions;
  const auto add = [&](Revision revision) {
    if (revision.value != 0) revisions.push_back(revision);
  };
  for (std::uint32_t i = 0; i < view.rows.size(); ++i) {
    const std::uint8_t kind = view.rows[i].kind();
    if (shown == Shown::all ||
        (view.effective.counts(i) && (is_measured(kind) || type_of_kind(kind) == kDescribed ||
                                      type_of_kind(kind) == kUnknownType)))
      add(Revision{i + 1});
  }
  if (shown == Shown::all) return revisions;
  std::ranges::for_each(view.status.because, add);
  for (const Plan& plan : view.plans)
    for (const Revision revision : {plan.revision, plan.baseline, plan.met_by, plan.dropped_by})
      add(revision);
  std::ranges::sort(revisions);
  const auto rest = std::ranges::unique(revisions);
  revisions.erase(rest.begin(), rest.end());
  return revisions;
}

/// Fetches the events of a group in the order of the log, where neighbours lie together,
/// and gives each to its subject.
Try<void> fetch_events(const Log& log, std::span<SubjectView> group, Shown shown) {
  struct Place {
    Position position;
    SubjectView* view;
    Revision revision;
  };
  std::vector<Place> places;
  for (SubjectView& view : group) {
    view.events.resize(view.rows.size());
    for (const Revision revision : needed(view, shown))
      places.push_back({view.rows[revision.value - 1].position(), &view, revision});
  }
  std::ranges::sort(places, {}, &Place::position);
  std::vector<Position> positions;
  for (const Place& place : places) positions.push_back(place.position);
  auto events = fetch(log, positions);
  if (!events) return refuse(events);
  for (std::size_t i = 0; i < places.size(); ++i)
    places[i].view->events[places[i].revision.value - 1] = std::move((*events)[i]);
  return {};
}

Try<std::vector<SubjectView>> view_all(const Log& log, std::span<const NamedSubject> subjects,
                                       const Vantage& vantage, Bounds window, Shown shown) {
  std::vector<SubjectView> views;
  views.reserve(subjects.size());  // groups view into it
  std::size_t first = 0;           // of the group that is being filled
  std::size_t events = 0;
  for (const auto& [name, number] : subjects) {
    auto rows = log.rows(number);
    if (!rows) return refuse(rows);
    events += rows->size();
    SubjectView& view = views.emplace_back();
    view.subject = name;
    view.rows = std::move(*rows);
    project(view, vantage, window);
    if (events < kGroup && views.size() < subjects.size()) continue;
    const std::span group(views.begin() + static_cast<std::ptrdiff_t>(first), views.end());
    if (auto ok = fetch_events(log, group, shown); !ok) return refuse(ok);
    for (SubjectView& each : group) project_events(each, vantage);
    first = views.size();
    events = 0;
  }
  return views;
}

}  // namespace

Try<SubjectView> view_subject(const Log& log, const NamedSubject& subject, const Vantage& vantage,
                              Bounds window) {
  auto views = view_all(log, {&subject, 1}, vantage, window, Shown::all);
  if (!views) return refuse(views);
  return std::move(views->front());
}

Try<std::vector<SubjectView>> view_subjects(const Log& log, const std::vector<std::string>& names,
                                            const Vantage& vantage, Bounds window, Shown shown) {
  auto subjects = find_subjects(log, names);
  if (!subjects) return refuse(subjects);
  auto views = view_all(log, *subjects, vantage, window, shown);
  if (!views) return refuse(views);
  if (names.empty()) std::erase_if(*views, [](const SubjectView& v) { return !v.visible(); });
  return views;
}

}  // namespace solnoma
