#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/format/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// The keys of the log and its names, and small values. FORMAT.md lists all families; pages of
/// the index are keyed in index/page_keys.hpp, nodes of the tree in proof/tree_keys.hpp.

/// Not empty while the derived families are being rebuilt.
inline constexpr std::string_view kRebuilding = "rebuilding";
/// le64: up to where a copy that is under way goes. Empty or missing: there is none.
inline constexpr std::string_view kCopying = "copying";
/// 16 bytes, le64: which log the store's is a machine's copy of, and the last place that is in it
/// (append/shared_log.hpp). Empty or missing: the log is the store's own.
inline constexpr std::string_view kShared = "shared";
/// le32, le32: the versions of the derived layout and of the indexer (log/derived.hpp).
inline constexpr std::string_view kDerivedVersion = "derived";

[[nodiscard]] std::string log_key(Position first);
/// By name: 's' subjects, 'p' sources. The value is the number, le32.
[[nodiscard]] std::string name_key(char space, std::string_view name);
/// By number: 'S' subjects, 'P' sources. The value is the name.
[[nodiscard]] std::string number_key(char space, std::uint32_t number);

/// What derives from a frame in the names family: two entries for a name that it introduces.
using NameSink = std::function<void(std::string_view key, std::string_view value)>;
void for_names(const Frame& frame, const NameSink& sink);

/// Read back from a value. Errors: damaged_index.
[[nodiscard]] Result<std::uint32_t> stored_number(std::string_view value);
[[nodiscard]] Result<Position> stored_position(std::string_view value);

}  // namespace solnoma
