#pragma once

#include <string_view>

namespace solnoma {

/// "park" of "park/chirchik".
[[nodiscard]] constexpr std::string_view kind_of(std::string_view subject) {
  return subject.substr(0, subject.find('/'));
}

/// Parks and projects have a status; relations, programmes and the like have only marks
/// and numbers.
[[nodiscard]] constexpr bool has_status(std::string_view subject) {
  return kind_of(subject) == "park" || kind_of(subject) == "project";
}

}  // namespace solnoma
