#pragma once

#include <cstddef>

#include "events/event.hpp"

namespace solnoma {

/// How many bytes the texts and lists of an event take, which are nearly all of a large one. Pure;
/// linear in the number of its texts.
[[nodiscard]] std::size_t text_bytes(const Event& event);

}  // namespace solnoma
