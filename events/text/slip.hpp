#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace solnoma {

/// Whether a name looks like another that was mistyped: the same but for the case of ASCII letters,
/// or for one letter that is missing, too many, wrong, or has changed places with its neighbour,
/// where the longer has four letters or more. Names that differ in their digits (phase-2, phase-3)
/// or in a word of one letter (zone-a, zone-b) are meant to. Symmetric; false of equal names. Pure.
[[nodiscard]] bool looks_like_slip(std::string_view typed, std::string_view known);

/// For finding slips among many names: two names of which one looks like a slip of the other have
/// one of these keys in common, and names that differ in their digits none. At most one key more
/// than the name has characters.
void each_slip_key(std::string_view name, const std::function<void(std::uint64_t)>& visit);

}  // namespace solnoma
