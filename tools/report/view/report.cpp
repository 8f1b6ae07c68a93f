#include "tools/report/view/report.hpp"

#include <algorithm>

#include "events/event_type.hpp"
#include "events/subject.hpp"

namespace solnoma {

Result<Report> Report::of(const Log& log, const Vantage& vantage, Language language,
                          Selection selection) {
  auto count = log.subject_count();
  if (!count) return std::unexpected(count.error());
  auto chosen = choose(log, selection, vantage);
  if (!chosen) return std::unexpected(chosen.error());
  Report report;
  report.log_ = &log;
  report.vantage_ = vantage;
  report.language_ = language;
  report.selection_ = std::move(selection);
  report.subjects_ = std::move(*chosen);
  report.recorded_ = *count;
  return report;
}

Result<TreeHead> Report::head() const {
  auto head = log_->tree_head(std::min(vantage_.at, log_->head()));
  if (!head) return std::unexpected(head.error());
  return *head;
}

Report Report::first(std::size_t count) const {
  Report report = *this;
  report.subjects_.resize(std::min(count, subjects_.size()));
  return report;
}

Report Report::with_status(bool has) const {
  Report report = *this;
  std::erase_if(report.subjects_,
                [&](const NamedSubject& subject) { return has_status(subject.first) != has; });
  return report;
}

Differences Report::since(const Vantage& from) const {
  return {*log_, subjects_, from, vantage_, selection_};
}

bool Report::shows(const SubjectView& view) const {
  if (!selection_.subjects.empty()) return true;
  return view.visible() && (!selection_.narrows_marks() || !view.marks.empty());
}

bool Report::shows_marks(const SubjectView& view) const {
  return !selection_.subjects.empty() || !view.marks.empty();
}

Result<std::vector<SubjectView>> Report::views() const {
  std::vector<SubjectView> views;
  auto ok = each([](SubjectView& view) { return std::move(view); },
                 [&](SubjectView&& view) {
                   if (shows(view)) views.push_back(std::move(view));
                 });
  if (!ok) return std::unexpected(ok.error());
  return views;
}

void Report::narrow(SubjectView& view) const {
  if (selection_.types.empty()) return;  // the period is seen to where marks are made
  std::erase_if(view.marks, [&](const TimelineMark& mark) {
    return !selection_.takes(event_type(mark.type).name, mark.bounds);
  });
}

}  // namespace solnoma
