#include "engine/journal.hpp"

#include <mutex>
#include <utility>
#include <vector>

#include "engine/append/copy.hpp"
#include "engine/append/group_commit.hpp"
#include "engine/append/log_writer.hpp"
#include "engine/append/open_transaction.hpp"
#include "engine/append/thrown.hpp"
#include "engine/base/bytes.hpp"
#include "engine/base/check.hpp"
#include "engine/format/keys.hpp"

namespace solnoma {

/// Where in the directory of a store a trial lives.
static constexpr const char* kTrial = "trial";

struct Journal::Impl {
  using Request = GroupCommit::Request;
  using Group = GroupCommit::Group;

  Clock& clock;
  Log log;
  LogWriter writer;
  GroupCommit appends;
  std::mutex writing;                   // held by whoever uses the writer
  std::optional<Store::Batch> staging;  // made once: its memory is used again
  std::string trial;                    // the directory to take away; empty: this is no trial
  std::optional<SharedLog> shared;      // none: the log is this store's own

  Impl(Clock& c, std::unique_ptr<OpenLog> open, Durability durability)
      : clock(c), log(std::move(open)), writer(log.opened(), durability) {}

  static Result<std::unique_ptr<Impl>> open(const Disk& disk, const std::string& directory,
                                            Clock& clock, Indexer indexer, Durability durability);

  /// Before anything is staged. Errors: those of LogWriter::ready() and appendable().
  Result<void> ready() {
    if (auto ok = writer.ready(); !ok) return ok;
    return writer.appendable();
  }
  void serve(const Group& group);
  void serve_staged(const Group& group);
  void serve_shared(const Group& group);
  void let_others_finish();
  bool stage_all(const Group& group);
  Result<bool> take_in_what_is_there(std::chrono::milliseconds patience);
  Result<void> take_in(PlaceNumber place, std::string_view content);
  Result<Appended> stage(const Request& request, Instant now);
  void refuse(const Group& group, const Error& error) const {
    for (Request* request : group) request->result = std::unexpected(error);
  }
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() {
  if (!impl_ || impl_->trial.empty()) return;
  const Disk disk = impl_->log.opened().store->disk();
  const std::string directory = std::move(impl_->trial);
  impl_.reset();
  Store::remove(disk, directory);
}

Result<void> Journal::create(const Disk& disk, const std::string& directory) {
  // What create_copy() may have left, where it was interrupted, is no copy any more.
  return Store::create(disk, directory, {{kCopying, {}}});
}

Result<void> Journal::create_copy(const Disk& disk, const std::string& directory, Position upto) {
  std::string goal;
  put_le(goal, upto.value);
  return Store::create(disk, directory, {{kCopying, goal}});
}

Result<std::unique_ptr<Journal>> Journal::open(const Disk& disk, const std::string& directory,
                                               Clock& clock, Indexer indexer) {
  auto impl = Impl::open(disk, directory, clock, std::move(indexer), Durability::lasting);
  if (!impl) return std::unexpected(impl.error());
  Store::remove(disk, directory + "/" + kTrial);  // what a program that was killed has left
  return std::unique_ptr<Journal>(new Journal(std::move(*impl)));
}

Result<std::unique_ptr<Journal::Impl>> Journal::Impl::open(const Disk& disk,
                                                           const std::string& directory,
                                                           Clock& clock, Indexer indexer,
                                                           Durability durability) {
  auto log = OpenLog::open(disk, directory, Access::write, std::move(indexer));
  if (!log) return std::unexpected(log.error());
  auto impl = std::make_unique<Impl>(clock, std::move(*log), durability);
  if (auto ok = impl->writer.open(); !ok) {
    impl->writer.set_broken(ok.error());
    return std::unexpected(ok.error());
  }
  return impl;
}

Result<std::unique_ptr<Journal>> Journal::trial() {
  const std::lock_guard lock(impl_->writing);
  if (auto ok = impl_->ready(); !ok) return std::unexpected(ok.error());
  const OpenLog& open = impl_->log.opened();
  auto directory = open.store->twin(kTrial);
  if (!directory) return std::unexpected(directory.error());
  auto impl =
      Impl::open(open.store->disk(), *directory, impl_->clock, open.indexer, Durability::passing);
  if (!impl) return std::unexpected(impl.error());
  (*impl)->trial = std::move(*directory);
  return std::unique_ptr<Journal>(new Journal(std::move(*impl)));
}

Result<Position> Journal::take(Journal& trial, const Progress& progress) {
  const std::lock_guard lock(impl_->writing);
  const LogWriter::Work work(impl_->writer);
  if (auto ok = impl_->ready(); !ok) return std::unexpected(ok.error());
  {
    const std::lock_guard tried(trial.impl_->writing);
    trial.impl_->writer.sequencer().forget();  // it is only read from here on
  }
  return copy_events(impl_->writer, trial.log(), trial.log().head(), progress, Mark::none);
}

Result<std::unique_ptr<Transaction>> Journal::begin() {
  std::unique_lock lock(impl_->writing);
  if (auto ok = impl_->ready(); !ok) return std::unexpected(ok.error());
  auto impl = std::make_unique<Transaction::Impl>(
      impl_->writer, std::move(lock), impl_->clock.now(), impl_->log.opened().store->large_batch());
  return std::unique_ptr<Transaction>(new Transaction(std::move(impl)));
}

Log& Journal::log() {
  return impl_->log;
}

Result<Appended> Journal::append(std::span<const NewEvent> batch,
                                 std::span<const Expectation> expectations) {
  GroupCommit::Request request{batch, expectations};
  impl_->appends.join(request, [&](const GroupCommit::Group& group) { impl_->serve(group); });
  return std::move(request.result);
}

void Journal::Impl::serve(const Group& group) {
  const std::lock_guard lock(writing);
  try {
    const LogWriter::Work work(writer);
    serve_staged(group);
  } catch (const std::exception& thrown) {
    refuse(group, error_of(thrown, writer.is_broken() ? Errc::io : Errc::unavailable));
  }
  writer.sequencer().let_go();  // whoever waits takes its events away
}

void Journal::Impl::serve_staged(const Group& group) {
  if (auto ok = ready(); !ok) return refuse(group, ok.error());
  if (shared) return serve_shared(group);
  if (!staging) staging = log.opened().store->batch();
  staging->clear();
  const Instant now = clock.now();
  for (Request* request : group) request->result = stage(*request, now);
  if (auto ok = writer.is_broken() ? writer.usable() : writer.commit(*staging); !ok)
    for (Request* request : group)
      if (request->result) request->result = std::unexpected(ok.error());
}

/// Another machine may be faster: then all is decided anew, behind what that has recorded. What is
/// refused is refused only by a log that was current.
void Journal::Impl::serve_shared(const Group& group) {
  constexpr int kMostRounds = 100;
  Group undecided = group;
  for (int round = 0; round < kMostRounds && !undecided.empty(); ++round) {
    if (auto ok = ready(); !ok) return refuse(undecided, ok.error());
    let_others_finish();
    if (!stage_all(undecided)) continue;
    const bool records = !writer.sequencer().records().empty();
    auto ok = writer.is_broken() ? writer.usable() : writer.commit(*staging);
    const bool overtaken = !ok && ok.error().code == Errc::conflict;
    if (ok) std::erase_if(undecided, [&](const Request* each) { return records || each->result; });
    if (undecided.empty()) return;
    auto news = ok || overtaken ? take_in_what_is_there({}) : std::unexpected(ok.error());
    if (!news || (ok && !*news)) {  // what is refused stays so
      for (Request* request : undecided)
        if (!news) request->result = std::unexpected(news.error());
      return;
    }
  }
  for (Request* request : undecided)
    request->result =
        fail(Errc::unavailable, "other machines were faster, again and again", "send it again");
}

/// A batch in many pieces would never end where others put theirs between.
void Journal::Impl::let_others_finish() {
  constexpr std::chrono::milliseconds kTurn{500};
  while (shared->pending())
    if (const auto news = take_in_what_is_there(kTurn); !news || !*news) return;
}

/// False: the index was damaged, and nothing is staged.
bool Journal::Impl::stage_all(const Group& group) {
  if (!staging) staging = log.opened().store->batch();
  staging->clear();
  const Instant now = clock.now();
  for (Request* request : group) {
    request->result =
        writer.sequencer().stage(request->events, request->expectations, now, *staging);
    if (request->result || request->result.error().code != Errc::damaged_index) continue;
    writer.sequencer().let_go();
    auto again = writer.restart();
    if (again) again = writer.rebuild({});
    if (!again) writer.set_broken(again.error());
    return false;
  }
  return true;
}

/// Whether there was something.
Result<bool> Journal::Impl::take_in_what_is_there(std::chrono::milliseconds patience) {
  const PlaceNumber before = shared->next();
  Result<void> taken;
  auto read =
      shared->places().read(before, patience, [&](PlaceNumber place, std::string_view content) {
        taken = take_in(place, content);
        return taken.has_value();
      });
  if (!read) return std::unexpected(read.error());
  if (!taken) return std::unexpected(taken.error());
  return shared->next() != before;
}

Result<void> Journal::Impl::take_in(PlaceNumber place, std::string_view content) {
  if (auto ok = ready(); !ok) return ok;
  auto batch = shared->read(place, content);
  if (batch && !*batch) return {};
  auto taken = batch ? writer.with_index([&] { return writer.adopt(**batch); })
                     : Result<void>(std::unexpected(batch.error()));
  // What is wrong there stays wrong.
  if (!taken && taken.error().code != Errc::unavailable) writer.set_broken(taken.error());
  return taken;
}

Result<void> Journal::share(Places& places, const SharedId& writer, Founding founding) {
  const std::lock_guard lock(impl_->writing);
  if (auto ok = impl_->writer.ready(); !ok) return ok;
  impl_->shared.emplace(impl_->log, places, writer);
  try {
    auto joined = impl_->writer.share(*impl_->shared, founding);
    if (!joined) impl_->shared.reset();
    return joined;
  } catch (const std::exception&) {
    impl_->shared.reset();
    throw;
  }
}

Result<Position> Journal::take_in(std::chrono::milliseconds patience) {
  PlaceNumber next;
  {
    const std::lock_guard lock(impl_->writing);
    if (auto ok = impl_->ready(); !ok) return std::unexpected(ok.error());
    SOLNOMA_CHECK(impl_->shared);
    next = impl_->shared->next();
  }
  constexpr std::size_t kMostAtOnce = 16 << 20;
  std::vector<std::pair<PlaceNumber, std::string>> found;
  std::size_t bytes = 0;
  Places& places = impl_->shared->places();
  auto read = places.read(next, patience, [&](PlaceNumber place, std::string_view content) {
    found.emplace_back(place, content);
    bytes += content.size();
    return bytes < kMostAtOnce;
  });
  if (!read) return std::unexpected(read.error());
  std::optional<PlaceNumber> forgettable;
  {
    const std::lock_guard lock(impl_->writing);
    const LogWriter::Work work(impl_->writer);
    for (const auto& [place, content] : found)
      if (auto ok = impl_->take_in(place, content); !ok) return std::unexpected(ok.error());
    forgettable = impl_->shared->forgettable();
  }
  // Where that fails, it is said again with the next ones.
  if (forgettable) (void)places.forget(*forgettable);
  return log().head();
}

std::optional<TreeHead> Journal::missing() {
  const std::lock_guard lock(impl_->writing);
  return impl_->shared ? impl_->shared->missing() : std::nullopt;
}

Result<Appended> Journal::Impl::stage(const Request& request, Instant now) {
  const auto attempt = [&] {
    return writer.sequencer().stage(request.events, request.expectations, now, *staging);
  };
  auto result = attempt();
  if (result || result.error().code != Errc::damaged_index) return result;
  // What others have staged goes first: the index is derived from what is written.
  if (auto ok = writer.commit(*staging); !ok) return std::unexpected(ok.error());
  staging->clear();
  if (auto ok = writer.ready(); !ok) return std::unexpected(ok.error());
  return writer.with_index(attempt);
}

Result<Appended> Journal::try_append(std::span<const NewEvent> batch,
                                     std::span<const Expectation> expectations) {
  const std::lock_guard lock(impl_->writing);
  const LogWriter::Work work(impl_->writer);
  if (auto ok = impl_->ready(); !ok) return std::unexpected(ok.error());
  return impl_->writer.with_index(
      [&] { return impl_->writer.sequencer().rehearse(batch, expectations); });
}

Result<Position> Journal::copy_from(const Log& from, Position upto, const Progress& progress) {
  const std::lock_guard lock(impl_->writing);
  const LogWriter::Work work(impl_->writer);
  if (auto ok = impl_->writer.ready(); !ok) return std::unexpected(ok.error());
  return copy_events(impl_->writer, from, upto, progress, Mark::unfinished);
}

Result<Position> Journal::adopt(const EventSource& source, const Progress& progress) {
  return adopt(with_leaves(source), progress);
}

Result<Position> Journal::adopt(const LeafSource& source, const Progress& progress) {
  const std::lock_guard lock(impl_->writing);
  const LogWriter::Work work(impl_->writer);
  if (auto ok = impl_->writer.ready(); !ok) return std::unexpected(ok.error());
  return impl_->writer.with_index([&] { return adopt_events(impl_->writer, source, progress); });
}

Result<void> Journal::rebuild(const Progress& progress) {
  const std::lock_guard lock(impl_->writing);
  if (auto ok = impl_->writer.ready(); !ok) return ok;
  return impl_->writer.rebuild(progress);
}

}  // namespace solnoma
