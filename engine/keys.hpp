#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/frame.hpp"
#include "engine/id_page.hpp"
#include "engine/merkle.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/segment.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// The keys of all families, and their small values.
///
/// | family   | key                                        | value                          |
/// |----------|--------------------------------------------|--------------------------------|
/// | log      | be64 first position of a block             | frames, end to end             |
/// | names    | 's' subject name                           | le32 subject number            |
/// |          | 'S' be32 subject number                    | subject name                   |
/// |          | 'p' source name                            | le32 source number             |
/// |          | 'P' be32 source number                     | source name                    |
/// | timeline | segment, be32 subject, be32 revision       | rows up to it (row_page.hpp)   |
/// | ids      | segment, be64 hash, be64 position          | ids up to it (id_page.hpp)     |
/// | meta     | below                                      |                                |

/// Not empty while the derived families are being rebuilt.
inline constexpr std::string_view kRebuilding = "rebuilding";
/// le64: up to where a copy that is under way goes. Empty or missing: there is none.
inline constexpr std::string_view kCopying = "copying";
/// le64: the events up to here are in segments of the index. Missing: none.
inline constexpr std::string_view kIndexed = "indexed";
/// u8 segment_bits, u8 fan_bits. Missing: the usual Layout.
inline constexpr std::string_view kLayout = "layout";
/// le64: the nodes of the tree over the events up to here are kept. Missing: none.
inline constexpr std::string_view kHashed = "hashed";
/// "tree", u8 level, be64 index: a node of the tree, 32 bytes.
inline constexpr std::string_view kTreeNodes = "tree";

[[nodiscard]] std::string log_key(Position first);
[[nodiscard]] std::string name_key(char space, std::string_view name);
[[nodiscard]] std::string number_key(char space, std::uint32_t number);
[[nodiscard]] std::string row_page_key(const Segment& segment, SubjectNumber subject,
                                       Revision revision);
[[nodiscard]] std::string id_page_key(const Segment& segment, const IdEntry& last);
[[nodiscard]] std::string tree_node_key(const TreeNode& node);

/// What derives from a frame in the names family.
using NameSink = std::function<void(std::string_view key, std::string_view value)>;
void for_names(const Frame& frame, const NameSink& sink);
/// The same into a batch.
void put_names(Store::Batch& batch, const Frame& frame);

/// One more than the highest number in a name space; 0 when it is empty.
[[nodiscard]] Result<std::uint32_t> count_numbers(const Store& store, char space);

/// Read back from a value. Errors: damaged_index.
[[nodiscard]] Result<std::uint32_t> stored_number(std::string_view value);
[[nodiscard]] Result<Position> stored_position(std::string_view value);

/// An entry of a derived family is not as it was written.
[[nodiscard]] std::unexpected<Error> malformed_entry();

}  // namespace solnoma
