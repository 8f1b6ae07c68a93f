#include "engine/append/log_writer.hpp"

#include <fmt/format.h>

#include "engine/aligned_bytes.hpp"
#include "engine/append/rebuild.hpp"
#include "engine/append/thrown.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/derived.hpp"
#include "engine/proof/record.hpp"
#include "engine/proof/records.hpp"

namespace solnoma {
namespace {

/// How much of the log goes into a file, before compression. What is thrown away soon may well
/// stand in many.
constexpr std::size_t kLastingFile = 20 << 20;
constexpr std::size_t kPassingFile = 4 << 20;
/// How many segments may wait in memory where much comes at once.
constexpr std::size_t kSegmentsBehind = 3;

}  // namespace

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
  interrupted_ = true;
  sequencer_ = std::make_unique<Sequencer>(log_);
  sequencer_->keep_records(shared_ != nullptr && !known_);
  auto recovered = sequencer_->recover();
  interrupted_ = false;
  return recovered;
}

/// What has begun to change what others see goes on to its end, or nothing goes on.
template <class Step>
auto LogWriter::all_or_broken(const Step& step) {
  try {
    return step();
  } catch (const std::exception& thrown) {
    broken_ = error_of(thrown, Errc::io);
    throw;
  }
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

Result<void> LogWriter::ready() {
  if (!interrupted_ || broken_) return usable();
  auto again = log_.index_damaged ? rebuild({}) : Result<void>{};
  if (again) again = restart();
  if (!again) broken_ = again.error();
  return usable();
}

Result<void> LogWriter::usable() const {
  if (!broken_ && interrupted_)
    return fail(Errc::unavailable, "nobody knows any more what was staged, since an exception came",
                "begin anew");
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
    auto published = all_or_broken([&] { return shared_->publish(sequencer_->records()); });
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
    shared_->mark_behind().put(batch);
    if (auto ok = write(batch); !ok) return ok;
    shared_->adopted();
    return {};
  }
  if (auto ok = restart(); !ok) broken_ = ok.error();
  return adopted;
}

Result<void> LogWriter::write(Store::Batch& batch) {
  auto written = durability_ == Durability::lasting
                     ? write_lasting(batch)
                     : all_or_broken([&] { return write_passing(batch); });
  if (!written) {
    broken_ = written.error();
    return written;
  }
  // What is recorded stays recorded; but nothing more where what follows fails.
  try {
    if (auto follows = follow_up(); !follows) broken_ = follows.error();
  } catch (const std::exception&) {  // what was not taken in is, with the next event
    interrupt();
    log_.set_head(sequencer_->head());
  }
  return {};
}

Result<void> LogWriter::follow_up() {
  auto follows = sequencer_->committed([&] { return write_some_derived(); });
  log_.set_head(sequencer_->head());
  log_.store->acknowledge(sequencer_->head());
  if (follows && durability_ == Durability::lasting && sequencer_->between_blocks())
    follows = begin_file(kLastingFile);
  if (follows)
    follows = durability_ == Durability::lasting ? background_.begin_when_due()
                                                 : background_.begin_when_due(1, kSegmentsBehind);
  if (!follows && follows.error().code == Errc::damaged_index) follows = rebuild({});
  return follows;
}

/// Of what is handed over faster than it can be written, neither the events wait in memory for long
/// nor their pages.
Result<void> LogWriter::write_some_derived() {
  constexpr std::size_t kMostUnflushed = 4 << 20;
  if (log_.store->unflushed() > kMostUnflushed)
    if (auto begun = log_.store->flush_beside(); !begun) return std::unexpected(begun.error());
  return background_.begin_when_due(/*enough=*/1, kSegmentsBehind);
}

Result<void> LogWriter::write_lasting(Store::Batch& batch) {
  sequencer_->finish(batch);
  in_file_ += sequencer_->take_written_bytes();
  return batch.empty() ? Result<void>{} : log_.store->write(batch, /*sync=*/true);
}

/// Whole blocks go first, so that a file may end behind them, however the log is batched: until
/// one does, all of it is in memory.
Result<void> LogWriter::write_passing(Store::Batch& batch) {
  in_file_ += sequencer_->take_written_bytes();
  if (!batch.empty())
    if (auto ok = log_.store->write(batch, /*sync=*/false); !ok) return ok;
  if (auto ok = begin_file(kPassingFile); !ok) return ok;
  Store::Batch begun_block = log_.store->batch();
  sequencer_->finish(begun_block);
  return begun_block.empty() ? Result<void>{} : log_.store->write(begun_block, /*sync=*/false);
}

/// Where the log has come far enough, has what follows begin a new file, between two blocks:
/// files that have no block in common need never be merged. What stands in files need not be
/// replayed, nor can it be lost with a write-ahead log.
Result<void> LogWriter::begin_file(std::size_t file_bytes) {
  if (in_file_ < file_bytes) return {};
  auto begun = log_.store->flush_beside();
  if (!begun) return std::unexpected(begun.error());
  if (*begun) in_file_ = 0;
  return {};
}

Result<void> LogWriter::rebuild(const Progress& progress) {
  log_.index_damaged = true;
  interrupted_ = true;
  auto derived = derive_all(log_, background_, progress);
  interrupted_ = false;
  if (!derived) broken_ = derived.error();  // half an index: appending would renumber
  log_.index_damaged = !derived;
  if (sequencer_) sequencer_->forget_index();
  return derived;
}

}  // namespace solnoma
