#include "tools/serve/pages/live_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/check.hpp"
#include "tools/serve/pages/told_problem.hpp"

namespace solnoma {
namespace {

/// Puts `text` in the place of the first `mark`, which the report's page has.
void replace(std::string& page, std::string_view mark, std::string_view text) {
  const std::size_t at = page.find(mark);
  SOLNOMA_CHECK(at != std::string::npos);
  page.replace(at, mark.size(), text);
}

}  // namespace

HttpAnswer live_report(const Shell& shell, const Viewer& viewer, Questions& questions) {
  HttpRequest question;
  question.method = "GET";
  question.path = {"v1", "report"};
  question.query = shell.request.query;
  std::erase_if(question.query,
                [](const auto& each) { return each.first == "lang" || each.first == "format"; });
  question.query.emplace_back("lang", code_of(shell.language));
  question.query.emplace_back("format", "html");
  // What is recorded from here on is news, though the report may have it.
  const Position head = viewer.log.head();
  const HttpAnswer report = questions.answer(question, viewer);
  if (report.status != 200)
    return shell_page(shell, translate(shell.language, "Report"),
                      problem_html(told_problem(report)), report.status);
  std::string page = *report.body;
  // What the report's own policy forbids, which is for a file: the server's files, and asking it.
  replace(page, "script-src ", "connect-src 'self'; script-src 'self' ");
  replace(page, "style-src ", "style-src 'self' ");
  replace(page, "form-action 'none'", "form-action 'self'");
  // Without a referrer a browser calls the origin of a form null, which the gate refuses.
  replace(page, "content=\"no-referrer\"", "content=\"same-origin\"");
  replace(page, "</head>", "<link rel=\"stylesheet\" href=\"/assets/page.css\">\n</head>");
  replace(page, "<body>\n", "<body>\n" + navigation(shell));
  const std::size_t end = page.rfind("</body>");
  SOLNOMA_CHECK(end != std::string::npos);
  page.insert(end,
              fmt::format("<div class=\"live-news\" id=\"news\" role=\"status\" data-head=\"{}\" "
                          "data-acts=\"{}\" data-news=\"{}\" data-show=\"{}\" data-correct=\"{}\" "
                          "data-retract=\"{}\"></div>\n"
                          "<script type=\"module\" src=\"/assets/live.js\"></script>\n",
                          head.value, shell.grant.may(Scope::propose) ? "1" : "",
                          shell.word("There is news."), shell.word("Show"), shell.word("Correct"),
                          shell.word("Retract")));
  HttpAnswer answer{.type = report.type};
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Content-Security-Policy", "frame-ancestors 'none'"}};
  answer.say(std::move(page));
  return answer;
}

}  // namespace solnoma
