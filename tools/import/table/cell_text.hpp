#pragma once

#include <string>
#include <string_view>

#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// A cell as the text that was meant, in one line: spaces of every kind are plain ones, none at the
/// ends and none doubled; marks that cannot be seen are gone; C1 control characters are the letters
/// that Windows-1252 has there. What is no UTF-8 stays, for whoever checks the event to name. Pure.
[[nodiscard]] std::string cleaned_text(std::string_view cell, Repairs& repairs);

}  // namespace solnoma
