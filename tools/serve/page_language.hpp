#pragma once

#include "events/language.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// The language of a page: what `lang=` asks for, else the first of the browser's that there is.
[[nodiscard]] Language page_language(const HttpRequest& request);

}  // namespace solnoma
