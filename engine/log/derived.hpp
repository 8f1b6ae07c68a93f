#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/event.hpp"
#include "engine/proof/tree_keys.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// What derives from the log, and can be derived again. A further index is a row here, a family
/// (storage/families.hpp), what OpenLog::add() and write_derived() hand to it, and what
/// verify_log() compares it with.
struct DerivedPart {
  std::string_view name;
  Family family;
  std::string_view prefix;  ///< of its keys
};
inline constexpr std::array kDerivedParts = {
    DerivedPart{"names", Family::names, ""},
    DerivedPart{"ids", Family::ids, ""},
    DerivedPart{"timeline", Family::timeline, ""},
    DerivedPart{"tree", Family::meta, kTreeNodes},
};

/// Of the keys and pages of all these parts. Raise it with any change of them: stores of
/// another version are then derived again. 2: ids in Elias-Fano pages.
inline constexpr std::uint32_t kDerivedLayout = 2;

/// Whether what derives from the log was made with this layout and this version of the
/// indexer. Errors: damaged_index, io.
[[nodiscard]] Result<bool> is_of_this_version(const Store& store, const Indexer& indexer);
void put_version(Store::Batch& batch, const Indexer& indexer);

}  // namespace solnoma
