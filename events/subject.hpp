#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace solnoma {

/// "park" of "park/chirchik".
[[nodiscard]] constexpr std::string_view kind_of(std::string_view subject) {
  return subject.substr(0, subject.find('/'));
}

/// What never is announced, built or opened: these have only marks and numbers.
inline constexpr std::array<std::string_view, 4> kKindsWithoutStatus = {"relation", "programme",
                                                                        "indicator", "dataset"};

/// Subjects of every other kind have a status.
[[nodiscard]] constexpr bool has_status(std::string_view subject) {
  return std::ranges::find(kKindsWithoutStatus, kind_of(subject)) == kKindsWithoutStatus.end();
}

}  // namespace solnoma
