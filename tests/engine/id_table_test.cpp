#include "engine/index/id_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr IdHash kHighestHash = (IdHash{1} << kIdHashBits) - 1;
constexpr Position kLast{(std::uint64_t{1} << 36) - 1};

std::vector<Position> sorted_of(const IdTable& table, IdHash hash) {
  std::vector<Position> found;
  table.find(hash, [&](Position position) { found.push_back(position); });
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("a table of ids finds what a multimap finds") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  IdTable table;
  std::multimap<IdHash, Position> model;
  std::vector<IdHash> used;
  const auto random_hash = [&] {
    if (!used.empty() && random.one_in(6))
      return used[static_cast<std::size_t>(random.below(static_cast<int>(used.size())))];
    IdHash hash = random.bits() & kHighestHash;
    if (random.one_in(3)) hash |= (IdHash{1} << 28) - 1 - static_cast<IdHash>(random.below(4));
    if (random.one_in(3)) hash &= (IdHash{1} << 28) - 1;  // all in one of the small tables
    return hash;
  };
  for (int step = 0; step < 40'000; ++step) {
    const IdHash hash = random_hash();
    if (random.one_in(20'000)) {
      table.clear();
      model.clear();
    } else if (random.one_in(10'000)) {
      table.reserve(static_cast<std::size_t>(random.below(1 << 20)));
    } else if (random.one_in(2)) {
      const Position position{random.one_in(50) ? kLast.value : 1 + random.bits() % kLast.value};
      table.insert(hash, position);
      model.emplace(hash, position);
      used.push_back(hash);
    }
    table.prefetch(hash);
    std::vector<Position> expected;
    const auto [begin, end] = model.equal_range(hash);
    for (auto it = begin; it != end; ++it) expected.push_back(it->second);
    std::ranges::sort(expected);
    if (sorted_of(table, hash) != expected) FAIL("they differ at step ", step);
  }
}

TEST_CASE("ids whose places are at the end of their table go on at its beginning") {
  IdTable table;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    table.insert(kHighestHash, Position{i});
    table.insert(kHighestHash - 1, Position{1000 + i});
  }
  CHECK(sorted_of(table, kHighestHash).size() == 100);
  CHECK(sorted_of(table, kHighestHash - 1).size() == 100);
  CHECK(sorted_of(table, kHighestHash - 2).empty());
}

TEST_CASE("a table that was cleared is empty, and small again") {
  IdTable table;
  const std::size_t empty = table.memory();
  for (std::uint64_t i = 1; i <= 50'000; ++i) table.insert(hash_id(std::to_string(i)), Position{i});
  CHECK(table.memory() > empty + 50'000 * 8);
  CHECK(table.memory() < empty + 50'000 * 22);
  table.clear();
  CHECK(table.memory() == empty);
  CHECK(sorted_of(table, hash_id("1")).empty());
}
