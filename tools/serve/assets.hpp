#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "tools/serve/http.hpp"

namespace solnoma {

/// A script or style that the server's pages ask for, built into the program.
struct Asset {
  std::string_view name;  ///< "sign_in.js"
  std::string_view content;
};
[[nodiscard]] std::span<const Asset> assets();

/// `GET /assets/NAME`, of these or `report.css`, the report's style; 304 where the browser has it
/// already.
[[nodiscard]] HttpAnswer asset_answer(const HttpRequest& request);

}  // namespace solnoma
