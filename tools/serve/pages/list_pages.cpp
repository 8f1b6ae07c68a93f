#include "tools/serve/pages/list_pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "events/chronicle.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "tools/io/each_line.hpp"
#include "tools/report/article/plan_article.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/pages/event_entry.hpp"
#include "tools/serve/pages/form.hpp"
#include "tools/serve/pages/told_problem.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/shared/selection.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kOnPage = 50;

std::uint64_t number_of(const HttpRequest& request, std::string_view name,
                        std::uint64_t otherwise) {
  const std::string_view text = request.asked(name).value_or("");
  std::uint64_t number = otherwise;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} ? number : otherwise;
}

/// A form of one field that asks this page again.
std::string ask_form(const Shell& shell, std::string_view path, std::string_view name,
                     std::string_view label, std::string_view hint, std::string_view value) {
  return fmt::format(
      "<form class=\"ask\" role=\"search\" action=\"/{}\">\n<label for=\"ask\">{}</label>\n"
      "<input id=\"ask\" name=\"{}\" type=\"search\" value=\"{}\" placeholder=\"{}\">\n"
      "<button>{}</button>\n</form>\n",
      path, shell.word(label), name, markup_escape(value), shell.word(hint), shell.word("Show"));
}

HttpAnswer problem_page(const Shell& shell, std::string_view title, const std::string& form,
                        const HttpAnswer& refused) {
  return shell_page(shell, title, form + problem_html(told_problem(refused)), refused.status);
}

/// The newest before a position, of a subject or of all.
Result<std::vector<StoredEvent>> newest_before(const Log& log, const std::string& subject,
                                               std::uint64_t before, std::size_t most) {
  std::vector<StoredEvent> events;
  std::optional<Error> error;
  const auto take = [&](const RecordedEvent& recorded) {
    if (recorded.position.value >= before) return true;
    auto stored = decode(recorded);
    if (!stored) error = stored.error();
    if (stored) events.push_back(std::move(*stored));
    return !error && events.size() < most;
  };
  Result<void> read;
  if (!subject.empty()) {
    read = log.read_subject(subject, Revision{UINT32_MAX}, Direction::backwards, take);
  } else if (before > 1) {
    read = log.read(Position{std::min(before - 1, log.head().value)}, Direction::backwards, take);
  }
  if (!read) return std::unexpected(read.error());
  if (error) return std::unexpected(*error);
  return events;
}

}  // namespace

HttpAnswer log_page(const Shell& shell, const Viewer& viewer) {
  const HttpRequest& request = shell.request;
  const std::string title(translate(shell.language, "Log"));
  const std::string typed(request.asked("subject").value_or(""));
  const std::uint64_t before = number_of(request, "before", UINT64_MAX);
  const std::uint64_t recorded = number_of(request, "new", 0);
  const std::uint64_t already = number_of(request, "already", 0);
  const std::string form =
      ask_form(shell, "log", "subject", message("Subject"), message("all"), typed);
  std::string subject;
  if (!typed.empty()) {
    const auto found = find_subject(viewer.log, typed);
    if (!found) return problem_page(shell, title, form, problem_answer(in_options(found.error())));
    subject = found->first;
  }
  const std::uint64_t sought = std::max(recorded, already);
  // What is sought stands on the page, however much has been recorded since.
  const std::uint64_t end = sought != 0 && before == UINT64_MAX ? sought + kOnPage / 2 : before;
  auto events = newest_before(viewer.log, subject, end, kOnPage + 1);
  if (!events) return problem_page(shell, title, form, problem_answer(Failure(events.error())));
  const bool more = events->size() > kOnPage;
  if (more) events->pop_back();
  std::string html = form;
  if (sought != 0)
    html += fmt::format("<p class=\"done\" role=\"status\">{}</p>\n",
                        shell.word(recorded != 0 ? message("It is recorded.")
                                                 : message("This is recorded already.")));
  html += event_list(shell, *events, Position{sought});
  if (more)
    html += fmt::format(
        "<p class=\"more\"><a href=\"/log?before={}{}\">{}</a></p>\n",
        events->back().position.value,
        typed.empty() ? std::string() : markup_escape("&subject=" + percent_encoded(typed)),
        shell.word("Older ones"));
  return shell_page(shell, title, html);
}

HttpAnswer find_page(const Shell& shell, const Viewer& viewer, Questions& questions) {
  const std::string title(translate(shell.language, "Search"));
  const std::string words(shell.request.asked("q").value_or(""));
  const std::string form =
      ask_form(shell, "find", "q", message("Words"), message("in titles, notes, names"), words);
  if (words.empty()) return shell_page(shell, title, form);
  HttpRequest question;
  question.method = "GET";
  question.path = {"v1", "search"};
  question.query = {{"q", words}, {"format", "json"}, {"limit", fmt::format("{}", kOnPage)}};
  const HttpAnswer found = questions.answer(question, viewer);
  if (found.status != 200) return problem_page(shell, title, form, found);
  std::vector<Position> positions;
  each_line(*found.body, [&](std::string_view line) {
    const auto event = event_from_json(line, "");
    if (event && event->position) positions.push_back(*event->position);
  });
  auto events = fetch(viewer.log, positions);
  if (!events) return problem_page(shell, title, form, problem_answer(Failure(events.error())));
  return shell_page(shell, title, form + event_list(shell, *events));
}

HttpAnswer agenda_page(const Shell& shell, const Viewer& viewer, const Context& world) {
  const std::string title(translate(shell.language, "Agenda"));
  const std::string typed(shell.request.asked("q").value_or(""));
  const std::string form = ask_form(shell, "agenda", "q", message("When it may be due"),
                                    message("As in 2027, 2027-Q1, next quarter"), typed);
  Context context = served_context(world, viewer);
  const auto refused = [&](const Failure& failure) {
    return problem_page(shell, title, form, problem_answer(failure));
  };
  Selection selection;
  if (!typed.empty()) {
    auto period = date_option("PERIOD", typed, context);
    if (!period) return refused(period.error());
    selection.period = *period;
  }
  auto vantage = resolve(VantageOptions{}, context, viewer.log);
  if (!vantage) return refused(vantage.error());
  auto report = Report::of(viewer.log, *vantage, shell.language, std::move(selection));
  if (!report) return refused(in_options(report.error()));
  auto parts = plan_parts(*report, {PlanState::pending, PlanState::overdue});
  if (!parts) return refused(Failure(parts.error()));
  std::string html =
      form + fmt::format("<p class=\"facts\">{} · <a href=\"/v1/plans.ics\">{}</a></p>\n",
                         html_data(in_words(*vantage, shell.language)),
                         shell.word("As a calendar"));
  if (parts->empty()) html += fmt::format("<p>{}</p>\n", shell.word("no matching plans"));
  for (const ArticlePart& part : *parts) {
    html += fmt::format("<h2>{}</h2>\n<div class=\"frame\">\n", markup_escape(part.heading));
    write_html_blocks(part, shell.language, [&](std::string_view text) { html += text; });
    html += "</div>\n";
  }
  return shell_page(shell, title, html);
}

}  // namespace solnoma
