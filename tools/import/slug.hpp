#pragma once

#include <string>
#include <string_view>

namespace solnoma {

/// A slug of a text in any script: ICU's transliteration to ASCII (Any-Latin; Latin-ASCII), lower
/// case, what is neither letter nor digit as one hyphen; at most 100 characters, cut between words
/// where that can be. "Технопарк «Чирчик»" gives "tehnopark-circik". Empty where nothing is left.
/// Pure; thread-safe.
[[nodiscard]] std::string slug_of(std::string_view text);

}  // namespace solnoma
