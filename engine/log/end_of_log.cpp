#include "engine/log/end_of_log.hpp"

#include <fmt/format.h>

#include <string_view>

#include "engine/format/block.hpp"
#include "engine/format/frame.hpp"
#include "engine/storage/store_files.hpp"

namespace solnoma {

Result<Position> find_head(const Store& store) {
  auto cursor = store.cursor(Family::log);
  cursor.to_last();
  if (!cursor.valid()) {
    if (auto status = cursor.status(); !status) return std::unexpected(status.error());
    return Position{0};
  }
  auto first = block_first(cursor.key());
  if (!first) return first;
  std::string_view rest = cursor.value();
  std::uint64_t count = 0;
  while (!rest.empty()) {
    if (auto frame = take_frame(rest); !frame) return std::unexpected(frame.error());
    ++count;
  }
  return Position{first->value + count - 1};
}

Result<Position> find_whole_head(const Store& store, const std::string& directory) {
  auto head = find_head(store);
  if (const Position acknowledged = store.acknowledged(); head && *head < acknowledged)
    return fail(Errc::corrupt,
                fmt::format("the log of the store {} ends at position {}, but {} was recorded",
                            directory, head->value, acknowledged.value),
                fmt::format("restore from a backup, or delete {} to go on with what is left",
                            Acknowledged::path(directory)));
  return head;
}

}  // namespace solnoma
