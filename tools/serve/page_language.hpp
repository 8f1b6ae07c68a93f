#pragma once

#include <string>

#include "events/language.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// The language of a page: what `lang=` asks for, else the first of the browser's that there is.
[[nodiscard]] Language page_language(const HttpRequest& request);

/// The header that has the browser keep a language that was chosen.
[[nodiscard]] std::string language_cookie(Language language);

}  // namespace solnoma
