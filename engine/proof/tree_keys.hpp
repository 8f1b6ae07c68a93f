#pragma once

#include <string>
#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/proof/merkle.hpp"

namespace solnoma {

/// le64: the nodes of the tree over the events up to here are kept. Missing: none.
inline constexpr std::string_view kHashed = "hashed";
/// "tree", u8 level, be64 index: a node of the tree, 32 bytes.
inline constexpr std::string_view kTreeNodes = "tree";

[[nodiscard]] inline std::string tree_node_key(const TreeNode& node) {
  std::string key(kTreeNodes);
  key.push_back(static_cast<char>(node.level));
  store_key(key, node.index);
  return key;
}

}  // namespace solnoma
