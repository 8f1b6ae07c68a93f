#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/row.hpp"
#include "events/event_type.hpp"

namespace solnoma::oracle {

/// What the files of the oracle say of a row.
[[nodiscard]] inline std::string_view type_of(const Row& row) {
  return event_type(type_of_kind(row.kind())).name;
}
[[nodiscard]] inline bool is_retraction(const Row& row) {
  return type_of(row) == "retracted";
}
[[nodiscard]] inline Revision revision_of(std::size_t row) {
  return Revision{static_cast<std::uint32_t>(row + 1)};
}

}  // namespace solnoma::oracle
