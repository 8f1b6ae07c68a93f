#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/position.hpp"
#include "engine/result.hpp"
#include "tools/import/known_names.hpp"

namespace solnoma {

using Kinds = std::set<std::string, std::less<>>;

/// Whether one is a slip of the other: either the name within its kind, or the kind of that name.
/// Pure.
[[nodiscard]] bool is_slip(std::string_view typed, std::string_view known);

/// A kind that is known, or usual, and looks like this one, which is neither. Pure.
[[nodiscard]] std::optional<std::string> slip_of_kind(std::string_view kind, const Kinds& known);

/// Visits each subject, with its number; in any order, and each time the same ones.
using EachSubject =
    std::function<Result<void>(const std::function<void(std::string_view, SubjectNumber)>& visit)>;

/// Those subjects, of those numbered from `first` on, that look like slips of one with a lower
/// number, or of which the kind looks like one of those; by number. Goes through all names four
/// times, and as often again for each `most_keys` letters more that the new ones have. Memory: two
/// bytes for each of these letters, 16 for each that names have in common but for one, and those
/// names. Errors: those of `each`.
[[nodiscard]] Result<std::vector<Slip>> slips_of_subjects(const EachSubject& each,
                                                          SubjectNumber first,
                                                          std::uint64_t most_keys = 2 << 20);

}  // namespace solnoma
