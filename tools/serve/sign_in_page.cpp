#include "tools/serve/sign_in_page.hpp"

#include <fmt/format.h>

#include "tools/report/markup.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/serve/page_head.hpp"
#include "tools/serve/page_language.hpp"

namespace solnoma {

HttpAnswer sign_in_page(const HttpRequest& request, bool refused) {
  const Language language = page_language(request);
  const auto word = [&](std::string_view english) {
    return markup_escape(translate(language, english));
  };
  HttpAnswer answer{.status = refused ? 401U : 200U, .type = "text/html; charset=utf-8"};
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Content-Security-Policy",
                     "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
                     "form-action 'self'; "
                     "base-uri 'none'; frame-ancestors 'none'"}};
  answer.say(
      page_head(language, translate(language, "Sign in")) +
      fmt::format(
          "<body class=\"alone\">\n<main>\n<h1>{}</h1>\n{}"
          "<form method=\"post\" action=\"/sign-in\">\n<label for=\"token\">{}</label>\n"
          "<input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"current-password\" "
          "required>\n"
          "<button>{}</button>\n</form>\n</main>\n<script src=\"/assets/sign_in.js\"></script>\n"
          "</body>\n</html>\n",
          word("Sign in"),
          refused ? fmt::format("<p class=\"wrong\" role=\"alert\">{}</p>\n",
                                word("This token is not known here, or it has expired."))
                  : fmt::format("<p class=\"soft\">{}</p>\n",
                                word("Whoever keeps this chronicle gives you a token.")),
          word("Token"), word("Sign in")));
  return answer;
}

}  // namespace solnoma
