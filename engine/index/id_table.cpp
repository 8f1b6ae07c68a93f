#include "engine/index/id_table.hpp"

#include <utility>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

constexpr unsigned kFirstBits = 3;

}  // namespace

IdTable::IdTable() : buckets_(std::size_t{1} << kBucketBits) {}

void IdTable::insert(IdHash hash, Position position) {
  SOLNOMA_CHECK(position.value > 0 && position.value <= kPositionMask);
  Bucket& bucket = buckets_[hash >> kSlotHashBits];
  if (bucket.used * 4 >= bucket.slots.size() * 3)
    grow(bucket, bucket.slots.empty() ? kFirstBits : bucket.bits + 1);
  const std::uint64_t slot_hash = hash & kSlotHashMask;
  std::size_t i = home(slot_hash, bucket);
  while (bucket.slots[i] != 0) i = (i + 1) & (bucket.slots.size() - 1);
  bucket.slots[i] = slot_hash << kPositionBits | position.value;
  ++bucket.used;
}

void IdTable::reserve(std::size_t ids) {
  const std::size_t each = (ids >> kBucketBits) * 9 / 8;  // they differ by less than an eighth
  unsigned bits = kFirstBits;
  while ((std::size_t{3} << bits) / 4 < each) ++bits;
  for (Bucket& bucket : buckets_)
    if (bucket.slots.empty() || bucket.bits < bits) grow(bucket, bits);
}

void IdTable::grow(Bucket& bucket, unsigned bits) {
  const std::vector<std::uint64_t> before = std::move(bucket.slots);
  bucket.bits = bits;
  bucket.slots.assign(std::size_t{1} << bucket.bits, 0);
  for (const std::uint64_t slot : before) {
    if (slot == 0) continue;
    std::size_t i = home(slot >> kPositionBits, bucket);
    while (bucket.slots[i] != 0) i = (i + 1) & (bucket.slots.size() - 1);
    bucket.slots[i] = slot;
  }
}

void IdTable::prefetch(IdHash hash) const {
  const Bucket& bucket = buckets_[hash >> kSlotHashBits];
  if (!bucket.slots.empty())
    __builtin_prefetch(bucket.slots.data() + home(hash & kSlotHashMask, bucket));
}

void IdTable::clear() {
  for (Bucket& bucket : buckets_) bucket = {};
}

std::size_t IdTable::memory() const {
  std::size_t bytes = buckets_.size() * sizeof(Bucket);
  for (const Bucket& bucket : buckets_) bytes += bucket.slots.capacity() * sizeof(std::uint64_t);
  return bytes;
}

}  // namespace solnoma
