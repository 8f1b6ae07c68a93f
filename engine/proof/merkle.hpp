#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/proof/sha256.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Merkle trees as Certificate Transparency has them (RFC 9162, section 2.1): the root
/// commits to every leaf and to their order, and a leaf is shown to be in the tree by
/// about log2(n) hashes. Leaves are numbered from 0. Pure.

[[nodiscard]] Hash leaf_hash(std::string_view content);
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// A node whose whole subtree is there: the leaves [index << level, (index + 1) << level).
struct TreeNode {
  unsigned level = 0;
  std::uint64_t index = 0;

  [[nodiscard]] std::uint64_t first() const { return index << level; }
  [[nodiscard]] std::uint64_t last() const { return first() + (std::uint64_t{1} << level); }
  bool operator==(const TreeNode&) const = default;
};

/// A tree that grows leaf by leaf. Memory: one hash a level.
class GrowingTree {
 public:
  using NodeVisitor = std::function<void(const TreeNode&, const Hash&)>;

  /// Calls the visitor, if any, for every node that this leaf completes, the leaf first.
  void add(const Hash& leaf, const NodeVisitor& completed = {});
  /// The same with a whole subtree of 2^level leaves. Precondition: it stands where the
  /// tree ends, so size() is a multiple of its leaves.
  void add_subtree(unsigned level, const Hash& node, const NodeVisitor& completed = {});

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Of no leaves: the hash of nothing.
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> whole_;  // the roots of the digits of size_ in base 2, largest first
};

/// The ranges of leaves whose roots show that `leaf` is in a tree of `size`, in the order of
/// the proof (RFC 9162, 2.1.3.1). Each is [first, last); its root is that of the tree over these
/// leaves alone. Precondition: leaf < size.
struct LeafRange {
  std::uint64_t first = 0, last = 0;
  bool operator==(const LeafRange&) const = default;
};
[[nodiscard]] std::vector<LeafRange> inclusion_ranges(std::uint64_t leaf, std::uint64_t size);

/// The root that a proof leads to (RFC 9162, 2.1.3.2). Errors: invalid when `path` is
/// longer or shorter than the proof for that leaf can be.
[[nodiscard]] Result<Hash> root_by_path(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                        std::span<const Hash> path);

}  // namespace solnoma
