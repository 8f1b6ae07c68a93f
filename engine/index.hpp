#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/frame.hpp"
#include "engine/position.hpp"
#include "engine/row.hpp"
#include "engine/store.hpp"

namespace solnoma {

/// The keys of all families, and the one function that says what derives from an event.
/// Appending, copying, rebuilding and verifying all go through it, so a rebuilt index is
/// the incrementally kept one, byte for byte.
///
/// | family   | key                            | value                            |
/// |----------|--------------------------------|----------------------------------|
/// | log      | be64 first position of a block | frames, end to end               |
/// | names    | 's' subject name               | le32 subject number              |
/// |          | 'S' be32 subject number        | subject name                     |
/// |          | 'p' source name                | le32 source number               |
/// |          | 'P' be32 source number         | source name                      |
/// | ids      | be64 XXH3 of id, be32 source   | le64 positions, oldest first     |
/// | timeline | be32 subject, be32 page        | rows; page n begins at n·256 + 1 |

inline constexpr std::uint32_t kRowsPerPage = 256;

[[nodiscard]] std::string log_key(Position first);
[[nodiscard]] std::string name_key(char space, std::string_view name);
[[nodiscard]] std::string number_key(char space, std::uint32_t number);
/// All sources' keys for one id share its first 8 bytes.
[[nodiscard]] std::string id_prefix(std::string_view id);
[[nodiscard]] std::string id_key(std::string_view id, std::uint32_t source);
[[nodiscard]] std::string page_key(SubjectNumber subject, std::uint32_t page);

/// Takes one derived entry: the whole value in `names`, a piece of one elsewhere.
using EntrySink = std::function<void(Family, std::string_view key, std::string_view value)>;

/// Hands `sink` all that derives from one frame.
void derive(const Frame& frame, Position position, const Mark& mark, const EntrySink& sink);

/// The same into a batch.
void index_frame(Store::Batch& batch, const Frame& frame, Position position, const Mark& mark);

}  // namespace solnoma
