#include "tools/report/review/rows.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "events/text/folded_name.hpp"
#include "tools/report/article/event_words.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// What is told of one subject.
struct ToldOfSubject {
  std::vector<ReviewRow> rows;
  std::string subject;
  Cell cell;
  std::set<std::string> names;  ///< folded; with the kind
  std::set<std::string> cited;
};

class SubjectReview {
 public:
  SubjectReview(const SubjectView& view, const Report& report, Style style)
      : view_(view),
        report_(report),
        language_(report.language()),
        words_(view, language_, style) {}

  ToldOfSubject tell() && {
    ToldOfSubject all;
    all.subject = view_.subject;
    all.cell = {{view_.name(language_)}};
    if (all.cell.front().text != view_.subject) all.cell.push_back({view_.subject});
    for (const Finding& finding : findings(view_, report_.vantage()))
      if (is_asked_for(finding)) all.rows.push_back(row_of(finding, all.cell));
    if (view_.description) add_names(all.names);
    all.cited = words_.cited();
    return all;
  }

 private:
  [[nodiscard]] bool is_asked_for(const Finding& finding) const {
    const Selection& selection = report_.selection();
    if (finding.events.empty()) return !selection.narrows_marks();
    return std::ranges::any_of(finding.events, [&](Revision revision) {
      const Row& row = view_.rows[revision.value - 1];
      return selection.takes(view_.event(revision).type, {row.earliest, row.latest});
    });
  }

  [[nodiscard]] ReviewRow row_of(const Finding& finding, const Cell& subject) {
    ReviewRow row;
    row.care = finding.care;
    row.subjects = {view_.subject};
    row.cells = {subject};
    row.since = finding.since;
    if (finding.care == Care::silent) {
      row.what = translate(language_, "inference: no news for more than two years, since {}",
                           words_.day(finding.since));
      row.cells.push_back({{row.what}});
    }
    if (finding.events.empty()) return row;
    Cell when, what, sources;
    for (const Revision revision : finding.events) {
      const Event& event = view_.event(revision);
      row.events.push_back(event.id);
      std::string day = words_.when(revision), title = words_.told(revision);
      add(row.when, day);
      add(row.what, title);
      when.push_back({std::move(day)});
      what.push_back({std::move(title)});
      for (Piece& source : words_.sources(revision)) {
        add(row.sources, source.text);
        sources.push_back(std::move(source));
      }
    }
    row.cells.insert(row.cells.end(), {std::move(when), std::move(what), std::move(sources)});
    return row;
  }

  static void add(std::string& text, const std::string& more) {
    text += (text.empty() ? "" : "; ") + more;
  }

  void add_names(std::set<std::string>& names) const {
    const std::string kind = view_.subject.substr(0, view_.subject.find('/') + 1);
    for (const auto& each : kLanguages)
      if (const std::string& name = view_.description->names.only(each.language); !name.empty())
        names.insert(kind + folded_name(name));
  }

  const SubjectView& view_;
  const Report& report_;
  Language language_;
  EventWords words_;
};

/// Subjects of one name, each group once.
class Namesakes {
 public:
  void add(const ToldOfSubject& subject) {
    for (const std::string& name : subject.names) subjects_[name].push_back(cells_.size());
    cells_.emplace_back(subject.subject, subject.cell);
  }

  [[nodiscard]] std::vector<ReviewRow> tell() const {
    std::set<std::vector<std::size_t>> groups;
    for (const auto& [name, subjects] : subjects_)
      if (subjects.size() > 1) groups.insert(subjects);
    std::vector<ReviewRow> all;
    for (const auto& group : groups) {
      ReviewRow row;
      row.care = Care::namesake;
      Cell cell;
      for (const std::size_t each : group) {
        row.subjects.push_back(cells_[each].first);
        std::ranges::copy(cells_[each].second, std::back_inserter(cell));
      }
      row.cells = {std::move(cell)};
      all.push_back(std::move(row));
    }
    return all;
  }

 private:
  std::map<std::string, std::vector<std::size_t>> subjects_;  // by name, in their order
  std::vector<std::pair<std::string, Cell>> cells_;
};

}  // namespace

Result<Review> review_of(const Report& report, Style style) {
  Review review;
  Namesakes namesakes;
  auto ok = report.each(
      [&](const SubjectView& view) {
        return report.shows(view) ? SubjectReview(view, report, style).tell() : ToldOfSubject{};
      },
      [&](ToldOfSubject&& subject) {
        if (subject.subject.empty()) return;
        namesakes.add(subject);
        for (ReviewRow& each : subject.rows)
          review.rows[static_cast<std::size_t>(each.care)].push_back(std::move(each));
        review.cited.merge(subject.cited);
      });
  if (!ok) return std::unexpected(ok.error());
  if (!report.selection().narrows_marks())
    review.rows[static_cast<std::size_t>(Care::namesake)] = namesakes.tell();
  return review;
}

}  // namespace solnoma
