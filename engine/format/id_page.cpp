#include "engine/format/id_page.hpp"

#include <xxhash.h>

#include <bit>

#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/format/malformed.hpp"

namespace solnoma {
namespace {

constexpr IdHash kHighest = (IdHash{1} << kIdHashBits) - 1;
constexpr char kHow = 0;
constexpr std::size_t kWord = 64;

/// Numbers of a fixed width one after the other, the lowest bit first. No number goes beyond the
/// u64 that its first bit is loaded with: a width of at most 57 bits.
class BitWriter {
 public:
  explicit BitWriter(std::string& to) : to_(to) {}
  void put(std::uint64_t number, unsigned width) {
    waiting_ |= number << bits_;
    for (bits_ += width; bits_ >= 8; bits_ -= 8, waiting_ >>= 8)
      to_.push_back(static_cast<char>(waiting_));
  }
  void finish() {
    if (bits_ > 0) to_.push_back(static_cast<char>(waiting_));
  }

 private:
  std::string& to_;
  std::uint64_t waiting_ = 0;
  unsigned bits_ = 0;
};

struct Numbers {
  const char* bytes = nullptr;
  unsigned width = 0;

  std::uint64_t operator[](std::size_t i) const {
    const std::size_t bit = i * width;
    return load<std::uint64_t>(bytes + bit / 8) >> bit % 8 & ((std::uint64_t{1} << width) - 1);
  }
};

constexpr std::size_t bytes_of(std::size_t count, unsigned width) {
  return (count * width + 7) / 8;
}

/// The parts of a page, borrowed.
struct IdPage {
  std::size_t count = 0;
  IdHash lowest = 0;
  Numbers lows, positions;
  const char* highs = nullptr;
  std::size_t words = 0;

  /// Calls `visit(i, high)` for each entry from the first one whose bits above `lows` are not
  /// less than `from`, until it returns false.
  template <class Visit>
  void each(std::uint64_t from, const Visit& visit) const {
    std::size_t i = 0;
    std::uint64_t high = 0;
    std::size_t word = 0;
    for (; word < words; ++word) {  // whole words of what is less, by counting
      const int ones = std::popcount(this->word(word));
      if (high + kWord - static_cast<unsigned>(ones) >= from) break;
      i += static_cast<unsigned>(ones);
      high += kWord - static_cast<unsigned>(ones);
    }
    for (; word < words; ++word) {
      std::size_t left = kWord;
      for (std::uint64_t bits = this->word(word); bits != 0;) {
        const auto zeros = static_cast<unsigned>(std::countr_zero(bits));
        high += zeros;
        if (high >= from && !visit(i, high)) return;
        ++i;
        left -= zeros + 1;
        bits = zeros + 1 < kWord ? bits >> (zeros + 1) : 0;
      }
      high += left;
    }
  }
  [[nodiscard]] IdHash hash(std::size_t i, std::uint64_t high) const {
    return lowest + (high << lows.width | lows[i]);
  }
  [[nodiscard]] std::uint64_t word(std::size_t i) const {
    return load<std::uint64_t>(highs + i * sizeof(std::uint64_t));
  }
};

Result<IdPage> read(std::string_view bytes, const Segment& segment) {
  IdPage page;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  if (at == end || *at++ != kHow) return malformed_entry();
  std::uint64_t count = 0;
  if (!take_varint(at, end, count) || count == 0 || count > kIdsPerPage ||
      !take_varint(at, end, page.lowest) || page.lowest > kHighest || at == end)
    return malformed_entry();
  page.count = count;
  page.lows.width = static_cast<unsigned char>(*at++);
  page.positions.width = segment.bits;
  if (page.lows.width > kIdHashBits) return malformed_entry();
  const std::size_t lows = bytes_of(page.count, page.lows.width);
  const std::size_t positions = bytes_of(page.count, page.positions.width);
  const auto left = static_cast<std::size_t>(end - at);
  // The words at the end are what the last of the numbers is loaded with.
  if (left < lows + positions + sizeof(std::uint64_t)) return malformed_entry();
  page.lows.bytes = at;
  page.positions.bytes = at + lows;
  page.highs = at + lows + positions;
  page.words = (left - lows - positions) / sizeof(std::uint64_t);
  if ((left - lows - positions) % sizeof(std::uint64_t) != 0) return malformed_entry();
  std::size_t ones = 0;
  for (std::size_t i = 0; i < page.words; ++i)
    ones += static_cast<unsigned>(std::popcount(page.word(i)));
  if (ones != page.count || page.word(page.words - 1) == 0) return malformed_entry();
  return page;
}

}  // namespace

IdHash hash_id(std::string_view id) {
  return XXH3_64bits(id.data(), id.size()) >> (64 - kIdHashBits);
}

std::string encode_ids(const std::vector<IdEntry>& entries, const Segment& segment) {
  SOLNOMA_CHECK(!entries.empty() && entries.size() <= kIdsPerPage);
  const IdHash lowest = entries.front().hash;
  const std::uint64_t each = (entries.back().hash - lowest) / entries.size();
  const unsigned width = each == 0 ? 0 : static_cast<unsigned>(std::bit_width(each)) - 1;
  std::string bytes(1, kHow);
  store_varint(bytes, entries.size());
  store_varint(bytes, lowest);
  bytes.push_back(static_cast<char>(width));
  BitWriter lows(bytes);
  for (const IdEntry& entry : entries)
    lows.put((entry.hash - lowest) & ((std::uint64_t{1} << width) - 1), width);
  lows.finish();
  BitWriter positions(bytes);
  for (const IdEntry& entry : entries)
    positions.put(entry.position.value - segment.first.value, segment.bits);
  positions.finish();
  std::vector<std::uint64_t> highs;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t bit = ((entries[i].hash - lowest) >> width) + i;
    highs.resize(bit / kWord + 1);
    highs.back() |= std::uint64_t{1} << bit % kWord;
  }
  for (const std::uint64_t word : highs) put_le(bytes, word);
  return bytes;
}

Result<void> decode_ids(std::string_view bytes, const Segment& segment,
                        std::vector<IdEntry>& entries) {
  entries.clear();
  const auto page = read(bytes, segment);
  if (!page) return std::unexpected(page.error());
  IdHash before = 0;
  bool sound = true;
  page->each(0, [&](std::size_t i, std::uint64_t high) {
    const IdHash hash = page->hash(i, high);
    sound = sound && hash >= before && hash <= kHighest;
    before = hash;
    entries.push_back({hash, Position{segment.first.value + page->positions[i]}});
    return true;
  });
  if (!sound) return malformed_entry();
  return {};
}

Result<IdEntry> last_id(std::string_view bytes, const Segment& segment) {
  const auto page = read(bytes, segment);
  if (!page) return std::unexpected(page.error());
  const std::size_t last = page->count - 1;
  const std::size_t bit = page->words * kWord - 1 -
                          static_cast<unsigned>(std::countl_zero(page->word(page->words - 1)));
  return IdEntry{page->hash(last, bit - last),
                 Position{segment.first.value + page->positions[last]}};
}

Result<bool> find_id(std::string_view bytes, const Segment& segment, IdHash hash,
                     const std::function<void(Position)>& visit) {
  const auto page = read(bytes, segment);
  if (!page) return std::unexpected(page.error());
  if (hash < page->lowest) return false;
  bool higher = false;
  page->each((hash - page->lowest) >> page->lows.width, [&](std::size_t i, std::uint64_t high) {
    const IdHash found = page->hash(i, high);
    if (found == hash) visit(Position{segment.first.value + page->positions[i]});
    higher = found > hash;
    return !higher;
  });
  return !higher;
}

}  // namespace solnoma
