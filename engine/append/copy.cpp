#include "engine/append/copy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"
#include "engine/log/scan.hpp"

namespace solnoma {
namespace {

/// All that an event is, to be compared.
Result<std::string> event_at(const OpenLog& log, Position position) {
  std::string text;
  auto ok = read_at(log, {&position, 1}, [&](const RecordedEvent& event) {
    text = fmt::format("{}\n{}\n{}\n{}\n{}", event.recorded.time_since_epoch().count(),
                       event.subject, event.source, event.id, event.payload);
    return false;
  });
  if (!ok) return std::unexpected(ok.error());
  return text;
}

/// Both logs must agree where the copy ends; a log never changes before its end.
Result<void> check_is_prefix(const OpenLog& copy, const OpenLog& original) {
  const Position end = copy.head();
  if (end > original.head())
    return fail(Errc::conflict, "the copy is longer than its original",
                "copy into an empty directory");
  if (end.value == 0) return {};
  const auto ours = event_at(copy, end);
  const auto theirs = event_at(original, end);
  if (!ours) return std::unexpected(ours.error());
  if (!theirs) return std::unexpected(theirs.error());
  if (*ours != *theirs)
    return fail(Errc::conflict, "the copy is of another log", "copy into an empty directory");
  return {};
}

/// Copies event by event, in batches.
class Copying {
 public:
  Copying(LogWriter& to, Position upto, const Progress& progress)
      : to_(to), upto_(upto), progress_(progress), batch_(to.log().store->batch()) {}

  /// Where it is interrupted, the store says that it is an unfinished copy.
  Result<void> run_marked(const Log& from) {
    // The first batch says up to where, and the last one that it is done.
    std::string goal;
    put_le(goal, upto_.value);
    batch_.put(Family::meta, kCopying, goal);
    to_.set_copying(upto_);
    if (auto ok = take_all(from); !ok) return ok;
    batch_.put(Family::meta, kCopying, {});
    if (auto ok = commit(); !ok) return ok;
    to_.set_copying({});
    return {};
  }

  Result<void> run(const Log& from) {
    if (auto ok = take_all(from); !ok) return ok;
    return commit();
  }

 private:
  Result<void> take_all(const Log& from) {
    std::optional<Error> error;
    auto read = from.read(to_.sequencer().head().next(), Direction::forwards,
                          [&](const RecordedEvent& event) {
                            if (event.position > upto_) return false;
                            if (auto ok = take(event); !ok) error = ok.error();
                            return !error;
                          });
    if (error) return std::unexpected(*error);
    return read;
  }

  Result<void> commit() {
    to_.sequencer().finish(batch_);
    return to_.commit(batch_);
  }

  Result<void> take(const RecordedEvent& event) {
    constexpr std::size_t kBatchBytes = 1 << 20;
    auto dating = to_.log().indexer(event.payload);
    if (!dating) return at(fmt::format("position {}", event.position.value), dating.error());
    if (auto ok = to_.sequencer().apply(event, *dating, batch_); !ok) return ok;
    taken_ += event.payload.size();
    if (taken_ <= kBatchBytes) return {};
    if (auto ok = commit(); !ok) return ok;
    batch_.clear();
    taken_ = 0;
    if (progress_) progress_(event.position);
    return to_.usable();
  }

  LogWriter& to_;
  Position upto_;
  const Progress& progress_;
  Store::Batch batch_;
  std::size_t taken_ = 0;  // bytes of the events since the last batch
};

}  // namespace

Result<Position> copy_events(LogWriter& to, const Log& from, Position upto,
                             const Progress& progress, Mark mark) {
  if (auto ok = to.usable(); !ok) return std::unexpected(ok.error());
  if (auto ok = check_is_prefix(to.log(), from.opened()); !ok) return std::unexpected(ok.error());
  upto = std::min(upto, from.head());
  if (upto <= to.sequencer().head()) return to.sequencer().head();
  Copying copying(to, upto, progress);
  auto copied = mark == Mark::unfinished ? copying.run_marked(from) : copying.run(from);
  if (!copied) {
    to.set_broken(copied.error());
    return std::unexpected(copied.error());
  }
  return to.sequencer().head();
}

}  // namespace solnoma
