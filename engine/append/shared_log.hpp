#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/append/shared_batch.hpp"
#include "engine/founding.hpp"
#include "engine/growing_head.hpp"
#include "engine/log.hpp"
#include "engine/places.hpp"
#include "engine/result.hpp"
#include "engine/shared_id.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// What a store that is part of a shared log keeps of that: which, and the last place that it has
/// taken in.
struct SharedMark {
  SharedId log;
  PlaceNumber place;

  /// Of the store; none: its log is its own. Errors: damaged_index, io.
  [[nodiscard]] static Result<std::optional<SharedMark>> of(const Store& store);
  void put(Store::Batch& batch) const;
};

/// One machine's side of a log that several share: finds the place for what is recorded here, and
/// reads what others have recorded. One thread at a time.
///
/// A batch is decided here, behind everything that was read, and then put into the next place.
/// Where that is free, it is recorded, and all others will read it; where another has it, that is
/// taken in first, and the batch is decided anew. So the place is the fence: there is no leader, no
/// lease and no lock, and whoever was paused for an hour finds its place taken.
class SharedLog {
 public:
  /// `log` and `places` outlive it. `writer` is no other's.
  SharedLog(const Log& log, Places& places, const SharedId& writer)
      : log_(log), places_(places), writer_(writer) {}

  /// Finds out which log the places are of, or has them begin with this one. Errors: conflict where
  /// they are of another log than the store, or of none and may not begin; corrupt where they have
  /// lost what the store has taken in; unavailable; those of SharedMark::of().
  [[nodiscard]] Result<void> join(Founding founding);
  [[nodiscard]] SharedMark mark() const { return {id_, place_}; }

  /// Puts what is staged behind the head into the next place, or places; then it is recorded, and
  /// the caller writes it, with mark(). `records` as of SharedBatch. Errors, this log as before:
  /// conflict where another was faster (then it is to be read); unavailable where nobody knows
  /// whether it is recorded, or this log lacks what others have recorded.
  [[nodiscard]] Result<void> publish(std::string_view records);

  /// What stands in `place`; passed over where it was read before. Gives the batch that this ends
  /// and that is to be adopted, valid until the next call; once it is written, adopted(). Errors:
  /// unavailable: this log lacks events that stand before it: missing(); conflict: the log has
  /// gone another way than this one; corrupt.
  [[nodiscard]] Result<std::optional<SharedBatch>> read(PlaceNumber place,
                                                        std::string_view content);
  /// The mark as it is when that batch is written.
  [[nodiscard]] SharedMark mark_behind() const { return {id_, PlaceNumber{next_.value - 1}}; }
  void adopted();

  /// The head up to which this log is to be copied from another machine before anything can be
  /// taken in: the places that would tell it are not kept any more. None: nothing is missing.
  [[nodiscard]] const std::optional<TreeHead>& missing() const { return missing_; }
  /// The next place to read.
  [[nodiscard]] PlaceNumber next() const { return next_; }
  /// Whether another's batch has begun and not ended.
  [[nodiscard]] bool pending() const { return pieces_.pending(); }
  [[nodiscard]] Places& places() const { return places_; }

  /// Up to where places need not be kept for this machine, where that is much more than the last
  /// time. The last batch is kept: it tells whoever comes anew where the log stands.
  [[nodiscard]] std::optional<PlaceNumber> forgettable();

 private:
  Result<void> find_log(Founding founding);
  Result<std::optional<SharedId>> log_of_places() const;
  Result<bool> is_ours(PlaceNumber place, const std::string& piece) const;
  Result<void> settle(PlaceNumber place, const std::string& piece);
  Result<void> follow_log();
  Result<std::optional<SharedBatch>> judge(std::string_view bytes);
  void end_batch(PlaceNumber last);

  const Log& log_;
  Places& places_;
  SharedId writer_;
  std::uint64_t batches_ = 0;  // of this writer
  SharedId id_{};
  PlaceNumber place_;      // where the last batch ends that is in the log
  PlaceNumber previous_;   // where the one before that does
  PlaceNumber forgotten_;  // up to there that was said
  PlaceNumber next_{1};
  PlaceNumber begun_{1};  // where the batch begins of which next_ may be a part
  Pieces pieces_;
  GrowingHead head_;   // of the log
  GrowingHead after_;  // with the batch that is to be adopted
  std::optional<TreeHead> missing_;
};

}  // namespace solnoma
