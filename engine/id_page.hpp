#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/segment.hpp"

namespace solnoma {

/// Ids are found by 36 bits of their XXH3 hash: enough that a look-up of an id that was
/// never recorded reads nothing else (one in 6,000 does at 10 million events). Whoever
/// finds a position looks at the event itself.
using IdHash = std::uint64_t;
inline constexpr unsigned kIdHashBits = 36;
[[nodiscard]] IdHash hash_id(std::string_view id);

struct IdEntry {
  IdHash hash = 0;
  Position position;

  auto operator<=>(const IdEntry&) const = default;
};

/// One value of the ids family: up to kIdsPerPage entries of one segment, ascending:
/// a varint of how many, their hashes as varints of the difference from the one before,
/// then their positions from the segment's first, in as few bytes each as the segment
/// needs. About 6 bytes an event.
inline constexpr std::size_t kIdsPerPage = 1024;

[[nodiscard]] std::string encode_ids(const std::vector<IdEntry>& entries, const Segment& segment);

/// Into `entries`, whose memory is used again. Errors: damaged_index.
[[nodiscard]] Result<void> decode_ids(std::string_view bytes, const Segment& segment,
                                      std::vector<IdEntry>& entries);

}  // namespace solnoma
