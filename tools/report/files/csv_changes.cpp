#include "tools/report/files/csv_changes.hpp"

#include <fmt/format.h>

#include <string>

#include "events/subject.hpp"
#include "tools/report/files/csv.hpp"
#include "tools/report/text/change_words.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// The rows of one subject.
class ChangeRows {
 public:
  ChangeRows(const DiffView& each, const Vantage& from, Language language)
      : view_(each.view), language_(language) {
    const SubjectDiff& diff = each.diff;
    if (diff.status_differs())
      add(std::string(translate(language, "Status")), phrase(diff.before, language),
          phrase(diff.after, language), nullptr);
    for (const PlanChange& change : diff.plans)
      add(what(change.plan.revision), std::string(translate(language, name(change.before))),
          std::string(translate(language, name(change.plan.state))),
          &view_.event(change.plan.revision));
    for (const EventChange& change : diff.events)
      add(what(change.revision), change.was.value != 0 ? what(change.was) : "",
          change_words(change, view_, from, language), &view_.event(change.revision));
  }

  [[nodiscard]] std::string& text() { return text_; }

 private:
  void add(std::string what, std::string before, std::string after, const Event* event) {
    text_ += csv_row({view_.subject, view_.description ? view_.name(language_) : "",
                      std::move(what), std::move(before), std::move(after),
                      event != nullptr ? publishers(*event, language_) : "",
                      event != nullptr ? event->id : ""});
  }

  [[nodiscard]] std::string what(Revision revision) const {
    const Event& event = view_.event(revision);
    const Row& row = view_.rows[revision.value - 1];
    const std::string type = type_name(event.type, language_);
    return fmt::format("{} ({}): {}",
                       event.modality == Modality::planned ? plan_of(type, language_) : type,
                       when(event, {row.earliest, row.latest}, language_), title(event, language_));
  }

  const SubjectView& view_;
  Language language_;
  std::string text_;
};

}  // namespace

Result<void> csv_changes(const Differences& differences, Language language, const Sink& sink) {
  sink(csv_row({"subject", "name", "what", "before", "after", "source", "event"}));
  return differences.each(
      [&](const DiffView& each) {
        return std::move(ChangeRows(each, differences.from(), language).text());
      },
      sink);
}

}  // namespace solnoma
