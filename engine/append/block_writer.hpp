#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/append/derived_aside.hpp"
#include "engine/append/leaf_hashes.hpp"
#include "engine/event.hpp"
#include "engine/format/frame.hpp"
#include "engine/format/index_entry.hpp"
#include "engine/log/open_log.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// Puts events that have their numbers into a write batch, as bytes of the log and of its names,
/// and derives the rest from them. What an event's bytes are depends on the events before it
/// alone, never on how they were batched. One thread at a time.
class BlockWriter {
 public:
  explicit BlockWriter(OpenLog& log)
      : log_(log), aside_(log.store->disk(), log.store->scratch_path()) {}

  /// Reads how far the last block is filled. Errors: corrupt, io.
  [[nodiscard]] Result<void> recover();

  /// The event that follows the one added before. `source` is the number of its source, `is_new`
  /// whether this event introduces it. Each goes through hash() or add_leaf() as well, in the same
  /// order.
  void add(const RecordedEvent& event, const Dating& dating, std::uint32_t source, bool is_new,
           Store::Batch& batch);
  /// What the events view into must live until committed() or wait().
  void hash(std::vector<RecordedEvent> events) { leaves_.add(std::move(events)); }
  void add_leaf(const Hash& leaf) { leaves_.add(leaf); }
  /// From here on nothing that was added is looked at.
  void wait() { leaves_.wait(); }
  /// Puts what add() has kept back. Call it before the batch is written.
  void finish(Store::Batch& batch);

  /// Whether so much derives from what was added that it is worth being set aside.
  [[nodiscard]] bool is_much() const { return entries_.size() >= kMuch; }
  /// Sets that aside. Where this has failed, the batch must not be written. Errors: io.
  [[nodiscard]] Result<void> set_aside();

  /// The batch was written: hands what derives from it to the log, and calls `taken` after each
  /// stretch of it. Errors: those of `taken`; io where it was set aside.
  using Taken = std::function<Result<void>(std::span<const IndexEntry>)>;
  [[nodiscard]] Result<void> committed(const Taken& taken);

  /// Whether records() is to have what is added from here on: what other machines are told.
  void keep_records(bool keep) {
    keeps_records_ = keep;
    records_.clear();
  }
  /// Of what was added since the last batch was written, as proof/records.hpp has them.
  [[nodiscard]] const std::string& records() const { return records_; }

  /// Whether the event at this position, the next one, would begin a block whatever its size.
  [[nodiscard]] bool begins_block(Position position) const {
    return (position.value - 1) % kMostBlockEvents == 0 || size_ >= kMostBlockBytes;
  }
  /// How many bytes of the log were put into batches since the last call.
  [[nodiscard]] std::size_t take_written_bytes() { return std::exchange(written_, 0); }

 private:
  OpenLog& log_;
  // The block being filled, and the bytes for it that no batch holds yet.
  Position first_{1};
  std::size_t size_ = 0;
  std::string pending_;
  std::size_t written_ = 0;
  static constexpr std::size_t kMuch = 1 << 14;
  DerivedAside aside_;               // of what was added first
  std::vector<IndexEntry> entries_;  // of the rest
  LeafHashes leaves_;                // of the same
  bool keeps_records_ = false;
  std::string records_;  // of the same
};

}  // namespace solnoma
