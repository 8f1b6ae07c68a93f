#pragma once

#include <set>
#include <string>
#include <string_view>

namespace solnoma {

/// What subjects of a kind are called, in English: translate() and translate_plural() say it in
/// another language.
struct KindNoun {
  std::string_view kind;
  std::string_view head;       ///< at the head of a column
  std::string_view one, many;  ///< with their number, "{n}"
};

/// What all of some subjects are called: by the kind that they were described as, where that is one
/// and has a noun ("power-unit"), or else by the kind in their names ("unit" of unit/a). Subjects
/// of several kinds, or of one without a noun, are "subjects". An empty text among `described`
/// stands for those of which no kind was told.
[[nodiscard]] const KindNoun& noun_of(const std::set<std::string, std::less<>>& kinds,
                                      const std::set<std::string, std::less<>>& described);

}  // namespace solnoma
