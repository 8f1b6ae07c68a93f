#include "tools/report/view/subject_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/base/parallel.hpp"
#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "projections/rows.hpp"
#include "tools/report/view/held_events.hpp"
#include "tools/report/view/recorded_plan_keys.hpp"

namespace solnoma {
namespace {

/// How large a group may become: the first of these that is reached ends it. A row takes a
/// small part of what an event does.
constexpr std::size_t kMostEvents = 100'000;
constexpr std::size_t kUsualBytes = 40 << 20;
constexpr std::size_t kMostBytes = 56 << 20;
constexpr std::size_t kRows = 16;

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

  /// Before any is taken: those of subjects, where all are in memory.
  [[nodiscard]] std::optional<Rows> look(SubjectNumber number) const {
    if (number.value >= all_.size()) return std::nullopt;
    return all_[number.value];
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

/// The plan keys of subjects that may have plans, by the order of subjects. Empty where rows are
/// not in memory: few subjects are read whole.
Result<std::vector<std::optional<PlanKeys>>> plan_keys_of(const Log& log, const RowSource& source,
                                                          std::span<const NamedSubject> subjects) {
  std::vector<Rows> rows;
  std::vector<std::size_t> whose;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto own = source.look(subjects[i].second);
    if (!own) return {};
    if (std::ranges::none_of(*own, [](const Row& row) { return is_planned(row.kind()); })) continue;
    rows.push_back(*own);
    whose.push_back(i);
  }
  auto read = recorded_plan_keys(log, rows);
  if (!read) return std::unexpected(read.error());
  std::vector<std::optional<PlanKeys>> keys(subjects.size());
  for (std::size_t i = 0; i < whose.size(); ++i) keys[whose[i]] = std::move((*read)[i]);
  return keys;
}

/// The subjects that wait to be read, and their way through the log.
class Group {
 public:
  Group(const Log& log, const std::function<bool(std::span<UnreadView>)>& take)
      : log_(log), take_(take) {}

  void add(SubjectView&& view) {
    weight_ += view.revisions.size() + 1 + view.rows.size() / kRows;
    views_.push_back({std::move(view), {}});
  }
  [[nodiscard]] bool full() const { return weight_ >= most_; }

  /// Reads and hands over all of it: where that is too much for memory, in halves. Gives false
  /// where no more is wanted.
  Result<bool> flush() {
    bool more = true;
    for (std::size_t first = 0, count = views_.size(); more && first < views_.size();) {
      count = std::min(count, views_.size() - first);
      auto taken = hand_over(std::span(views_).subspan(first, count), more);
      if (!taken) return std::unexpected(taken.error());
      if (*taken)
        first += count;
      else
        count = (count + 1) / 2;
    }
    views_.clear();
    weight_ = 0;
    return more;
  }

 private:
  /// False where they are too much for memory, and more than one.
  Result<bool> hand_over(std::span<UnreadView> views, bool& more) {
    std::vector<Position> positions;
    for (const auto& [view, events] : views)
      for (const Revision revision : view.revisions)
        positions.push_back(view.rows[index_of(revision)].position());
    auto held = HeldEvents::read(log_, positions, views.size() == 1 ? SIZE_MAX : kMostBytes);
    if (!held) return std::unexpected(held.error());
    if (!held->complete()) return false;
    std::span<const RecordedEvent> rest = held->events();
    for (auto& [view, events] : views) {
      events = rest.first(view.revisions.size());
      rest = rest.subspan(view.revisions.size());
    }
    // Those after them are taken for as large.
    if (!positions.empty())
      most_ =
          std::clamp<std::size_t>(kUsualBytes / (held->bytes() / positions.size()), 1, kMostEvents);
    more = take_(views);
    return true;
  }

  const Log& log_;
  const std::function<bool(std::span<UnreadView>)>& take_;
  std::vector<UnreadView> views_;
  std::size_t weight_ = 0;
  std::size_t most_ = kMostEvents;
};

}  // namespace

Result<void> UnreadView::read(const ViewOptions& options) {
  view.events.reserve(events.size());
  for (const RecordedEvent& event : events) {
    auto stored = decode(event);
    if (!stored) return at(fmt::format("position {}", event.position.value), stored.error());
    view.events.push_back(std::move(*stored));
  }
  project_events(view, options);
  return {};
}

Result<void> each_group(const Log& log, std::span<const NamedSubject> subjects,
                        const ViewOptions& options, const ShownOf& shown_of,
                        const std::function<bool(std::span<UnreadView>)>& take) {
  auto source = RowSource::of(log, subjects.size());
  if (!source) return std::unexpected(source.error());
  std::vector<std::optional<PlanKeys>> keys;
  if (options.plan_keys_first) {
    auto read = plan_keys_of(log, *source, subjects);
    if (!read) return std::unexpected(read.error());
    keys = std::move(*read);
  }
  const std::size_t count = subjects.size();
  Group group(log, take);
  constexpr std::size_t kTogether = 1'024;
  constexpr std::size_t kWorthAThread = 64;
  for (; !subjects.empty(); subjects = subjects.subspan(std::min(kTogether, subjects.size()))) {
    const auto some = subjects.first(std::min(kTogether, subjects.size()));
    std::vector<std::vector<Row>> rows;
    for (const NamedSubject& subject : some) {
      auto own = source->take(subject.second);
      if (!own) return std::unexpected(own.error());
      rows.push_back(std::move(*own));
    }
    const std::size_t before = count - subjects.size();
    std::vector<std::optional<SubjectView>> views(some.size());
    parallel_for(
        some.size(), some.size() < kWorthAThread ? 1 : usual_threads(), [&](std::size_t i) {
          SubjectView view =
              view_of_rows(some[i].first, std::move(rows[i]),
                           keys.empty() ? std::nullopt : std::move(keys[before + i]), options);
          auto shown = shown_of ? shown_of(view) : std::optional(revisions_shown(view, options));
          if (!shown) return;
          view.revisions = std::move(*shown);
          views[i] = std::move(view);
        });
    for (auto& view : views) {
      if (!view) continue;
      group.add(std::move(*view));
      if (!group.full()) continue;
      auto more = group.flush();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
    }
  }
  auto rest = group.flush();
  if (!rest) return std::unexpected(rest.error());
  return {};
}

Result<SubjectView> view_subject(const Log& log, const NamedSubject& subject,
                                 const ViewOptions& options) {
  std::optional<SubjectView> found;
  auto ok = each_view(
      log, {&subject, 1}, options, [](SubjectView& view) { return std::move(view); },
      [&](SubjectView&& view) { found = std::move(view); });
  if (!ok) return std::unexpected(ok.error());
  return std::move(*found);
}

Result<std::vector<SubjectView>> view_subjects(const Log& log,
                                               const std::vector<std::string>& names,
                                               const ViewOptions& options) {
  auto subjects = find_subjects(log, names);
  if (!subjects) return std::unexpected(subjects.error());
  std::vector<SubjectView> views;
  auto ok = each_view(
      log, *subjects, options, [](SubjectView& view) { return std::move(view); },
      [&](SubjectView&& view) {
        if (!names.empty() || view.visible()) views.push_back(std::move(view));
      });
  if (!ok) return std::unexpected(ok.error());
  return views;
}

}  // namespace solnoma
