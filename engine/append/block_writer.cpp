#include "engine/append/block_writer.hpp"

#include "engine/base/check.hpp"
#include "engine/format/block.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/names.hpp"
#include "engine/proof/records.hpp"

namespace solnoma {

Result<void> BlockWriter::recover() {
  if (log_.head().value == 0) return {};
  auto cursor = log_.store->cursor(Family::log);
  cursor.to_last();
  if (auto ok = cursor.status(); !ok) return ok;
  SOLNOMA_CHECK(cursor.valid());
  auto first = block_first(cursor.key());
  if (!first) return std::unexpected(first.error());
  first_ = *first;
  size_ = cursor.value().size();
  return {};
}

void BlockWriter::add(const RecordedEvent& event, const Dating& dating, std::uint32_t source,
                      bool is_new, Store::Batch& batch) {
  const Frame frame{event.subject_number.value,
                    event.revision.value,
                    source,
                    event.supersedes.value,
                    event.recorded.time_since_epoch().count(),
                    event.id,
                    event.revision.value == 1 ? event.subject : std::string_view{},
                    is_new ? event.source : std::string_view{},
                    event.payload,
                    event.recorded_by};
  const std::size_t size = frame_size(frame);
  if (begins_block(event.position) || size_ + size > kMostBlockBytes) {
    finish(batch);
    first_ = event.position;
    size_ = 0;
  }
  size_ += size;
  append_frame(pending_, frame);
  put_names(batch, frame);
  entries_.push_back(index_entry(frame, event.position, dating));
  if (keeps_records_) append_sized_record(records_, event);
}

void BlockWriter::finish(Store::Batch& batch) {
  if (pending_.empty()) return;
  batch.append(Family::log, log_key(first_), size_ - pending_.size(), pending_);
  written_ += pending_.size();
  pending_.clear();
}

Result<void> BlockWriter::set_aside() {
  auto ok = aside_.add(entries_, leaves_.take());
  entries_.clear();
  return ok;
}

Result<void> BlockWriter::committed(const Taken& taken) {
  records_.clear();
  const auto hand_over = [&](std::span<const IndexEntry> entries, std::span<const Hash> leaves) {
    log_.add(entries, leaves);
    return taken(entries);
  };
  if (auto ok = aside_.take(hand_over); !ok) return ok;
  return hand_over(std::exchange(entries_, {}), leaves_.take());
}

}  // namespace solnoma
