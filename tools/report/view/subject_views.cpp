#include "tools/report/view/subject_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/parallel.hpp"
#include "events/codec.hpp"
#include "events/event_type.hpp"
#include "projections/rows.hpp"
#include "tools/report/view/event_spool.hpp"
#include "tools/report/view/held_events.hpp"
#include "tools/report/view/recorded_plan_keys.hpp"

namespace solnoma {
namespace {

/// How large a group may become: the first of these that is reached ends it. A row takes a
/// small part of what an event does.
constexpr std::size_t kUsualBytes = 16 << 20;
constexpr std::size_t kMostBytes = 20 << 20;
constexpr std::size_t kRows = 16;
/// From so many groups on, their events are sorted in one pass over the log.
constexpr std::size_t kManyGroups = 4;

std::size_t weight_of(const SubjectView& view) {
  return view.revisions.size() + 1 + view.rows.size() / kRows;
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

/// How the events of subjects are grouped.
struct Grouping {
  std::size_t most;                       // weight of a group
  std::optional<EventSpool> sorted = {};  // the groups, where they are many
};

/// The subjects that wait to be read, and their way through the log.
class Group {
 public:
  Group(const Log& log, const Grouping& grouping, std::size_t together,
        const std::function<bool(std::span<UnreadView>)>& take)
      : log_(log),
        sorted_(grouping.sorted),
        together_(together),
        take_(take),
        most_(grouping.most) {}

  void add(SubjectView&& view) {
    weight_ += weight_of(view);
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
    ++number_;
    return more;
  }

 private:
  /// False where they are too much for memory, and more than one.
  Result<bool> hand_over(std::span<UnreadView> views, bool& more) {
    std::vector<Position> positions;
    for (const auto& [view, events] : views)
      for (const Revision revision : view.revisions)
        positions.push_back(view.rows[index_of(revision)].position());
    const std::size_t most = views.size() == 1 ? SIZE_MAX : kMostBytes;
    auto held = sorted_ ? HeldEvents::read(*sorted_, number_, positions, most)
                        : HeldEvents::read(log_, positions, most);
    if (!held) return std::unexpected(held.error());
    if (!held->complete()) return false;
    std::span<const RecordedEvent> rest = held->events();
    for (auto& [view, events] : views) {
      events = rest.first(view.revisions.size());
      rest = rest.subspan(view.revisions.size());
    }
    // Those after them are taken for as large.
    if (!positions.empty() && !sorted_)
      most_ =
          std::clamp<std::size_t>(kUsualBytes / (held->bytes() / positions.size()), 1, together_);
    more = take_(views);
    return true;
  }

  const Log& log_;
  const std::optional<EventSpool>& sorted_;
  std::size_t together_;
  const std::function<bool(std::span<UnreadView>)>& take_;
  std::vector<UnreadView> views_;
  std::size_t weight_ = 0;
  std::size_t most_;
  std::size_t number_ = 0;  // of groups before this one
};

/// The views of subjects before their events are read, and which events these shall be.
class Views {
 public:
  Views(RowSource& source, std::vector<std::optional<PlanKeys>> keys, const ViewOptions& options,
        const ShownOf& shown_of)
      : source_(source), keys_(std::move(keys)), options_(options), shown_of_(shown_of) {}

  /// Calls `visit` with each that is shown, in the order of subjects, until that says no more, or
  /// that it failed. What it takes from memory is gone, unless it is to be `kept` for another time.
  Result<void> each(std::span<const NamedSubject> subjects, bool kept,
                    const std::function<Result<bool>(SubjectView&&)>& visit) {
    constexpr std::size_t kTogether = 1'024;
    for (std::size_t first = 0; first < subjects.size(); first += kTogether) {
      const auto some = subjects.subspan(first, std::min(kTogether, subjects.size() - first));
      auto views = make(some, first, kept);
      if (!views) return std::unexpected(views.error());
      for (auto& view : *views) {
        if (!view) continue;
        auto more = visit(std::move(*view));
        if (!more) return std::unexpected(more.error());
        if (!*more) return {};
      }
    }
    return {};
  }

 private:
  Result<std::vector<std::optional<SubjectView>>> make(std::span<const NamedSubject> subjects,
                                                       std::size_t first, bool kept) {
    constexpr std::size_t kWorthAThread = 64;
    std::vector<std::vector<Row>> rows;
    for (const NamedSubject& subject : subjects) {
      const auto own = kept ? source_.look(subject.second) : std::nullopt;
      auto taken = own ? std::vector<Row>(own->begin(), own->end()) : source_.take(subject.second);
      if (!taken) return std::unexpected(taken.error());
      rows.push_back(std::move(*taken));
    }
    std::vector<std::optional<SubjectView>> views(subjects.size());
    parallel_for(
        subjects.size(), subjects.size() < kWorthAThread ? 1 : usual_threads(), [&](std::size_t i) {
          std::optional<PlanKeys> keys;
          if (!keys_.empty())
            keys = kept ? keys_[first + i] : std::exchange(keys_[first + i], std::nullopt);
          SubjectView view =
              view_of_rows(subjects[i].first, std::move(rows[i]), std::move(keys), options_);
          auto shown = shown_of_ ? shown_of_(view) : std::optional(revisions_shown(view, options_));
          if (!shown) return;
          view.revisions = std::move(*shown);
          views[i] = std::move(view);
        });
    return views;
  }

  RowSource& source_;
  std::vector<std::optional<PlanKeys>> keys_;  // by the order of subjects
  const ViewOptions& options_;
  const ShownOf& shown_of_;
};

/// How many events are about as much as a group may hold.
Result<std::size_t> most_events(const Log& log, std::size_t together) {
  constexpr std::uint64_t kSamples = 64;
  std::vector<Position> samples;
  const std::uint64_t head = log.head().value;
  for (std::uint64_t i = 0; i < kSamples && i < head; ++i)
    samples.push_back(Position{head * i / kSamples + 1});
  if (samples.empty()) return together;
  std::size_t bytes = sizeof(RecordedEvent) * samples.size();
  auto read = log.read_at(samples, [&](const RecordedEvent& event) {
    bytes += event.id.size() + event.payload.size();
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return std::clamp<std::size_t>(kUsualBytes / (bytes / samples.size()), 1, together);
}

/// Where there would be many groups, each of which would go through all of the log, their events
/// are sorted; not where that cannot be done: it takes longer without.
Result<Grouping> grouping_of(const Log& log, Views& views, RowSource& source,
                             std::span<const NamedSubject> subjects, std::size_t together) {
  std::size_t rows = 0;
  for (const NamedSubject& subject : subjects) {
    const auto own = source.look(subject.second);
    if (!own) return Grouping{together};
    rows += own->size();
  }
  if (rows < together) return Grouping{together};
  auto most = most_events(log, together);
  if (!most) return std::unexpected(most.error());
  if (rows < kManyGroups * *most) return Grouping{*most};

  std::vector<std::uint16_t> group_of(log.head().value, EventSpool::kNoGroup);
  std::size_t group = 0, weight = 0;
  auto grouped = views.each(subjects, /*kept=*/true, [&](SubjectView&& view) -> Result<bool> {
    for (const Revision revision : view.revisions)
      group_of[view.rows[index_of(revision)].position().value - 1] =
          static_cast<std::uint16_t>(group);
    weight += weight_of(view);
    if (weight < *most) return true;
    weight = 0;
    return ++group < EventSpool::kNoGroup;
  });
  if (!grouped) return std::unexpected(grouped.error());
  if (group < kManyGroups || group == EventSpool::kNoGroup) return Grouping{*most};
  auto spool = EventSpool::fill(log, group_of);
  if (!spool && spool.error().code == Errc::io) return Grouping{*most};
  if (!spool) return std::unexpected(spool.error());
  return Grouping{*most, std::move(*spool)};
}

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
  Views views(*source, std::move(keys), options, shown_of);
  auto grouping = grouping_of(log, views, *source, subjects, options.together);
  if (!grouping) return std::unexpected(grouping.error());
  Group group(log, *grouping, options.together, take);
  auto read = views.each(subjects, /*kept=*/false, [&](SubjectView&& view) -> Result<bool> {
    group.add(std::move(view));
    return group.full() ? group.flush() : true;
  });
  if (!read) return read;
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
