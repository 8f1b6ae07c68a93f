#include "engine/storage/write_ahead_log.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/bytes.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kBlock = 32 << 10;
constexpr std::size_t kHeader = 7;  // u32 checksum, u16 size, u8 kind
enum Kind : std::uint8_t { full = 1, first = 2, middle = 3, last = 4 };

constexpr std::array<std::uint32_t, 256> crc_table() {
  constexpr std::uint32_t kCastagnoli = 0x82f63b78;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit)
      table[i] = table[i] >> 1 ^ ((table[i] & 1) != 0 ? kCastagnoli : 0);
  }
  return table;
}

/// CRC-32C, rotated and moved as RocksDB keeps it.
std::uint32_t masked_crc(std::string_view bytes) {
  static constexpr auto kTable = crc_table();
  std::uint32_t crc = UINT32_MAX;
  for (const char c : bytes) crc = crc >> 8 ^ kTable[(crc ^ static_cast<std::uint8_t>(c)) & 0xff];
  crc = ~crc;
  return (crc >> 15 | crc << 17) + 0xa282ead8U;
}

struct Fragment {
  std::uint8_t kind;
  std::string_view bytes;
};

/// That which begins here, if an intact one does.
std::optional<Fragment> fragment_at(std::string_view rest) {
  if (rest.size() < kHeader) return {};
  const auto size = load<std::uint16_t>(rest.data() + 4);
  const auto kind = load<std::uint8_t>(rest.data() + 6);
  if (kind < full || kind > last || kHeader + size > rest.size()) return {};
  if (load<std::uint32_t>(rest.data()) != masked_crc(rest.substr(kHeader - 1, size + 1U)))
    return {};
  return Fragment{kind, rest.substr(kHeader, size)};
}

}  // namespace

void each_record(std::string_view file, const std::function<void(std::string_view)>& visit) {
  std::string record;
  bool begun = false;  // `record` has what comes before
  for (; !file.empty(); file.remove_prefix(std::min(kBlock, file.size()))) {
    std::string_view rest = file.substr(0, kBlock);
    while (rest.size() >= kHeader) {
      const auto fragment = fragment_at(rest);
      if (!fragment) {  // the next one begins somewhere behind it
        begun = false;
        rest.remove_prefix(1);
        continue;
      }
      rest.remove_prefix(kHeader + fragment->bytes.size());
      const bool begins = fragment->kind == full || fragment->kind == first;
      if (begins) record.clear();
      if (!begins && !begun) continue;
      record += fragment->bytes;
      begun = fragment->kind == first || fragment->kind == middle;
      if (!begun) visit(record);
    }
  }
}

}  // namespace solnoma
