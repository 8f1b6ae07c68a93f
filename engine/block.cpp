#include "engine/block.hpp"

#include <fmt/format.h>

#include <cstring>

#include "engine/bytes.hpp"
#include "engine/keys.hpp"

namespace solnoma {
namespace {

std::unexpected<Error> corrupt(std::string what) {
  return fail(Errc::corrupt, std::move(what), "run 'solnoma verify'; restore from a backup");
}

}  // namespace

Result<Position> block_first(const Store::Cursor& cursor) {
  if (cursor.key().size() != sizeof(std::uint64_t)) return corrupt("the log holds a strange key");
  return Position{load_key<std::uint64_t>(cursor.key())};
}

std::unexpected<Error> gap(Position position) {
  return corrupt(fmt::format("the log has a gap at position {}", position.value));
}

std::unexpected<Error> never_introduced(Position position) {
  return at(fmt::format("position {}", position.value),
            Error{Errc::corrupt,
                  "the event names a subject or source that was never introduced",
                  {},
                  "restore from a backup"});
}

void AlignedBlock::assign(std::string_view bytes) {
  words_.resize((bytes.size() + 7) / 8);
  size_ = bytes.size();
  if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
}

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
      auto begin = block_first(cursor);
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
