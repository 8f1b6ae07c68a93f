#include "tools/report/changes/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "tools/report/article/event_words.hpp"
#include "tools/report/text/change_words.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// The parts of a change report, in the order in which they are told.
enum class NewsKind : std::uint8_t {
  status,
  due,
  happened,
  learned,
  planned,
  outcome,
  corrected,
  gone,
};
constexpr std::size_t kNewsKinds = 8;

constexpr std::array kStatusColumns{message("Subject"), message("Before"), message("Now"),
                                    message("Since")};
constexpr std::array kEventColumns{message("Subject"), message("When"), message("What"),
                                   message("Known"), message("Source")};
constexpr std::array kPlanColumns{message("Subject"), message("Plan"), message("Target date"),
                                  message("Before"),  message("Now"),  message("Source")};
constexpr std::array kCorrectionColumns{message("Subject"), message("Change"), message("Now"),
                                        message("Before"), message("Source")};
constexpr std::array kGoneColumns{message("Subject"), message("Change"), message("When"),
                                  message("What"), message("Source")};

struct NewsPart {
  std::string_view id, heading;
  std::span<const std::string_view> columns;
};

/// In the order of NewsKind.
constexpr std::array<NewsPart, kNewsKinds> kParts{{
    {"statuses", message("Statuses that changed"), kStatusColumns},
    {"due", message("What fell due"), kPlanColumns},
    {"happened", message("What happened"), kEventColumns},
    {"known", message("What became known"), kEventColumns},
    {"plans", message("New plans"), kEventColumns},
    {"outcomes", message("What came of plans"), kPlanColumns},
    {"corrections", message("What was corrected"), kCorrectionColumns},
    {"gone", message("What is not yet known or had not yet happened"), kGoneColumns},
}};

/// By NewsKind.
using RowsOfKinds = std::array<std::vector<std::vector<Cell>>, kNewsKinds>;

/// The news of one subject, as its own part of each section.
class SubjectNews {
 public:
  SubjectNews(const DiffView& each, const Vantage& from, Language language, Style style)
      : view_(each.view),
        diff_(each.diff),
        from_(from),
        language_(language),
        style_(style),
        words_(each.view, language, style) {
    statuses();
    for (const EventChange& change : diff_.events) tell(change);
    plans();
  }

  [[nodiscard]] RowsOfKinds& rows() { return rows_; }
  /// Who says so.
  [[nodiscard]] const std::set<std::string>& cited() const { return words_.cited(); }

 private:
  /// `cells`: but for the first, which is the subject's.
  void add(NewsKind kind, std::vector<Cell> cells) {
    Cell subject{{view_.name(language_)}};
    if (subject.front().text != view_.subject) subject.push_back({view_.subject});
    cells.insert(cells.begin(), std::move(subject));
    rows_[static_cast<std::size_t>(kind)].push_back(std::move(cells));
  }

  [[nodiscard]] bool full() const { return style_ == Style::full; }

  [[nodiscard]] Cell status_cell(const StatusAt& status) const {
    return {{full() ? in_words(status, language_) : phrase(status, language_), {}, status.status}};
  }

  void statuses() {
    if (!diff_.status_differs()) return;
    add(NewsKind::status, {status_cell(diff_.before),
                           status_cell(diff_.after),
                           {{since(view_, diff_.after, language_, style_)}}});
  }

  /// The same with its date, for a version of a fact beside another one.
  [[nodiscard]] Cell version(Revision revision) const {
    if (revision.value == 0) return {};
    Cell cell = words_.what(revision);
    if (std::string when = words_.when(revision); !when.empty()) cell.push_back({std::move(when)});
    return cell;
  }

  void event(NewsKind kind, Revision revision, bool ahead) {
    Cell told = words_.what(revision);
    if (ahead) told.push_back({std::string(translate(language_, "not yet happened"))});
    add(kind, {{{words_.when(revision)}},
               std::move(told),
               {{words_.day(view_.event(revision).known)}},
               words_.sources(revision)});
  }

  void correction(const EventChange& change) {
    const bool stands = change.change == Change::corrected || change.change == Change::reinstated;
    Cell told{{std::string(in_words(change.change, language_))}};
    Cell by = words_.sources(stands || change.by.value == 0 ? change.revision : change.by);
    if (change.by.value != 0) by.insert(by.begin(), {title(view_.event(change.by), language_)});
    add(NewsKind::corrected, {std::move(told), stands ? version(change.revision) : Cell{},
                              version(stands ? change.was : change.revision), std::move(by)});
  }

  void tell(const EventChange& change) {
    const Revision revision = change.revision;
    switch (change.change) {
      case Change::happened:
      case Change::became_known:
        return event(kind_of(change), revision, change.ahead);
      case Change::corrected:
      case Change::retracted:
      case Change::recorded_and_retracted:
      case Change::reinstated:
        return correction(change);
      case Change::unknown:
      case Change::not_happened:
        return add(NewsKind::gone, {{{std::string(in_words(change.change, language_))}},
                                    {{words_.when(revision)}},
                                    words_.what(revision),
                                    words_.sources(revision)});
    }
  }

  /// A description has no day on which it happened.
  [[nodiscard]] NewsKind kind_of(const EventChange& change) const {
    const Row& row = view_.rows[change.revision.value - 1];
    if (is_planned(row.kind())) return NewsKind::planned;
    if (words_.when(change.revision).empty()) return NewsKind::learned;
    return change.change == Change::happened || row.earliest > from_.as_of ? NewsKind::happened
                                                                           : NewsKind::learned;
  }

  void plan(NewsKind kind, const Plan& plan, std::string before) {
    const Event& event = view_.event(plan.revision);
    Cell about{{with_part(
        full() ? type_in_words(event.type, language_) : type_name(event.type, language_), event)}};
    if (!event.title.empty()) about.push_back({title(event, language_)});
    add(kind, {std::move(about),
               {{words_.when(plan.revision)}},
               {{std::move(before)}},
               {{phrase(plan, language_)}},
               words_.sources(plan.revision)});
  }

  /// Of those that became known since, only what fell due by then: the rest is told as new.
  void plans() {
    for (const PlanChange& change : diff_.plans)
      plan(change.plan.state == PlanState::overdue ? NewsKind::due : NewsKind::outcome, change.plan,
           std::string(translate(language_, name(change.before))));
    for (const Plan& each : view_.plans)
      if (each.state == PlanState::overdue &&
          std::ranges::any_of(diff_.events, [&](const EventChange& change) {
            return change.revision == each.revision && change.change == Change::became_known;
          }))
        plan(NewsKind::due, each, std::string(translate(language_, "not known yet")));
  }

  const SubjectView& view_;
  const SubjectDiff& diff_;
  const Vantage& from_;
  Language language_;
  Style style_;
  EventWords words_;
  RowsOfKinds rows_;
};

Result<std::string> summary(std::size_t changed, const Differences& differences,
                            Language language) {
  if (changed == 0) return no_difference(differences, language);
  const std::size_t all = differences.subjects();
  return fill(translate_plural(language, "Something changed in {n} of {all} subject.",
                               "Something changed in {n} of {all} subjects.", all),
              {{"n", fmt::format("{}", changed)}, {"all", fmt::format("{}", all)}});
}

ArticlePart part_of(std::size_t kind, std::vector<std::vector<Cell>> rows, Language language) {
  const NewsPart& part = kParts[kind];
  Table table;
  for (const std::string_view each : part.columns)
    table.columns.emplace_back(translate(language, each));
  const std::string heading = fmt::format("{}: {}", translate(language, part.heading), rows.size());
  table.rows = std::move(rows);
  return {std::string(part.id), heading, {std::move(table)}};
}

}  // namespace

Result<Article> change_report(const Differences& differences, Language language, Style style) {
  std::size_t changed = 0;
  RowsOfKinds rows;
  std::set<std::string> sources;
  auto ok = differences.each(
      [&](const DiffView& each) {
        SubjectNews told(each, differences.from(), language, style);
        return std::pair(std::move(told.rows()), told.cited());
      },
      [&](std::pair<RowsOfKinds, std::set<std::string>>&& told) {
        ++changed;
        for (std::size_t i = 0; i < kNewsKinds; ++i)
          std::ranges::move(told.first[i], std::back_inserter(rows[i]));
        sources.merge(told.second);
      },
      Shown::all);
  if (!ok) return std::unexpected(ok.error());
  const auto head = differences.head();
  if (!head) return std::unexpected(head.error());

  const auto vantage = [&](const Vantage& each) {
    return style == Style::full ? in_words(each, language) : phrase(each, language);
  };
  Article article;
  article.language = language;
  article.title = translate(language, "Change report");
  article.vantages = {translate(language, "since: {}", vantage(differences.from())),
                      translate(language, "now: {}", vantage(differences.to()))};
  auto told = summary(changed, differences, language);
  if (!told) return std::unexpected(told.error());
  article.summary = std::move(*told);
  for (std::size_t kind = 0; kind < kNewsKinds; ++kind)
    if (!rows[kind].empty())
      article.parts.push_back(part_of(kind, std::move(rows[kind]), language));
  article.sources.assign(sources.begin(), sources.end());
  article.head = to_string(*head);
  return article;
}

}  // namespace solnoma
