#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "events/language.hpp"
#include "tools/report/words/plurals.hpp"

namespace solnoma {

/// What some subjects are called together, in one language.
struct KindWords {
  std::string head;     ///< at the head of a column
  PluralForms counted;  ///< with their number, "{n}"
};

/// Words for kinds, by the kind and the language: of whoever has subjects for which there is no
/// word here, or a better one.
using KindNames = std::map<std::string, std::map<Language, KindWords>, std::less<>>;

/// The kinds of some subjects.
struct Kinds {
  std::set<std::string, std::less<>> named;      ///< in their names: "unit" of unit/a
  std::set<std::string, std::less<>> described;  ///< as told; empty text: of one nothing was told
};

/// What all of some subjects are called: by the kind that they were described as, where that is one
/// and has a word in that language ("power-unit"), or else by the kind in their names ("unit").
/// Words of `names` stand before those of the program. Subjects of several kinds, or of one without
/// a word, are "subjects".
[[nodiscard]] KindWords kind_words(const Kinds& kinds, Language language, const KindNames& names);

}  // namespace solnoma
