#include "tools/serve/pages/pages.hpp"

#include "tools/serve/page_language.hpp"
#include "tools/serve/pages/import_page.hpp"
#include "tools/serve/pages/list_pages.hpp"
#include "tools/serve/pages/live_report.hpp"
#include "tools/serve/pages/proposals_page.hpp"
#include "tools/serve/pages/told_problem.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

std::optional<HttpAnswer> page_at(const Shell& shell, const Viewer& viewer, const Context& world,
                                  Questions& questions, RecordingCommands& commands,
                                  Importing& importing, Preview& preview, RecordPage& record) {
  const HttpRequest& request = shell.request;
  const bool gets = request.method == "GET" || request.method == "HEAD";
  const std::string_view name = request.path.empty() ? std::string_view() : request.path[0];
  const bool proposals =
      name == "proposals" && (request.path.size() == 1 || (gets && request.path.size() == 2));
  if (RecordPage::is_one(request) && (gets || request.method == "POST"))
    return record.answer(shell, viewer);
  if (proposals && (gets || request.method == "POST"))
    return proposals_page(shell, viewer, commands, preview);
  if (name == "import" && request.path.size() == 1 && (gets || request.method == "POST"))
    return import_page(shell, viewer, importing);
  if (!gets || request.path.size() > 1) return std::nullopt;
  if (name.empty()) return live_report(shell, viewer, questions);
  if (name == "log") return log_page(shell, viewer);
  if (name == "find") return find_page(shell, viewer, questions);
  if (name == "agenda") return agenda_page(shell, viewer, world);
  return std::nullopt;
}

}  // namespace

std::optional<HttpAnswer> Pages::answer(const HttpRequest& request, const Grant& grant,
                                        const Viewer& viewer) {
  const Shell shell{request, grant, page_language(request)};
  auto page = page_at(shell, viewer, world_, questions_, commands_, importing_, preview_, record_);
  // A language that was chosen once is that of the other pages too.
  if (const auto chosen = request.asked("lang"); page && chosen && language_from(*chosen))
    page->headers.emplace_back("Set-Cookie", language_cookie(*language_from(*chosen)));
  return page;
}

HttpAnswer Pages::problem(const HttpRequest& request, const Grant& grant, HttpAnswer refused) {
  const Shell shell{request, grant, page_language(request)};
  HttpAnswer page = shell_page(shell, translate(shell.language, message("It is not shown")),
                               problem_html(told_problem(refused)), refused.status);
  for (auto& [name, value] : refused.headers)
    if (name == "Allow" || name == "WWW-Authenticate") page.headers.emplace_back(name, value);
  return page;
}

}  // namespace solnoma
