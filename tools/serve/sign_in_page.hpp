#pragma once

#include <string_view>

#include "tools/serve/http.hpp"

namespace solnoma {

/// `GET /sign-in`: a page that asks for a token and sends it to `POST /sign-in`, in the language
/// that the browser wants. A token behind the address's # is sent at once: it never stands in what
/// is asked. `refused`: why the token before was not taken, in English; empty: there was none.
[[nodiscard]] HttpAnswer sign_in_page(const HttpRequest& request, bool refused = false);

}  // namespace solnoma
