#pragma once

#include <string>
#include <vector>

#include "tools/report/text/screen.hpp"

namespace solnoma {

/// Columns of text, as wide as their widest cell on the screen; the last one is not
/// padded. Where the screen is narrower, cells go on in further lines. Cells must be safe to show;
/// each may be painted as a whole (paint.hpp).
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows,
                                     const std::string& indent = {}, const Screen& screen = {});

/// A Markdown table; the first row is its head. Cells are escaped.
[[nodiscard]] std::string markdown_table(const std::vector<std::vector<std::string>>& rows);

/// Text that Markdown and HTML leave as it is.
[[nodiscard]] std::string markdown_escape(const std::string& text);

}  // namespace solnoma
