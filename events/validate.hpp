#pragma once

#include "engine/row.hpp"
#include "events/event.hpp"

namespace solnoma {

/// The limits of an event, in characters (code points) or entries. Ids, sources and subjects are
/// keys of the engine, with its limits in bytes (engine/event.hpp); the whole event may take 1 MiB
/// encoded.
inline constexpr std::size_t kMaxShortText = 500;  ///< titles, names, parties, publishers
inline constexpr std::size_t kMaxLongText = 8000;  ///< notes
inline constexpr std::size_t kMaxUrl = 2000;
inline constexpr std::size_t kMaxEntries = 100;  ///< of each list

/// All the rules that an event must keep before it is recorded, and its dating if it does.
/// Pure. Errors: invalid; `where` is the field as the exchange format names it, as in
/// "data.quantities[1].value".
[[nodiscard]] Result<Dating> validate(const Event& event);

}  // namespace solnoma
