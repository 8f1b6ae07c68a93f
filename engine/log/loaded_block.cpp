#include "engine/log/loaded_block.hpp"

#include <fmt/format.h>

#include "engine/format/block.hpp"
#include "engine/format/keys.hpp"

namespace solnoma {

Result<Frame> LoadedBlock::find(const Store& store, Position position) {
  if (position.next() < next_) rest_ = {};  // nothing goes backwards within a block
  auto found = go_to(position);
  if (found && !*found) {
    // A block begins at each multiple of its greatest length: usually the one in question.
    // Where large events cut it short, it is the last one that begins before the position.
    const Position first{(position.value - 1) / kMostBlockEvents * kMostBlockEvents + 1};
    auto bytes = store.get(Family::log, log_key(first));
    if (!bytes) return std::unexpected(bytes.error());
    if (!*bytes) return gap(position);
    use(**bytes, first);
    found = go_to(position);
    if (found && !*found) {
      auto cursor = store.cursor(Family::log);
      cursor.seek_backward(log_key(position));
      if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
      if (!cursor.valid()) return gap(position);
      auto begin = block_first(cursor.key());
      if (!begin) return std::unexpected(begin.error());
      use(cursor.value(), *begin);
      found = go_to(position);
    }
  }
  if (!found) return std::unexpected(found.error());
  if (!*found) return gap(position);
  return frame_;
}

void LoadedBlock::use(std::string_view bytes, Position first) {
  block_.assign(bytes);
  rest_ = block_.bytes();
  next_ = first;
}

Result<bool> LoadedBlock::go_to(Position position) {
  while (!rest_.empty() && next_ <= position) {
    auto taken = take_frame(rest_);
    if (!taken) return at(fmt::format("position {}", next_.value), taken.error());
    frame_ = *taken;
    next_ = next_.next();
  }
  return next_ == position.next();
}

}  // namespace solnoma
