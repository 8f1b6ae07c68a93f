#pragma once

#include <span>
#include <string_view>

namespace solnoma {

/// What a word for a status usually means, as types of milestones: "operating" is `opened`. By its
/// beginning, so that "shelved - inferred 2 y" is found. Empty: the word is not known.
/// `word` is in folded_name()'s form. Pure.
[[nodiscard]] std::span<const std::string_view> usual_milestones(std::string_view word);

}  // namespace solnoma
