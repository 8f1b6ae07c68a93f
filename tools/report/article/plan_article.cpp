#include "tools/report/article/plan_article.hpp"

#include <algorithm>
#include <utility>

#include "tools/report/files/plans_by_date.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

std::vector<Cell> cells_of(const SubjectView& view, const Plan& plan, Language language) {
  const Event& event = view.event(plan.revision);
  const std::string what = with_part(type_in_words(event.type, language), event);
  Cell told{{.text = what}};
  if (!event.title.empty()) told.push_back({.text = title(event, language)});
  Cell sources;
  for (const Source& source : event.sources)
    sources.push_back({.text = source.publisher.in(language), .url = source.url});
  return {{{.text = when_in_words(event, plan.target, language, Wording::name)}},
          {{.text = phrase(plan, language)}},
          {{.text = view.name(language)}, {.text = view.subject}},
          std::move(told),
          std::move(sources)};
}

}  // namespace

Result<std::vector<ArticlePart>> plan_parts(const Report& report,
                                            const std::vector<PlanState>& states) {
  const Language language = report.language();
  auto plans = plans_by_date(report, states, [&](const SubjectView& view, const Plan& plan) {
    return cells_of(view, plan, language);
  });
  if (!plans) return std::unexpected(plans.error());

  std::vector<ArticlePart> parts;
  const auto undated = std::ranges::find_if(*plans, [](const auto& each) { return !each.dated(); });
  const auto add = [&](const char* id, std::string_view heading, auto begin, auto end) {
    if (begin == end) return;
    Table table;
    for (const std::string_view column : {message("When"), message("State"), message("Subject"),
                                          message("What"), message("Source")})
      table.columns.emplace_back(translate(language, column));
    for (auto plan = begin; plan != end; ++plan) table.rows.push_back(std::move(plan->made));
    parts.push_back({id, std::string(translate(language, heading)), {std::move(table)}});
  };
  add("dated", message("With a date"), plans->begin(), undated);
  add("undated", message("without a date"), undated, plans->end());
  return parts;
}

}  // namespace solnoma
