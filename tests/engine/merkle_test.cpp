#include "engine/proof/merkle.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace solnoma;

namespace {

std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(leaf_hash(std::to_string(i)));
  return all;
}

/// The definition of RFC 9162, 2.1.1, word for word.
Hash root_by_definition(std::span<const Hash> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  return node_hash(root_by_definition(leaves.first(k)), root_by_definition(leaves.subspan(k)));
}

std::vector<Hash> path_of(std::span<const Hash> all, std::size_t leaf) {
  std::vector<Hash> path;
  for (const LeafRange& range : inclusion_ranges(leaf, all.size()))
    path.push_back(root_by_definition(all.subspan(range.first, range.last - range.first)));
  return path;
}

}  // namespace

TEST_CASE("hashes are those of the standards") {
  // FIPS 180-4's example, and RFC 6962's empty tree and empty leaf.
  CHECK(to_hex(sha256({"a", "", "bc"})) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(GrowingTree().root()) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(leaf_hash("")) ==
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("a hash is read as it is written, and nothing else is") {
  const Hash hash = sha256({"x"});
  CHECK(hash_from_hex(to_hex(hash)) == hash);
  for (const std::string& wrong :
       {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g'),
        "0x" + std::string(62, 'a'), "-1" + std::string(62, 'a'), " " + std::string(63, 'a')})
    CHECK(hash_from_hex(wrong).error().code == Errc::invalid);
}

TEST_CASE("a tree that grows has the root of the definition at every size") {
  const auto all = leaves(300);
  GrowingTree tree;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes;
  for (std::size_t size = 0; size <= all.size(); ++size) {
    CHECK(tree.root() == root_by_definition(std::span(all).first(size)));
    if (size < all.size())
      tree.add(all[size], [&](const TreeNode& node, const Hash& hash) {
        CHECK(nodes.emplace(std::pair(node.level, node.index), hash).second);
      });
  }
  for (const auto& [place, hash] : nodes) {
    const TreeNode node{place.first, place.second};
    CHECK(hash ==
          root_by_definition(std::span(all).subspan(node.first(), node.last() - node.first())));
  }
  CHECK(nodes.size() == 300 + 150 + 75 + 37 + 18 + 9 + 4 + 2 + 1);
}

TEST_CASE("a tree of subtrees is the tree of their leaves") {
  const auto all = leaves(44);
  GrowingTree tree;
  tree.add_subtree(5, root_by_definition(std::span(all).first(32)));
  tree.add_subtree(3, root_by_definition(std::span(all).subspan(32, 8)));
  for (std::size_t i = 40; i < 44; ++i) tree.add(all[i]);
  CHECK(tree.root() == root_by_definition(all));
}

TEST_CASE("a proof of every leaf leads to the root, and of no other leaf, place, size or root") {
  for (std::size_t size = 1; size <= 40; ++size) {
    const auto all = leaves(size);
    const Hash root = root_by_definition(all);
    for (std::size_t leaf = 0; leaf < size; ++leaf) {
      const auto path = path_of(all, leaf);
      CHECK(root_by_path(all[leaf], leaf, size, path) == root);
      for (std::size_t other = 0; other <= size; ++other) {
        if (other == leaf) continue;
        const auto wrong = root_by_path(all[leaf], other, size, path);
        CHECK((!wrong || *wrong != root));
      }
      auto changed = path;
      for (Hash& hash : changed) {
        hash[7] ^= 1;
        CHECK(root_by_path(all[leaf], leaf, size, changed) != root);
        hash[7] ^= 1;
      }
      changed.push_back(root);
      CHECK(!root_by_path(all[leaf], leaf, size, changed));
      if (!path.empty()) {
        changed.resize(path.size() - 1);
        CHECK(!root_by_path(all[leaf], leaf, size, changed));
      }
    }
  }
}

TEST_CASE("a proof for a tree of any size ends") {
  const Hash hash = sha256({"x"});
  CHECK(!root_by_path(hash, UINT64_MAX, UINT64_MAX, {}));
  CHECK(!root_by_path(hash, 0, UINT64_MAX, std::vector<Hash>(63, hash)));
  CHECK(root_by_path(hash, 0, UINT64_MAX, std::vector<Hash>(64, hash)));
  CHECK(!root_by_path(hash, 0, 0, {}));
}
