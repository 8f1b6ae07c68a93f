#pragma once

#include <string>
#include <string_view>

#include "events/language.hpp"
#include "tools/report/markup.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// What all pages of a server have in common.
struct Shell {
  const HttpRequest& request;
  const Grant& grant;
  Language language;

  /// A word of the page, escaped.
  [[nodiscard]] std::string word(std::string_view english) const {
    return markup_escape(translate(language, english));
  }
};

/// The links to the other pages, the languages, and who is signed in.
[[nodiscard]] std::string navigation(const Shell& shell);

/// A page around `main`, which is HTML. Its policy allows nothing but the server's own files.
[[nodiscard]] HttpAnswer shell_page(const Shell& shell, std::string_view title,
                                    std::string_view main, unsigned status = 200);

/// To another page, by GET.
[[nodiscard]] HttpAnswer see_other(std::string location);

}  // namespace solnoma
