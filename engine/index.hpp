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
/// | ids      | size of id, id, be32 source    | le64 position                    |
/// | timeline | be32 subject, be32 page        | rows; page n begins at n·256 + 1 |

inline constexpr std::uint32_t kRowsPerPage = 256;

/// In the meta family: not empty while the derived families are being rebuilt.
inline constexpr std::string_view kRebuilding = "rebuilding";

[[nodiscard]] std::string log_key(Position first);
[[nodiscard]] std::string name_key(char space, std::string_view name);
[[nodiscard]] std::string number_key(char space, std::uint32_t number);
/// What the keys of one id have in common, whatever its source.
[[nodiscard]] std::string id_prefix(std::string_view id);
[[nodiscard]] std::string id_key(std::string_view id, std::uint32_t source);
[[nodiscard]] std::string page_key(SubjectNumber subject, std::uint32_t page);

/// One more than the highest number in a name space; 0 when it is empty.
[[nodiscard]] Result<std::uint32_t> count_numbers(const Store& store, char space);

/// Read back from a value or a key. Errors: corrupt.
[[nodiscard]] Result<std::uint32_t> stored_number(std::string_view value);
[[nodiscard]] Result<Position> stored_position(std::string_view value);
struct Page {
  SubjectNumber subject;
  std::uint32_t number;
};
[[nodiscard]] Result<Page> stored_page(std::string_view key);

/// Takes one derived entry: one row of the value in `timeline`, a whole value elsewhere.
using EntrySink = std::function<void(Family, std::string_view key, std::string_view value)>;

/// Hands `sink` all that derives from one frame.
void derive(const Frame& frame, Position position, const Mark& mark, const EntrySink& sink);

/// The same into a batch.
void index_frame(Store::Batch& batch, const Frame& frame, Position position, const Mark& mark);

}  // namespace solnoma
