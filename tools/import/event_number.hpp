#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/result.hpp"

namespace solnoma {

/// Takes "event N" from the front of where an error is, and gives N less one.
[[nodiscard]] inline std::optional<std::size_t> take_event_number(Error& error) {
  constexpr std::string_view kEvent = "event ";
  if (!error.where.starts_with(kEvent)) return std::nullopt;
  std::size_t number = 0, i = kEvent.size();
  for (; i < error.where.size() && error.where[i] >= '0' && error.where[i] <= '9'; ++i)
    number = number * 10 + static_cast<std::size_t>(error.where[i] - '0');
  error.where.erase(0, error.where.substr(i).starts_with(", ") ? i + 2 : i);
  return number - 1;
}

}  // namespace solnoma
