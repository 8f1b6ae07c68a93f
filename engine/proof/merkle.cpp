#include "engine/proof/merkle.hpp"

#include <algorithm>
#include <bit>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

// A leaf can never be passed off as a node, nor a node as a leaf.
constexpr std::string_view kLeaf{"\0", 1};
constexpr std::string_view kNode{"\1", 1};

}  // namespace

Hash leaf_hash(std::string_view content) {
  return sha256({kLeaf, content});
}

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({kNode, bytes_of(left), bytes_of(right)});
}

void GrowingTree::add(const Hash& leaf, const NodeVisitor& completed) {
  add_subtree(0, leaf, completed);
}

void GrowingTree::add_subtree(unsigned level, const Hash& node, const NodeVisitor& completed) {
  const std::uint64_t leaves = std::uint64_t{1} << level;
  SOLNOMA_CHECK(size_ % leaves == 0);
  TreeNode place{level, size_ >> level};
  Hash hash = node;
  if (completed) completed(place, hash);
  // As a one is carried when numbers are added.
  for (; (size_ >> place.level & 1) != 0;) {
    hash = node_hash(whole_.back(), hash);
    whole_.pop_back();
    place = {place.level + 1, place.index >> 1};
    if (completed) completed(place, hash);
  }
  whole_.push_back(hash);
  size_ += leaves;
}

Hash GrowingTree::root() const {
  if (whole_.empty()) return sha256({});
  Hash hash = whole_.back();
  for (auto left = whole_.rbegin() + 1; left != whole_.rend(); ++left)
    hash = node_hash(*left, hash);
  return hash;
}

std::vector<LeafRange> inclusion_ranges(std::uint64_t leaf, std::uint64_t size) {
  SOLNOMA_CHECK(leaf < size);
  std::vector<LeafRange> ranges;  // from the root down
  std::uint64_t first = 0;
  std::uint64_t last = size;
  while (last - first > 1) {
    const std::uint64_t middle = first + std::bit_floor(last - first - 1);
    if (leaf < middle) {
      ranges.push_back({middle, last});
      last = middle;
    } else {
      ranges.push_back({first, middle});
      first = middle;
    }
  }
  std::ranges::reverse(ranges);
  return ranges;
}

Result<Hash> root_by_path(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                          std::span<const Hash> path) {
  const auto wrong = [] {
    return fail(Errc::invalid, "the proof does not fit its position and head",
                "ask for the proof again");
  };
  if (index >= size) return wrong();
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (last == 0) return wrong();
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      // At the right edge a subtree may have no sibling on several levels.
      for (; (node & 1) == 0 && node != 0; node >>= 1) last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return wrong();
  return hash;
}

}  // namespace solnoma
