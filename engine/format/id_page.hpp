#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/format/segment.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

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

/// One value of the ids family: 1 to kIdsPerPage entries of one segment, ascending, about 5 bytes
/// each. Hashes as Elias and Fano store ascending numbers (P. Elias, J. ACM 21(2), 1974; R. Fano,
/// MIT 1971): one is found without decoding the others.
///
/// | part      | encoding                                                             |
/// |-----------|----------------------------------------------------------------------|
/// | how       | u8 0                                                                 |
/// | count     | varint                                                               |
/// | lowest    | varint: the first hash, from which the others are counted            |
/// | width     | u8: how many bits of each count are in `lows`                        |
/// | lows      | the lowest bits of the counts                                        |
/// | positions | from the segment's first, in as many bits each as the segment has    |
/// | highs     | u64s: a 1 for each entry, before it a 0 for each step of the bits    |
/// |           | above `lows` from the entry before                                   |
inline constexpr std::size_t kIdsPerPage = 1024;

/// Precondition: as above.
[[nodiscard]] std::string encode_ids(const std::vector<IdEntry>& entries, const Segment& segment);

/// Into `entries`, whose memory is used again. Errors: damaged_index.
[[nodiscard]] Result<void> decode_ids(std::string_view bytes, const Segment& segment,
                                      std::vector<IdEntry>& entries);

/// The last entry of a page. Errors: damaged_index.
[[nodiscard]] Result<IdEntry> last_id(std::string_view bytes, const Segment& segment);

/// Calls `visit` with each position of that hash; true when the page has none with a higher one,
/// so that the next page may go on with this. Errors: damaged_index.
[[nodiscard]] Result<bool> find_id(std::string_view bytes, const Segment& segment, IdHash hash,
                                   const std::function<void(Position)>& visit);

}  // namespace solnoma
