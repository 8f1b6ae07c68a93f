#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace solnoma {

/// The key spaces of a store. `log` is the only truth; what derives from it is listed in
/// log/derived.hpp.
enum class Family : std::size_t { meta, log, names, ids, timeline };

/// As RocksDB knows them, and how each is kept.
struct FamilyTraits {
  Family family;
  const char* name;
  bool compressed = true;
  bool has_dictionary = false;  ///< what its values have in common is learnt from each file
  bool replaces_pages = false;  ///< many keys at once become useless: take them out of files soon
  bool has_filter = false;      ///< keys that are not there are looked up often
};
inline constexpr std::array kFamilyTraits = {
    FamilyTraits{.family = Family::meta, .name = "default"},
    FamilyTraits{.family = Family::log, .name = "log", .has_dictionary = true},
    FamilyTraits{.family = Family::names, .name = "names", .has_filter = true},
    // Ids are hashes, which nothing makes smaller.
    FamilyTraits{.family = Family::ids, .name = "ids", .compressed = false, .replaces_pages = true},
    FamilyTraits{.family = Family::timeline, .name = "timeline", .replaces_pages = true},
};
inline constexpr std::size_t kFamilies = kFamilyTraits.size();
static_assert(
    [] {
      for (std::size_t i = 0; i < kFamilies; ++i)
        if (kFamilyTraits[i].family != static_cast<Family>(i)) return false;
      return true;
    }(),
    "one row for each family, in the order of the enumeration");

}  // namespace solnoma
