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

/// What several threads fill together, each with texts of its own.
class HeldEvents::Filling {
 public:
  Filling(std::span<const Position> positions, std::size_t most_bytes)
      : order_(positions.size()),
        most_bytes_(most_bytes),
        bytes_(positions.size() * sizeof(RecordedEvent)) {
    held_.events_.resize(positions.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, {}, [&](std::uint32_t i) { return positions[i]; });
    for (const std::uint32_t i : order_) ascending_.push_back(positions[i]);
  }

  /// In the order of the log.
  [[nodiscard]] std::span<const Position> positions() const { return ascending_; }

  /// `size`: about how much is to come.
  std::pmr::memory_resource& texts(std::size_t size) {
    const std::lock_guard lock(adding_);
    return *held_.texts_.emplace_back(std::make_unique<std::pmr::monotonic_buffer_resource>(size));
  }

  /// Keeps the event at one of positions(). False where that is too much.
  bool keep(std::size_t place, const RecordedEvent& event, std::pmr::memory_resource& texts) {
    RecordedEvent& own = held_.events_[order_[place]];
    own = event;  // the log keeps names as long as it lives
    for (const auto part : kFleetingTexts) {
      own.*part = kept(event.*part, texts);
      bytes_ += (own.*part).size();
    }
    return bytes_ <= most_bytes_;
  }

  Result<HeldEvents> finish(const Result<void>& read) {
    if (!read) return std::unexpected(read.error());
    held_.bytes_ = bytes_;
    held_.complete_ = bytes_ <= most_bytes_;
    return std::move(held_);
  }

 private:
  HeldEvents held_;
  std::vector<std::uint32_t> order_;
  std::vector<Position> ascending_;
  std::size_t most_bytes_;
  std::atomic<std::size_t> bytes_;
  std::mutex adding_;
};

Result<HeldEvents> HeldEvents::read(const Log& log, std::span<const Position> positions,
                                    std::size_t most_bytes) {
  Filling filling(positions, most_bytes);
  return filling.finish(in_shares(positions.size(), [&](std::size_t first, std::size_t count) {
    constexpr std::size_t kChunk = 1 << 20;
    std::pmr::memory_resource& texts = filling.texts(kChunk);
    std::size_t next = first;
    return log.read_at(filling.positions().subspan(first, count), [&](const RecordedEvent& event) {
      return filling.keep(next++, event, texts);
    });
  }));
}

Result<HeldEvents> HeldEvents::read(const EventSpool& spool, std::size_t group,
                                    std::span<const Position> positions, std::size_t most_bytes) {
  Filling filling(positions, most_bytes);
  const auto ascending = filling.positions();
  std::vector<Result<void>> read(spool.pieces(group));
  parallel_for(read.size(), usual_threads(), [&](std::size_t piece) {
    std::pmr::memory_resource& texts = filling.texts(EventSpool::kPieceBytes);
    read[piece] = spool.read(group, piece, [&](const RecordedEvent& event) {
      const auto found = std::ranges::lower_bound(ascending, event.position);
      if (found == ascending.end() || *found != event.position) return true;
      return filling.keep(static_cast<std::size_t>(found - ascending.begin()), event, texts);
    });
  });
  for (const auto& part : read)
    if (!part) return std::unexpected(part.error());
  return filling.finish({});
}

}  // namespace solnoma
