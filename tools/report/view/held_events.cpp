#include "tools/report/view/held_events.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <numeric>
#include <string_view>

#include "tools/report/view/in_shares.hpp"

namespace solnoma {
namespace {

std::string_view kept(std::string_view text, std::pmr::memory_resource& texts) {
  if (text.empty()) return {};
  constexpr std::size_t kWord = 8;  // payloads must begin at one
  auto* const to = static_cast<char*>(texts.allocate(text.size(), kWord));
  std::memcpy(to, text.data(), text.size());
  return {to, text.size()};
}

}  // namespace

Result<HeldEvents> HeldEvents::read(const Log& log, std::span<const Position> positions,
                                    std::size_t most_bytes) {
  HeldEvents held;
  held.events_.resize(positions.size());
  std::vector<std::uint32_t> order(positions.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return positions[i]; });

  std::atomic<std::size_t> bytes = positions.size() * sizeof(RecordedEvent);
  const auto read_share = [&](std::span<const std::uint32_t> share,
                              std::pmr::memory_resource& texts) {
    std::vector<Position> ascending;
    ascending.reserve(share.size());
    for (const std::uint32_t i : share) ascending.push_back(positions[i]);
    auto next = share.begin();
    return log.read_at(ascending, [&](const RecordedEvent& event) {
      RecordedEvent& own = held.events_[*next++];
      own = event;  // the log keeps names as long as it lives
      own.id = kept(event.id, texts);
      own.payload = kept(event.payload, texts);
      bytes += own.id.size() + own.payload.size();
      return bytes <= most_bytes;
    });
  };

  std::mutex adding;
  auto ok = in_shares(order.size(), [&](std::size_t first, std::size_t count) {
    constexpr std::size_t kChunk = 1 << 20;
    auto texts = std::make_unique<std::pmr::monotonic_buffer_resource>(kChunk);
    auto read = read_share(std::span<const std::uint32_t>(order).subspan(first, count), *texts);
    const std::lock_guard lock(adding);
    held.texts_.push_back(std::move(texts));
    return read;
  });
  if (!ok) return std::unexpected(ok.error());
  held.bytes_ = bytes;
  held.complete_ = bytes <= most_bytes;
  return held;
}

}  // namespace solnoma
