#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/serve/http.hpp"

namespace solnoma {

/// The refusal of what a page of another server has a browser send: one that names this machine as
/// its own (DNS rebinding: 421), or asks from elsewhere (403). None: it is no stranger. `hosts`:
/// names by which the server is asked, besides those of this machine.
[[nodiscard]] std::optional<HttpAnswer> refuse_stranger(const HttpRequest& request,
                                                        const std::vector<std::string>& hosts);

}  // namespace solnoma
