#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/format/id_page.hpp"
#include "engine/position.hpp"

namespace solnoma {

/// Ids in memory, by hash: what a writer looks into before it gives an event a position.
/// 11 to 24 bytes an id. The first bits of a hash choose one of 4,096 small tables with
/// open addressing, each of which grows by itself, so that no insertion waits for all.
/// An id may stand for several positions. Not thread-safe.
class IdTable {
 public:
  IdTable();

  /// Precondition: position below 2^40.
  void insert(IdHash hash, Position position);

  /// Makes room for so many in all. Before many are inserted in the order of their hashes: in
  /// tables that still grow, such all want the same few slots.
  void reserve(std::size_t ids);

  /// Calls `visit(Position)` for each position of that hash.
  template <class Visit>
  void find(IdHash hash, const Visit& visit) const {
    const Bucket& bucket = buckets_[hash >> kSlotHashBits];
    if (bucket.slots.empty()) return;
    const std::uint64_t wanted = hash & kSlotHashMask;
    for (std::size_t i = home(wanted, bucket);; i = (i + 1) & (bucket.slots.size() - 1)) {
      const std::uint64_t slot = bucket.slots[i];
      if (slot == 0) return;
      if (slot >> kPositionBits == wanted) visit(Position{slot & kPositionMask});
    }
  }

  /// Begins to fetch what find() and insert() will touch.
  void prefetch(IdHash hash) const;

  void clear();
  [[nodiscard]] std::size_t memory() const;

 private:
  static constexpr unsigned kBucketBits = 12;
  static constexpr unsigned kSlotHashBits = kIdHashBits - kBucketBits;
  static constexpr unsigned kPositionBits = 64 - kSlotHashBits;
  static constexpr std::uint64_t kSlotHashMask = (std::uint64_t{1} << kSlotHashBits) - 1;
  static constexpr std::uint64_t kPositionMask = (std::uint64_t{1} << kPositionBits) - 1;

  struct Bucket {
    std::vector<std::uint64_t> slots;  // 24 bits of the hash, 40 of the position; 0: free
    std::size_t used = 0;
    unsigned bits = 0;  // there are 2^bits slots
  };

  [[nodiscard]] static std::size_t home(std::uint64_t slot_hash, const Bucket& bucket) {
    return slot_hash >> (kSlotHashBits - bucket.bits);
  }
  static void grow(Bucket& bucket, unsigned bits);

  std::vector<Bucket> buckets_;
};

}  // namespace solnoma
