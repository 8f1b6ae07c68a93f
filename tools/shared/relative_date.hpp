#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/day.hpp"

namespace solnoma {

/// A date that is told by its distance from today, as EDTF: "today", "yesterday", "tomorrow",
/// "last tuesday", "next quarter", "this year", "3 weeks ago", in English, Russian or Uzbek.
/// A week begins on Monday; "last tuesday" is the newest one before today. Nothing for what is not
/// understood. Pure.
[[nodiscard]] std::optional<std::string> relative_date(std::string_view text, Day today);

}  // namespace solnoma
