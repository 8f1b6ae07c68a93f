#pragma once

#include <cstdint>

#include "engine/row.hpp"

namespace solnoma {

/// The event because of which none of this kind may supersede `target` any more: it replaces or
/// withdraws `target` by all that is known, as projections/effective.hpp has it. 0: there is none.
/// What is withdrawn itself is in nobody's way, and a retraction is in no other's: the newer one
/// words it better. `rows`: of the subject. Pure; linear in the rows after `target`.
[[nodiscard]] Revision in_the_way(Rows rows, Revision target, std::uint8_t kind);

}  // namespace solnoma
