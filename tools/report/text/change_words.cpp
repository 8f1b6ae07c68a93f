#include "tools/report/text/change_words.hpp"

#include <fmt/format.h>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

std::string change_words(const EventChange& change, const SubjectView& view, const Vantage& from,
                         Language language) {
  const Day known = view.event(change.revision).known;
  if (change.change == Change::became_known &&
      (known > from.known_by || view.stored(change.revision).position <= from.at))
    return translate(language, "became known on {}", to_string(known));
  std::string text(in_words(change.change, language));
  if (change.ahead) text += fmt::format(" ({})", translate(language, "not yet happened"));
  return text;
}

std::string plan_change_words(const PlanChange& change, const SubjectView& view,
                              Language language) {
  return fmt::format(
      "{}: {} → {}", plan_of(type_name(view.event(change.plan.revision).type, language), language),
      translate(language, name(change.before)), translate(language, name(change.plan.state)));
}

std::vector<std::string> status_change_words(const DiffView& each, Language language) {
  std::vector<std::string> lines;
  if (each.diff.status_differs())
    lines.push_back(fmt::format("{} → {}", phrase(each.diff.before, language),
                                phrase(each.diff.after, language)));
  for (const PlanChange& change : each.diff.plans)
    lines.push_back(plan_change_words(change, each.view, language));
  return lines;
}

Result<std::string> no_difference(const Differences& differences, Language language) {
  auto since = differences.known_since();
  if (!since) return std::unexpected(since.error());
  std::string text(translate(language, "no difference"));
  if (is_calendar_day(*since))
    text += "; " + translate(language, "what is known begins on {}", to_string(*since));
  return text;
}

}  // namespace solnoma
