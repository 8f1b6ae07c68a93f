#include "tools/shared/event_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/parallel.hpp"
#include "events/codec.hpp"
#include "tools/report/view/parallel_in_order.hpp"

namespace solnoma {

/// Events as a log hands them out, kept beyond the visit.
class EventLines::Block {
 public:
  void add(const RecordedEvent& recorded) {
    kept_.push_back({recorded, words_.size()});
    std::size_t size = 0;
    each_text([&](auto part) { size += (recorded.*part).size(); });
    words_.resize(words_.size() + (size + 7) / 8);
    auto* to = reinterpret_cast<char*>(words_.data() + kept_.back().begin);
    each_text([&](auto part) { to = std::ranges::copy(recorded.*part, to).out; });
  }
  /// The start of a thread does not count beside so many.
  [[nodiscard]] bool full() const {
    constexpr std::size_t kEvents = 1024;
    constexpr std::size_t kWords = (1 << 20) / sizeof(std::uint64_t);
    return kept_.size() >= kEvents || words_.size() >= kWords;
  }
  [[nodiscard]] std::size_t size() const { return kept_.size(); }

  /// The views of the event last until the block ends.
  [[nodiscard]] RecordedEvent at(std::size_t index) const {
    RecordedEvent recorded = kept_[index].event;
    const auto* from = reinterpret_cast<const char*>(words_.data() + kept_[index].begin);
    each_text([&](auto part) {
      recorded.*part = {from, (recorded.*part).size()};
      from += (recorded.*part).size();
    });
    return recorded;
  }

 private:
  struct Kept {
    RecordedEvent event;  // its views have ended, but for their sizes
    std::size_t begin;    // of its bytes, among the words
  };
  /// Those that end with the visit, and its names.
  template <class Take>
  static void each_text(const Take& take) {
    for (const auto part : kFleetingTexts) take(part);
    for (const auto part : {&RecordedEvent::subject, &RecordedEvent::source}) take(part);
  }

  std::vector<Kept> kept_;
  std::vector<std::uint64_t> words_;
};

EventLines::EventLines(Output& out, Tell tell)
    : out_(out), tell_(std::move(tell)), block_(std::make_unique<Block>()) {}
EventLines::~EventLines() = default;

bool EventLines::add(const RecordedEvent& recorded) {
  block_->add(recorded);
  if (block_->full()) hand_over();
  return !error_ && !out_.failed();
}

Result<void> EventLines::finish() {
  hand_over();
  while (!told_.empty()) write_first();
  if (error_) return std::unexpected(*error_);
  return {};
}

void EventLines::hand_over() {
  if (block_->size() == 0) return;
  while (told_.size() >= usual_threads()) write_first();
  std::shared_ptr<Block> full = std::exchange(block_, std::make_unique<Block>());
  told_.push_back(beside([this, block = std::move(full)] { return tell(*block); }));
}

void EventLines::write_first() {
  Told first = told_.front().get();
  told_.pop_front();
  if (error_) return;
  out_.write(first.lines);
  error_ = std::move(first.error);
}

EventLines::Told EventLines::tell(const Block& block) const {
  Told told;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const RecordedEvent recorded = block.at(i);
    const auto stored = decode(recorded);
    if (!stored) {
      told.error = at(fmt::format("position {}", recorded.position.value), stored.error()).error();
      break;
    }
    tell_(*stored, told.lines);
  }
  return told;
}

}  // namespace solnoma
