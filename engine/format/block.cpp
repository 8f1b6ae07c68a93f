#include "engine/format/block.hpp"

#include <fmt/format.h>

#include "engine/base/bytes.hpp"

namespace solnoma {

Result<Position> block_first(std::string_view key) {
  if (key.size() != sizeof(std::uint64_t))
    return fail(Errc::corrupt, "the log holds a strange key", Advice::restore);
  return Position{load_key<std::uint64_t>(key)};
}

Result<void> frames_of(std::string_view block, Position first, Frames& frames) {
  frames.clear();
  while (!block.empty()) {
    auto frame = take_frame(block);
    if (!frame) return at(fmt::format("position {}", first.value), frame.error());
    frames.emplace_back(first, *frame);
    first = first.next();
  }
  return {};
}

std::unexpected<Error> gap(Position position) {
  return fail(Errc::corrupt, fmt::format("the log has a gap at position {}", position.value),
              Advice::restore);
}

std::unexpected<Error> never_introduced(Position position) {
  return at(fmt::format("position {}", position.value),
            fail(Errc::corrupt, "the event names a subject or source that was never introduced",
                 Advice::restore)
                .error());
}

}  // namespace solnoma
