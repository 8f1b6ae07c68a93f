#include "engine/append/copy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {
namespace {

/// Whether both logs are the same up to there. Errors: those of Tree::root().
Result<bool> agree(const OpenLog& one, const OpenLog& other, Position upto) {
  const auto ours = one.tree->root(upto);
  if (!ours) return std::unexpected(ours.error());
  const auto theirs = other.tree->root(upto);
  if (!theirs) return std::unexpected(theirs.error());
  return *ours == *theirs;
}

/// Of two logs that are not the same up to `end`.
Result<Position> first_difference(const OpenLog& one, const OpenLog& other, Position end) {
  std::uint64_t same = 0;
  while (same + 1 < end.value) {
    const std::uint64_t middle = same + (end.value - same) / 2;
    auto equal = agree(one, other, Position{middle});
    if (!equal) return std::unexpected(equal.error());
    if (*equal)
      same = middle;
    else
      end = Position{middle};
  }
  return end;
}

/// Both logs must agree up to where the copy ends. Their heads commit to all of it: to compare the
/// last events alone would take a log that differs before them for the same.
Result<void> check_is_prefix(const OpenLog& copy, const OpenLog& original) {
  if (auto ok = original.check_derived(); !ok) return ok;
  const Position end = std::min(copy.head(), original.head());
  auto equal = agree(copy, original, end);
  if (!equal) return std::unexpected(equal.error());
  if (!*equal) {
    auto first = first_difference(copy, original, end);
    if (!first) return std::unexpected(first.error());
    return fail(
        Errc::conflict,
        fmt::format("the copy is of another log: they differ from position {} on", first->value),
        "copy into an empty directory");
  }
  if (copy.head() > original.head())
    return fail(Errc::conflict,
                fmt::format("the copy is longer than its original: it ends at position {}, the "
                            "original at {}",
                            copy.head().value, original.head().value),
                "copy into an empty directory");
  return {};
}

/// What was tried must begin with all that is recorded.
Result<void> check_is_behind(const OpenLog& recorded, const OpenLog& tried) {
  if (auto ok = tried.check_derived(); !ok) return ok;
  auto equal = recorded.head() > tried.head() ? Result<bool>(false)
                                              : agree(recorded, tried, recorded.head());
  if (!equal) return std::unexpected(equal.error());
  if (*equal) return {};
  return fail(Errc::conflict,
              "others have recorded since this was decided, and nothing of it was recorded",
              Advice::look_again);
}

/// How much goes into one batch: the first that is reached ends it.
struct BatchSize {
  std::size_t bytes, events;
};
/// As large as a file, which it becomes: none of it waits in memory.
constexpr BatchSize kOfAFile{20 << 20, 1 << 17};
/// What derives from it is in memory until it is written: 100 bytes an event.
constexpr BatchSize kLarge{SIZE_MAX, 1 << 20};
/// What several machines are told at once, and keep in memory until it is whole.
constexpr BatchSize kForOthers{32 << 20, 1 << 20};

/// Of whom the events are.
enum class Trust {
  ours,   ///< of a log that is open here
  other,  ///< of another machine
};

/// Copies event by event, in batches.
class Copying {
 public:
  Copying(LogWriter& to, const Progress& progress, BatchSize most, Store::Batch batch,
          Trust trust = Trust::ours)
      : to_(to), progress_(progress), most_(most), batch_(std::move(batch)), trust_(trust) {}

  /// Where it is interrupted, the store says that it is an unfinished copy.
  Result<void> run_marked(Position upto, const LeafSource& source, const LastBatch& last) {
    // The first batch says up to where, and the last one that it is done.
    std::string goal;
    put_le(goal, upto.value);
    batch_.put(Family::meta, kCopying, goal);
    to_.set_copying(upto);
    if (auto ok = run(source); !ok) return ok;
    if (auto ok = to_.ready(); !ok) return ok;
    batch_.clear();
    if (auto ok = last(batch_); !ok) return ok;
    batch_.put(Family::meta, kCopying, {});
    if (auto ok = to_.commit(batch_); !ok) return ok;
    to_.set_copying({});
    return {};
  }

  Result<void> run(const LeafSource& source) {
    if (auto ok = take_all(source); !ok) return ok;
    return commit();
  }

 private:
  Result<void> take_all(const LeafSource& source) {
    std::optional<Error> error;
    auto read = source([&](const RecordedEvent& event, const Hash& leaf) {
      if (auto ok = take(event, leaf); !ok) error = ok.error();
      return !error;
    });
    if (error) return std::unexpected(*error);
    return read;
  }

  Result<void> commit() { return to_.commit(batch_); }

  Result<void> take(const RecordedEvent& event, const Hash& leaf) {
    auto dating = to_.log().indexer(event.payload);
    if (!dating) return at(fmt::format("position {}", event.position.value), dating.error());
    Sequencer& sequencer = to_.sequencer();
    auto taken = trust_ == Trust::ours ? sequencer.apply(event, leaf, *dating, batch_)
                                       : sequencer.adopt(event, leaf, *dating, batch_);
    if (!taken) return taken;
    taken_.bytes += event.payload.size();
    ++taken_.events;
    if (trust_ == Trust::ours)
      if (auto ok = sequencer.set_aside(); !ok) return ok;
    if (taken_.bytes <= most_.bytes && taken_.events < most_.events) return {};
    if (auto ok = commit(); !ok) return ok;
    batch_.clear();
    taken_ = {};
    if (progress_) progress_(event.position);
    return to_.ready();
  }

  LogWriter& to_;
  const Progress& progress_;
  BatchSize most_;
  Store::Batch batch_;
  Trust trust_;
  BatchSize taken_{};  // since the last batch
};

/// What was not written is forgotten: whoever hands it out may hand out something better.
Result<Position> run_unmarked(LogWriter& to, Copying copying, const LeafSource& source) {
  const auto copied = copying.run(source);
  if (copied) return to.sequencer().head();
  to.sequencer().let_go();
  if (!to.is_broken())
    if (auto ok = to.restart(); !ok) to.set_broken(ok.error());
  return std::unexpected(copied.error());
}

}  // namespace

Result<Position> copy_events(LogWriter& to, const Log& from, Position upto,
                             const Progress& progress, Mark mark) {
  if (auto ok = to.usable(); !ok) return std::unexpected(ok.error());
  const auto compare = [&] {
    return mark == Mark::unfinished ? check_is_prefix(to.log(), from.opened())
                                    : check_is_behind(to.log(), from.opened());
  };
  if (auto ok = to.with_index(compare); !ok) return std::unexpected(ok.error());
  upto = std::min(upto, from.head());
  const Position end = to.sequencer().head();
  if (upto == end && mark == Mark::unfinished)
    if (auto ok = to.finish_copy(); !ok) return std::unexpected(ok.error());
  if (upto <= end) return end;
  const EventSource source = [&](const Visitor& visit) {
    return from.read(end.next(), Direction::forwards, [&](const RecordedEvent& event) {
      return event.position <= upto && visit(event);
    });
  };
  if (mark == Mark::unfinished) {
    const auto nothing = [](Store::Batch&) { return Result<void>{}; };
    if (auto ok = copy_marked(to, upto, source, nothing, progress); !ok)
      return std::unexpected(ok.error());
    return to.sequencer().head();
  }
  return run_unmarked(to,
                      Copying(to, progress, to.shared() == nullptr ? kLarge : kForOthers,
                              to.log().store->large_batch()),
                      with_leaves(source));
}

LeafSource with_leaves(const EventSource& source) {
  return [&source](const LeafVisitor& visit) {
    return source([&](const RecordedEvent& event) { return visit(event, leaf_of(event)); });
  };
}

Result<Position> adopt_events(LogWriter& to, const LeafSource& source, const Progress& progress) {
  if (auto ok = to.appendable(); !ok) return std::unexpected(ok.error());
  const LogWriter::Known known(to);
  return run_unmarked(
      to, Copying(to, progress, kLarge, to.log().store->large_batch(), Trust::other), source);
}

Result<void> copy_marked(LogWriter& to, Position upto, const EventSource& source,
                         const LastBatch& last, const Progress& progress) {
  Copying copying(to, progress, kOfAFile, to.log().store->large_batch());
  auto copied = copying.run_marked(upto, with_leaves(source), last);
  if (!copied) to.set_broken(copied.error());
  return copied;
}

}  // namespace solnoma
