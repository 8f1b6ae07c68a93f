#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// A name as far as somebody who types it means it: its words in lower case with one space
/// between, without accents and apostrophes (which Uzbek writes in many ways): "Buxoro",
/// "FARGʻONA viloyati" and "fargona  viloyati" are alike where these are. In any script.
[[nodiscard]] std::string folded_name(std::string_view name);

/// Whether the words of `typed` stand one after the other in `name`, the last of them perhaps
/// only as a beginning; both folded.
[[nodiscard]] bool has_words(std::string_view name, std::string_view typed);

}  // namespace solnoma
