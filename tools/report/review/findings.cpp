#include "tools/report/review/findings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "events/subject.hpp"
#include "projections/explain.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, kCares> kNames = {
    "silent",         "undated-plan", "overdue-plan", "no-source",
    "sources-differ", "told-twice",   "namesake",     "not-described"};

class Findings {
 public:
  Findings(const SubjectView& view, const Vantage& vantage) : view_(view), vantage_(vantage) {}

  std::vector<Finding> find() && {
    silence();
    plans();
    for (const TimelineMark& mark : view_.marks)
      if (mark.type != kImported && view_.event(mark.revision).sources.empty())
        found_.push_back({Care::no_source, {mark.revision}});
    const auto alike = marks_of_types();
    for (const auto& [key, marks] : alike)
      if (event_type(key.first).once && exclude_each_other(marks))
        found_.push_back({Care::sources_differ, revisions(marks)});
    for (const auto& [key, marks] : alike) told_twice(marks);
    if (!view_.description && !is_of_imports()) found_.push_back({Care::not_described});
    std::ranges::stable_sort(found_, {}, &Finding::care);
    return std::move(found_);
  }

 private:
  using Marks = std::vector<const TimelineMark*>;

  void silence() {
    const Status status = view_.status.status;
    const bool ended =
        view_.status.certain() && (status == Status::cancelled || status == Status::retired);
    if (!has_status(view_.subject) || ended) return;
    const Explanation told = explain(view_.rows, vantage_);
    if (told.silent) found_.push_back({Care::silent, {}, told.last_news});
  }

  void plans() {
    for (const Plan& plan : view_.plans) {
      const Day last = plan.target.latest;
      if (plan.state == PlanState::pending && !is_calendar_day(last))
        found_.push_back({Care::undated_plan, {plan.revision}});
      if (plan.state == PlanState::overdue && vantage_.as_of - last > kLongOverdue)
        found_.push_back({Care::overdue_plan, {plan.revision}, last});
    }
  }

  /// Of what happened or may have, by type and part.
  [[nodiscard]] std::map<std::pair<TypeCode, std::string>, Marks> marks_of_types() const {
    std::map<std::pair<TypeCode, std::string>, Marks> found;
    for (const TimelineMark& mark : view_.marks)
      if (mark.happened != Happened::planned)
        found[{mark.type, view_.event(mark.revision).part}].push_back(&mark);
    return found;
  }

  /// "2023" and "April 2023" may both be right; April and May may not.
  static bool exclude_each_other(const Marks& marks) {
    return std::ranges::any_of(marks, [&](const TimelineMark* a) {
      return std::ranges::any_of(
          marks, [&](const TimelineMark* b) { return a->bounds.latest < b->bounds.earliest; });
    });
  }

  static bool share_a_publisher(const Event& a, const Event& b) {
    return std::ranges::any_of(a.sources, [&](const Source& one) {
      return std::ranges::any_of(b.sources, [&](const Source& other) {
        return !one.publisher.empty() && one.publisher == other.publisher;
      });
    });
  }

  void told_twice(const Marks& marks) {
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const Event& one = view_.event(marks[i]->revision);
      Finding finding{Care::told_twice, {marks[i]->revision}};
      bool is_first = true;
      for (std::size_t j = 0; j < marks.size(); ++j) {
        const Event& other = view_.event(marks[j]->revision);
        const bool same = i != j && one.occurred == other.occurred &&
                          one.quantities == other.quantities && one.parties == other.parties &&
                          share_a_publisher(one, other);
        if (!same) continue;
        is_first = is_first && i < j;
        finding.events.push_back(marks[j]->revision);
      }
      if (is_first && finding.events.size() > 1) found_.push_back(std::move(finding));
    }
  }

  [[nodiscard]] bool is_of_imports() const {
    return std::ranges::all_of(view_.marks,
                               [](const TimelineMark& mark) { return mark.type == kImported; });
  }

  static std::vector<Revision> revisions(const Marks& marks) {
    std::vector<Revision> all;
    for (const TimelineMark* mark : marks) all.push_back(mark->revision);
    return all;
  }

  const SubjectView& view_;
  const Vantage& vantage_;
  std::vector<Finding> found_;
};

}  // namespace

std::string_view name(Care care) {
  return kNames[static_cast<std::size_t>(care)];
}

std::vector<Finding> findings(const SubjectView& view, const Vantage& vantage) {
  return Findings(view, vantage).find();
}

}  // namespace solnoma
