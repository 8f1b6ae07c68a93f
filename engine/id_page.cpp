#include "engine/id_page.hpp"

#include <xxhash.h>

#include "engine/bytes.hpp"
#include "engine/keys.hpp"

namespace solnoma {
namespace {

constexpr IdHash kHighest = (IdHash{1} << kIdHashBits) - 1;

std::size_t position_bytes(const Segment& segment) {
  return (segment.bits + 7) / 8;
}

}  // namespace

IdHash hash_id(std::string_view id) {
  return XXH3_64bits(id.data(), id.size()) >> (64 - kIdHashBits);
}

std::string encode_ids(const std::vector<IdEntry>& entries, const Segment& segment) {
  std::string bytes;
  store_varint(bytes, entries.size());
  IdHash before = 0;
  for (const IdEntry& entry : entries) {
    store_varint(bytes, entry.hash - before);
    before = entry.hash;
  }
  const std::size_t width = position_bytes(segment);
  for (const IdEntry& entry : entries) {
    const std::uint64_t offset = entry.position.value - segment.first.value;
    bytes.append(reinterpret_cast<const char*>(&offset), width);
  }
  return bytes;
}

Result<void> decode_ids(std::string_view bytes, const Segment& segment,
                        std::vector<IdEntry>& entries) {
  entries.clear();
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  std::uint64_t count = 0;
  if (!take_varint(at, end, count) || count > kIdsPerPage) return malformed_entry();
  entries.resize(count);
  IdHash hash = 0;
  for (IdEntry& entry : entries) {
    std::uint64_t step = 0;
    if (!take_varint(at, end, step) || step > kHighest - hash) return malformed_entry();
    hash += step;
    entry.hash = hash;
  }
  const std::size_t width = position_bytes(segment);
  if (static_cast<std::size_t>(end - at) != count * width) return malformed_entry();
  for (IdEntry& entry : entries) {
    std::uint64_t offset = 0;
    std::memcpy(&offset, at, width);
    at += width;
    if (offset >= segment.events()) return malformed_entry();
    entry.position = Position{segment.first.value + offset};
  }
  return {};
}

}  // namespace solnoma
