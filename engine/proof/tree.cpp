#include "engine/proof/tree.hpp"

#include <bit>
#include <optional>

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/format/keys.hpp"
#include "engine/format/malformed.hpp"
#include "engine/proof/tree_keys.hpp"

namespace solnoma {
namespace {

/// Nodes below this level are not kept.
constexpr unsigned kKeptLevel = 10;
constexpr std::uint64_t kGroup = std::uint64_t{1} << kKeptLevel;

LeafRange range_of(const TreeNode& node) {
  return {node.first(), node.last()};
}

/// The whole subtrees that make up the first `size` leaves, largest first.
std::vector<TreeNode> digits(std::uint64_t size) {
  std::vector<TreeNode> nodes;
  for (std::uint64_t first = 0; first < size;) {
    const auto level = static_cast<unsigned>(std::bit_width(size - first)) - 1;
    nodes.push_back({level, first >> level});
    first = nodes.back().last();
  }
  return nodes;
}

}  // namespace

bool Tree::is_kept(const TreeNode& node) {
  return node.level >= kKeptLevel;
}

Result<std::optional<Hash>> Tree::kept(const TreeNode& node) const {
  auto value = store_.get(Family::meta, tree_node_key(node));
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::optional<Hash>{};
  Hash hash;
  if ((*value)->size() != hash.size()) return malformed_entry();
  std::memcpy(hash.data(), (*value)->data(), hash.size());
  return hash;
}

Result<Hash> Tree::root_of(LeafRange range) const {
  const std::uint64_t leaves = range.last - range.first;
  const auto level = static_cast<unsigned>(std::countr_zero(leaves));
  if (const TreeNode node{level, range.first >> level};
      std::has_single_bit(leaves) && range_of(node) == range && is_kept(node)) {
    auto hash = kept(node);
    if (!hash) return std::unexpected(hash.error());
    if (*hash) return **hash;
  }
  if (leaves <= kGroup) {
    GrowingTree tree;
    auto ok = leaves_(Position{range.first + 1}, Position{range.last},
                      [&](const Hash& leaf) { tree.add(leaf); });
    if (!ok) return std::unexpected(ok.error());
    SOLNOMA_CHECK(tree.size() == leaves);
    return tree.root();
  }
  const std::uint64_t middle = range.first + std::bit_floor(leaves - 1);
  auto left = root_of({range.first, middle});
  if (!left) return left;
  auto right = root_of({middle, range.last});
  if (!right) return right;
  return node_hash(*left, *right);
}

Result<Hash> Tree::root(Position size) const {
  if (size.value == 0) return GrowingTree().root();
  return root_of({0, size.value});
}

Result<std::vector<Hash>> Tree::path(Position of, Position size) const {
  SOLNOMA_CHECK(of.value >= 1 && of <= size);
  std::vector<Hash> path;
  for (const LeafRange& range : inclusion_ranges(of.value - 1, size.value)) {
    auto root = root_of(range);
    if (!root) return std::unexpected(root.error());
    path.push_back(*root);
  }
  return path;
}

Result<std::vector<Hash>> Tree::nodes(unsigned level, std::uint64_t first,
                                      std::size_t count) const {
  std::vector<Hash> nodes;
  nodes.reserve(count);
  if (level < kKeptLevel) {
    // All of their leaves in one pass.
    GrowingTree tree;
    const std::uint64_t leaves = std::uint64_t{1} << level;
    auto ok = leaves_(Position{(first << level) + 1}, Position{(first + count) << level},
                      [&](const Hash& leaf) {
                        tree.add(leaf);
                        if (tree.size() < leaves) return;
                        nodes.push_back(tree.root());
                        tree = GrowingTree();
                      });
    if (!ok) return std::unexpected(ok.error());
    return nodes;
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto root = root_of(range_of({level, first + i}));
    if (!root) return std::unexpected(root.error());
    nodes.push_back(*root);
  }
  return nodes;
}

void Tree::add(Position first, std::span<const Hash> leaves) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t from = first.value - 1;
  if (from != fresh_from_ + fresh_.size()) {
    fresh_.clear();
    fresh_from_ = from;
  }
  fresh_.insert(fresh_.end(), leaves.begin(), leaves.end());
}

Result<void> Tree::begin_group(Position head) {
  const std::uint64_t first = head.value - head.value % kGroup;
  {
    const std::lock_guard lock(mutex_);
    if (fresh_from_ <= first && fresh_from_ + fresh_.size() == head.value) return {};
  }
  std::deque<Hash> begun;
  if (first < head.value)
    if (auto ok =
            leaves_(Position{first + 1}, head, [&](const Hash& leaf) { begun.push_back(leaf); });
        !ok)
      return ok;
  const std::lock_guard lock(mutex_);
  fresh_ = std::move(begun);
  fresh_from_ = first;
  return {};
}

void Tree::forget() {
  const std::lock_guard lock(mutex_);
  fresh_.clear();
}

/// The root over the group that begins with leaf `first`, if all of that was added. What stands
/// before its end is forgotten.
std::optional<Hash> Tree::take_group(std::uint64_t first) {
  std::vector<Hash> leaves;
  {
    const std::lock_guard lock(mutex_);
    const bool whole = fresh_from_ <= first && fresh_from_ + fresh_.size() >= first + kGroup;
    if (!whole) return {};
    const auto begin = fresh_.begin() + static_cast<std::ptrdiff_t>(first - fresh_from_);
    const auto end = begin + static_cast<std::ptrdiff_t>(kGroup);
    leaves.assign(begin, end);
    fresh_.erase(fresh_.begin(), end);
    fresh_from_ = first + kGroup;
  }
  GrowingTree tree;
  for (const Hash& leaf : leaves) tree.add(leaf);
  return tree.root();
}

Result<void> Tree::extend(Store& store, Position upto) {
  constexpr std::size_t kBatchBytes = 1 << 20;
  auto value = store.get(Family::meta, kHashed);
  if (!value) return std::unexpected(value.error());
  Position hashed{0};
  if (*value) {
    auto stored = stored_position(**value);
    if (!stored) return std::unexpected(stored.error());
    hashed = *stored;
  }
  upto.value -= upto.value % kGroup;
  if (hashed.value % kGroup != 0) return malformed_entry();
  if (hashed >= upto) return {};

  GrowingTree tree;
  for (const TreeNode& node : digits(hashed.value)) {
    auto root = root_of(range_of(node));
    if (!root) return std::unexpected(root.error());
    tree.add_subtree(node.level, *root);
  }
  Store::Batch batch = store.batch();
  const auto keep = [&](const TreeNode& node, const Hash& hash) {
    batch.put(Family::meta, tree_node_key(node), bytes_of(hash));
  };
  while (tree.size() < upto.value) {
    auto group = take_group(tree.size());
    if (!group) {
      auto read = root_of({tree.size(), tree.size() + kGroup});
      if (!read) return std::unexpected(read.error());
      group = *read;
    }
    tree.add_subtree(kKeptLevel, *group, keep);
    if (tree.size() < upto.value && batch.bytes() < kBatchBytes) continue;
    std::string reached;
    put_le(reached, tree.size());
    batch.put(Family::meta, kHashed, reached);
    if (auto ok = store.write(batch, /*sync=*/false); !ok) return ok;
    batch.clear();
  }
  return {};
}

}  // namespace solnoma
