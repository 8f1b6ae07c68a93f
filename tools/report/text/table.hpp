#pragma once

#include <string>
#include <vector>

namespace solnoma {

/// Columns of text, as wide as their widest cell on the screen; the last one is not
/// padded. Cells must be safe to show.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows,
                                     const std::string& indent = {});

/// A Markdown table; the first row is its head. Cells are escaped.
[[nodiscard]] std::string markdown_table(const std::vector<std::vector<std::string>>& rows);

/// Text that Markdown and HTML leave as it is.
[[nodiscard]] std::string markdown_escape(const std::string& text);

}  // namespace solnoma
