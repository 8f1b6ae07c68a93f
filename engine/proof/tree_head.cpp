#include "engine/tree_head.hpp"

#include <fmt/format.h>

#include <charconv>

namespace solnoma {

std::string to_string(const TreeHead& head) {
  return fmt::format("{}@{}", to_hex(head.root), head.position.value);
}

Result<TreeHead> tree_head_from(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    const auto root = hash_from_hex(text.substr(0, at));
    const std::string_view number = text.substr(at + 1);
    std::uint64_t position = 0;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), position);
    if (root && error == std::errc{} && end == number.data() + number.size() &&
        position <= kNewest.value)
      return TreeHead{Position{position}, *root};
  }
  return fail(Errc::invalid, fmt::format("'{}' is no head of a log", text),
              "a head reads HASH@POSITION");
}

}  // namespace solnoma
