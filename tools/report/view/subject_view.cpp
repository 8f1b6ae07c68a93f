#include "tools/report/view/subject_view.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/base/parallel.hpp"
#include "events/chronicle.hpp"
#include "events/event_type.hpp"
#include "projections/rows.hpp"
#include "tools/report/view/parallel_in_order.hpp"

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

/// Subjects are loaded in groups that show about so many events: each group goes through the log
/// once. An event takes as much memory as kRows rows.
constexpr std::size_t kGroup = 50'000;
constexpr std::size_t kRows = 32;

/// What rows alone tell.
void project(SubjectView& view, const Vantage& vantage, Bounds window) {
  view.effective = effective(view.rows, vantage);
  view.status = status(steps(view.rows, view.effective), vantage.as_of);
  view.marks = timeline(view.rows, view.effective, vantage, window);
}

/// Whether there can be plans: what becomes of them any event of the subject may say.
bool has_plans(const SubjectView& view, const Vantage& vantage) {
  for (std::size_t i = 0; i < view.rows.size(); ++i)
    if (is_planned(view.rows[i].kind()) && view.effective.visible(i) &&
        view.rows[i].known <= vantage.as_of)
      return true;
  return false;
}

/// And what else there is in the events.
void project_events(SubjectView& view, const Vantage& vantage, Shown shown) {
  if ((shown == Shown::all || shown == Shown::status) && has_plans(view, vantage))
    view.plans = plans(view.rows, plan_keys(view.events), view.effective, vantage);
  view.figures = figures(view.subject_events(), view.rows, view.effective, vantage);
  if (const Description* known = description(view.subject_events(), view.effective))
    view.description = *known;
}

/// The revisions of the events to fetch, ascending.
std::vector<Revision> needed(const SubjectView& view, const Vantage& vantage, Shown shown) {
  if (shown == Shown::status && has_plans(view, vantage)) shown = Shown::all;
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
  std::ranges::sort(revisions);
  const auto rest = std::ranges::unique(revisions);
  revisions.erase(rest.begin(), rest.end());
  return revisions;
}

/// Fetches the events of a group in the order of the log, where neighbours lie together,
/// and gives each to its subject. Threads share the log among them.
Result<void> fetch_events(const Log& log, std::span<SubjectView> group) {
  struct Place {
    Position position;
    StoredEvent* event;
  };
  std::vector<Place> places;
  for (SubjectView& view : group) {
    view.events.resize(view.revisions.size());
    for (std::size_t i = 0; i < view.events.size(); ++i)
      places.push_back({view.rows[index_of(view.revisions[i])].position(), &view.events[i]});
  }
  std::ranges::sort(places, {}, &Place::position);
  const auto fill = [&log](std::span<const Place> part) -> Result<void> {
    std::vector<Position> positions;
    for (const Place& place : part) positions.push_back(place.position);
    auto events = fetch(log, positions);
    if (!events) return std::unexpected(events.error());
    for (std::size_t i = 0; i < part.size(); ++i) *part[i].event = std::move((*events)[i]);
    return {};
  };
  constexpr std::size_t kWorthAThread = 1'000;
  const std::size_t share = std::max(places.size() / usual_threads() + 1, kWorthAThread);
  std::vector<Result<void>> done((places.size() + share - 1) / share);
  parallel_for(done.size(), usual_threads(), [&](std::size_t i) {
    const std::size_t first = i * share;
    done[i] =
        fill(std::span<const Place>(places).subspan(first, std::min(share, places.size() - first)));
  });
  for (const auto& part : done)
    if (!part) return std::unexpected(part.error());
  return {};
}

/// The rows of subjects: all at once where most are asked for, since that is one pass over the
/// index (24 bytes an event); else one by one.
class RowSource {
 public:
  static Result<RowSource> of(const Log& log, std::size_t subjects) {
    RowSource source(log);
    auto count = log.subject_count();
    if (!count) return std::unexpected(count.error());
    if (subjects < *count / 4 || subjects < 2) return source;
    source.all_.resize(*count);
    auto read = log.all_rows([&](SubjectNumber number, Rows rows) {
      if (number.value >= source.all_.size()) return false;  // recorded since we began
      source.all_[number.value].assign(rows.begin(), rows.end());
      return true;
    });
    if (!read) return std::unexpected(read.error());
    return source;
  }

  /// To be asked for once a subject.
  Result<std::vector<Row>> take(SubjectNumber number) {
    if (number.value < all_.size()) return std::move(all_[number.value]);
    return log_->rows(number);
  }

 private:
  explicit RowSource(const Log& log) : log_(&log) {}

  const Log* log_;
  std::vector<std::vector<Row>> all_;
};

}  // namespace

Result<void> each_group(const Log& log, std::span<const NamedSubject> subjects,
                        const Vantage& vantage, Bounds window, Shown shown,
                        const std::function<void(std::span<SubjectView>)>& take,
                        const std::function<bool(const SubjectView&)>& wanted) {
  auto source = RowSource::of(log, subjects.size());
  if (!source) return std::unexpected(source.error());
  std::vector<SubjectView> group;
  std::size_t events = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    auto rows = source->take(subjects[i].second);
    if (!rows) return std::unexpected(rows.error());
    SubjectView& view = group.emplace_back();
    view.subject = subjects[i].first;
    view.rows = std::move(*rows);
    project(view, vantage, window);
    if (wanted && !wanted(view)) {
      group.pop_back();
    } else {
      view.revisions = needed(view, vantage, shown);
      events += view.revisions.size() + 1 + view.rows.size() / kRows;
    }
    if (events < kGroup && i + 1 < subjects.size()) continue;
    if (auto ok = fetch_events(log, group); !ok) return std::unexpected(ok.error());
    for (SubjectView& each : group) project_events(each, vantage, shown);
    take(group);
    group.clear();
    events = 0;
  }
  return {};
}

Result<SubjectView> view_subject(const Log& log, const NamedSubject& subject,
                                 const Vantage& vantage, Bounds window) {
  std::optional<SubjectView> found;
  auto ok = each_group(log, {&subject, 1}, vantage, window, Shown::all,
                       [&](std::span<SubjectView> group) { found = std::move(group.front()); });
  if (!ok) return std::unexpected(ok.error());
  return std::move(*found);
}

Result<std::vector<SubjectView>> view_subjects(const Log& log,
                                               const std::vector<std::string>& names,
                                               const Vantage& vantage, Bounds window, Shown shown) {
  auto subjects = find_subjects(log, names);
  if (!subjects) return std::unexpected(subjects.error());
  std::vector<SubjectView> views;
  auto ok = each_group(log, *subjects, vantage, window, shown, [&](std::span<SubjectView> group) {
    for (SubjectView& view : group)
      if (!names.empty() || view.visible()) views.push_back(std::move(view));
  });
  if (!ok) return std::unexpected(ok.error());
  return views;
}

}  // namespace solnoma
