#include "engine/append/log_writer.hpp"

#include <fmt/format.h>

#include "engine/aligned_bytes.hpp"
#include "engine/append/rebuild.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/derived.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/records.hpp"

namespace solnoma {

LogWriter::~LogWriter() {
  try {
    if (!broken_ && durability_ == Durability::lasting)
      (void)background_.finish();  // what stays undone is done at the next open
  } catch (const std::exception&) {
  }
}

Result<void> LogWriter::open() {
  auto rebuilding = rebuild_is_under_way(log_);
  if (!rebuilding && rebuilding.error().code != Errc::damaged_index)
    return std::unexpected(rebuilding.error());
  if (!rebuilding || *rebuilding || log_.index_damaged)
    if (auto ok = rebuild({}); !ok) return ok;
  auto copying = log_.copying();
  if (copying)
    copying_ = *copying;
  else if (copying.error().code != Errc::damaged_index)
    return std::unexpected(copying.error());
  auto mark = SharedMark::of(*log_.store);
  if (!mark) return std::unexpected(mark.error());
  part_ = mark->has_value() && durability_ == Durability::lasting;
  return with_index([&]() -> Result<void> {
    if (auto ok = keep_version(); !ok) return ok;
    if (auto ok = log_.index->check_segments(); !ok) return ok;
    if (auto ok = restart(); !ok) return ok;
    return background_.finish();
  });
}

Result<void> LogWriter::restart() {
  sequencer_ = std::make_unique<Sequencer>(log_);
  sequencer_->keep_records(shared_ != nullptr && !known_);
  return sequencer_->recover();
}

/// An empty log has nothing that another version could have derived.
Result<void> LogWriter::keep_version() {
  auto kept = is_of_this_version(*log_.store, log_.indexer);
  if (!kept) return std::unexpected(kept.error());
  if (*kept) return {};
  Store::Batch batch = log_.store->batch();
  put_version(batch, log_.indexer);
  return log_.store->write(batch, /*sync=*/true);
}

Result<void> LogWriter::usable() const {
  if (!broken_) return {};
  return fail(Errc::io, fmt::format("the journal stopped at an earlier failure: {}", broken_->what),
              "open the store again");
}

Result<void> LogWriter::appendable() const {
  if (auto ok = usable(); !ok) return ok;
  if (part_ && shared_ == nullptr)
    return fail(Errc::unavailable, "this store is part of a log that several machines share",
                "record through those, or take a backup, whose log is its own");
  if (!copying_) return {};
  return fail(Errc::unavailable,
              fmt::format("this store is an unfinished copy: it ends at position {} of {}",
                          sequencer_->head().value, copying_->value),
              "take the backup again");
}

Result<void> LogWriter::finish_copy() {
  if (!copying_) return {};
  Store::Batch batch = log_.store->batch();
  batch.put(Family::meta, kCopying, {});
  if (auto ok = log_.store->write(batch, /*sync=*/true); !ok) {
    broken_ = ok.error();
    return ok;
  }
  copying_.reset();
  return {};
}

Result<void> LogWriter::share(SharedLog& shared, Founding founding) {
  if (auto ok = usable(); !ok) return ok;
  if (auto ok = shared.join(founding); !ok) return ok;
  Store::Batch batch = log_.store->batch();
  shared.mark().put(batch);
  if (auto ok = log_.store->write(batch, /*sync=*/true); !ok) {
    broken_ = ok.error();
    return ok;
  }
  shared_ = &shared;
  part_ = true;
  sequencer_->keep_records(true);
  return {};
}

void LogWriter::set_known(bool known) {
  known_ = known;
  sequencer_->keep_records(shared_ != nullptr && !known_);
}

Result<void> LogWriter::commit(Store::Batch& batch) {
  if (shared_ != nullptr && !known_ && !sequencer_->records().empty()) {
    auto published = shared_->publish(sequencer_->records());
    if (!published) {
      sequencer_->let_go();
      if (auto ok = restart(); !ok) broken_ = ok.error();
      return published;
    }
    shared_->mark().put(batch);
  }
  return write(batch);
}

Result<void> LogWriter::adopt(const SharedBatch& shared) {
  const Known known(*this);
  Store::Batch batch = log_.store->batch();
  Result<void> adopted;
  AlignedBytes payload;
  auto read = for_records(shared.records, [&](std::string_view record) {
    auto event = from_record(record);
    if (!event) {
      adopted = std::unexpected(event.error());
      return false;
    }
    payload.assign(event->payload);
    event->payload = payload.bytes();
    auto dating = log_.indexer(event->payload);
    adopted = dating ? sequencer_->adopt(*event, leaf_hash(record), *dating, batch)
                     : std::unexpected(dating.error());
    return adopted.has_value();
  });
  if (!read) adopted = read;
  if (adopted) {
    sequencer_->finish(batch);
    shared_->mark_behind().put(batch);
    if (auto ok = write(batch); !ok) return ok;
    shared_->adopted();
    return {};
  }
  if (auto ok = restart(); !ok) broken_ = ok.error();
  return adopted;
}

Result<void> LogWriter::write(Store::Batch& batch) {
  if (!batch.empty()) {
    const bool sync = durability_ == Durability::lasting;
    if (auto ok = log_.store->write(batch, sync); !ok) {
      broken_ = ok.error();
      return ok;
    }
  }
  sequencer_->committed();
  log_.set_head(sequencer_->head());
  log_.store->acknowledge(sequencer_->head());
  // What is recorded stays recorded; but nothing more where what follows fails.
  if (auto ok = begin_file(); !ok) {
    broken_ = ok.error();
    return {};
  }
  auto begun = background_.begin_when_due();
  if (!begun && begun.error().code == Errc::damaged_index) begun = rebuild({});
  if (!begun) broken_ = begun.error();
  return {};
}

/// Where the log has come far enough, has what follows begin a new file, between two blocks:
/// files that have no block in common need never be merged. What stands in files need not be
/// replayed, nor can it be lost with a write-ahead log.
Result<void> LogWriter::begin_file() {
  // Before compression. What is thrown away soon may well stand in many files.
  const std::size_t file_bytes = durability_ == Durability::lasting ? 20 << 20 : 2 << 20;
  in_file_ += sequencer_->take_written_bytes();
  if (in_file_ < file_bytes || !sequencer_->between_blocks()) return {};
  auto begun = log_.store->flush_beside();
  if (!begun) return std::unexpected(begun.error());
  if (*begun) in_file_ = 0;
  return {};
}

Result<void> LogWriter::rebuild(const Progress& progress) {
  auto derived = derive_all(log_, background_, progress);
  if (!derived) broken_ = derived.error();  // half an index: appending would renumber
  log_.index_damaged = !derived;
  if (sequencer_) sequencer_->forget_index();
  return derived;
}

}  // namespace solnoma
