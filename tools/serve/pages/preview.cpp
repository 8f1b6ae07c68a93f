#include "tools/serve/pages/preview.hpp"

#include <fmt/format.h>

#include <vector>

#include "projections/sort_unique.hpp"
#include "tools/report/changes/report.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/text/status_changes.hpp"
#include "tools/serve/pages/event_entry.hpp"
#include "tools/serve/served_context.hpp"

namespace solnoma {

Result<std::string> Preview::html(const Shell& shell, const Viewer& viewer,
                                  std::span<const Event> events, const OwnedEvents& batch) {
  std::string html = "<ol class=\"entries\">\n";
  for (const Event& event : events) html += event_entry(shell, event);
  html += fmt::format("</ol>\n<h2>{}</h2>\n<ul class=\"told\">\n",
                      shell.word("What would change, day by day"));
  auto lines = describe_all_changes(viewer.log, events, batch, shell.language);
  if (!lines) return std::unexpected(lines.error());
  for (const std::string& line : *lines) html += fmt::format("<li>{}</li>\n", html_data(line));
  html += "</ul>\n";
  auto today = changes_today(shell, viewer, events, batch);
  if (!today) return today;
  return html + *today;
}

Result<std::string> Preview::changes_today(const Shell& shell, const Viewer& viewer,
                                           std::span<const Event> events,
                                           const OwnedEvents& batch) {
  const std::lock_guard alone(trials_);
  auto trial = journal_.trial();
  if (!trial) return std::unexpected(trial.error());
  const Position before = (*trial)->log().head();
  if (auto appended = (*trial)->append(batch.events()); !appended)
    return std::unexpected(appended.error());
  const Log& log = (*trial)->log();
  std::vector<std::string> names;
  for (const Event& event : events) names.push_back(event.subject);
  sort_unique(names);
  auto subjects = find_subjects(log, names);
  if (!subjects) return std::unexpected(subjects.error());
  auto today = served_context(world_, viewer).today();
  if (!today) return std::unexpected(today.error().error);
  const Vantage now{.as_of = *today, .at = before};
  const Differences differences(log, std::move(*subjects), now,
                                {.as_of = *today, .at = log.head()});
  auto article = change_report(differences, shell.language, Style::full);
  if (!article) return std::unexpected(article.error());
  std::string html =
      fmt::format("<h2>{}</h2>\n", shell.word("What the report would tell differently today"));
  if (article->parts.empty()) html += fmt::format("<p>{}</p>\n", shell.word("nothing"));
  for (const ArticlePart& part : article->parts) {
    html += fmt::format("<h3>{}</h3>\n<div class=\"frame\">\n", markup_escape(part.heading));
    write_html_blocks(part, shell.language, [&](std::string_view text) { html += text; });
    html += "</div>\n";
  }
  return html;
}

}  // namespace solnoma
