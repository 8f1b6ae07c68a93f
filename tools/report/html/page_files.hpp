#pragma once

#include <string_view>

namespace solnoma {

/// The page's style and script; made from page.css and page/*.mjs when the program is built.
[[nodiscard]] std::string_view page_style();
[[nodiscard]] std::string_view page_script();
/// A script for every browser, which tells where that one cannot run; made from guard.js.
[[nodiscard]] std::string_view page_guard();

}  // namespace solnoma
