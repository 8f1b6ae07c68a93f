#include "tools/serve/pages/shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/serve/multipart.hpp"
#include "tools/serve/page_head.hpp"
#include "tools/serve/pages/form.hpp"

namespace solnoma {
namespace {

struct PageLink {
  std::string_view path;  // "" is the front page
  std::string_view name;
  Scope scope = Scope::read;
};

constexpr std::array<PageLink, 7> kPages{{{"", message("Report")},
                                          {"agenda", message("Agenda")},
                                          {"log", message("Log")},
                                          {"find", message("Search")},
                                          {"record", message("Record"), Scope::propose},
                                          {"import", message("Import"), Scope::record},
                                          {"proposals", message("Proposals"), Scope::propose}}};

/// The same address in another language.
std::string in_language(const HttpRequest& request, std::string_view code) {
  std::string address = "/";
  for (std::size_t i = 0; i < request.path.size(); ++i)
    address += (i == 0 ? "" : "/") + percent_encoded(request.path[i]);
  address += fmt::format("?lang={}", code);
  for (const auto& [name, value] : request.query)
    if (name != "lang")
      address += fmt::format("&{}={}", percent_encoded(name), percent_encoded(value));
  return address;
}

/// What was sent to this page, sent again to look at it: nothing is recorded by that.
std::string sent_again(const HttpRequest& request) {
  NamedValues values;
  // A file cannot be sent again by who has sent it.
  if (request.method != "POST" || is_multipart(request.header("content-type").value_or("")) ||
      !read_values(request.body, values))
    return {};
  const bool edits =
      std::ranges::find(values, NamedValues::value_type("do", "edit")) != values.end();
  return hidden_html(values) + fmt::format("<input type=\"hidden\" name=\"do\" value=\"{}\">\n",
                                           edits ? "edit" : "preview");
}

/// Links to the page in each language; buttons where it shows what was filled in.
std::string languages(const Shell& shell) {
  const std::string again = sent_again(shell.request);
  std::string html;
  for (const auto& [language, code, english, own] : kLanguages) {
    const std::string address = markup_escape(in_language(shell.request, code));
    const std::string about = fmt::format(
        "lang=\"{}\"{}", code, language == shell.language ? " aria-current=\"true\"" : "");
    html += again.empty() ? fmt::format("<li><a href=\"{0}\" hreflang=\"{1}\" {2}>{3}</a></li>",
                                        address, code, about, own)
                          : fmt::format("<li><button formaction=\"{}\" {}>{}</button></li>",
                                        address, about, own);
  }
  html = fmt::format("<ul class=\"languages\" aria-label=\"{}\">{}</ul>\n", shell.word("Language"),
                     html);
  return again.empty() ? html : fmt::format("<form method=\"post\">\n{}{}</form>\n", again, html);
}

std::string who(const Shell& shell) {
  if (shell.grant.name.empty())
    return fmt::format("<a href=\"/sign-in\">{}</a>", shell.word("Sign in"));
  return fmt::format(
      "<span class=\"name\">{}</span><form method=\"post\" action=\"/sign-out\"><button "
      "class=\"quiet\">{}</button></form>",
      markup_escape(shell.grant.name), shell.word("Sign out"));
}

}  // namespace

std::string navigation(const Shell& shell) {
  const std::string_view here =
      shell.request.path.empty() ? std::string_view() : std::string_view(shell.request.path[0]);
  std::string html = fmt::format("<nav class=\"site\" aria-label=\"{}\">\n<ul>",
                                 shell.word("Pages of the server"));
  for (const PageLink& page : kPages)
    if (shell.grant.may(page.scope))
      html += fmt::format("<li><a href=\"/{}\"{}>{}</a></li>", page.path,
                          page.path == here ? " aria-current=\"page\"" : "", shell.word(page.name));
  return html + fmt::format("</ul>\n{}<div class=\"who\">{}</div>\n</nav>\n", languages(shell),
                            who(shell));
}

HttpAnswer shell_page(const Shell& shell, std::string_view title, std::string_view main,
                      unsigned status) {
  HttpAnswer answer{.status = status, .type = "text/html; charset=utf-8"};
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Content-Security-Policy",
                     "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
                     "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                     "frame-ancestors 'none'"}};
  answer.say(page_head(shell.language, title) +
             fmt::format("<body class=\"served\">\n{}<main id=\"main\">\n<h1>{}</h1>\n{}</main>\n"
                         "<script type=\"module\" src=\"/assets/page.js\"></script>\n</body>\n"
                         "</html>\n",
                         navigation(shell), markup_escape(title), main));
  return answer;
}

HttpAnswer see_other(std::string location) {
  HttpAnswer answer{.status = 303};
  answer.headers = {{"Location", std::move(location)}, {"Cache-Control", "no-store"}};
  return answer;
}

}  // namespace solnoma
