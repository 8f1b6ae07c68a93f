#include "projections/possible.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

#include "projections/raises.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kNoSlot = kMostVague;

/// A step, its window cut off at the day of the question.
struct Candidate {
  Effect effect;
  Stage stage;
  std::int64_t first;  // day numbers; wide, since `last + 1` must not overflow at open ends
  std::int64_t last;
  Position position;
  bool must;                   // its latest day has come by the day of the question
  std::size_t slot = kNoSlot;  // its bit in World::taken; precise steps need none
};

/// One way in which things can stand: the state, and which of the vague steps were taken.
struct World {
  ParkState state;
  std::array<std::uint64_t, kMostVague / 64> taken{};

  [[nodiscard]] bool has(std::size_t slot) const {
    return (taken[slot / 64] >> slot % 64 & 1) != 0;
  }
  void set(std::size_t slot, bool value) {
    const std::uint64_t bit = std::uint64_t{1} << slot % 64;
    taken[slot / 64] = value ? taken[slot / 64] | bit : taken[slot / 64] & ~bit;
  }
  auto operator<=>(const World&) const = default;
};

using Worlds = std::vector<World>;

/// Walks through the days, and keeps every way in which things can stand (World).
///
/// For example: `suspended` and `resumed`, both in March 2022, asked as of 2022-03-31. Each happens
/// on some day from the 1st to the 31st; on one day, in the order of positions, `suspended` first.
///
/// - Windows that overlap are walked together; here there is one group, with one span of days
///   (1 to 31) on all of which the same steps can happen.
/// - The walk begins with one world: unrecorded, nothing taken.
/// - 1 March: each step may happen or wait, in the order of positions. Four worlds: nothing
///   taken; suspended {s}; unrecorded {r}; unrecorded {s, r}, where the resumption came second.
/// - 2 March: one more, suspended {s, r}: resumed (in vain) on the 1st, suspended on the 2nd.
/// - 3 March adds no world, nor can any later day of the span: skip to its last.
/// - 31 March: what has not happened must happen now; five worlds become two, suspended {s, r}
///   and unrecorded {s, r}. These are the possible statuses.
///
/// Without the set of steps taken, a world could take the resumption twice.
class Walk {
 public:
  /// `exact`: worlds remember which steps they have taken. Otherwise a vague step may be taken
  /// any number of times, on any day of its window, or never. That allows more than the truth,
  /// and is cheap: steps that do the same in the same window become one.
  Walk(const std::vector<Step>& steps, Day as_of, bool exact) : exact_(exact) {
    for (const Step& step : steps) {
      if (step.earliest > as_of) continue;
      const bool must = step.latest <= as_of;
      candidates_.push_back({step.effect, step.stage, step.earliest.number,
                             std::min(step.latest, as_of).number, step.position, must});
    }
    std::ranges::sort(candidates_, {},
                      [](const Candidate& c) { return std::tuple(c.first, c.position); });
    if (!exact_) merge_alike();
  }

  /// The statuses of all worlds; none when there were too many worlds to keep apart.
  std::optional<StatusSet> run() {
    worlds_.assign(1, World{});
    while (next_ < candidates_.size()) {
      // The group: candidates whose windows overlap, directly or by way of others.
      std::size_t end = next_;
      std::int64_t last = candidates_[next_].last;
      bool vague = false;
      for (; end < candidates_.size() && candidates_[end].first <= last; ++end) {
        const Candidate& c = candidates_[end];
        last = std::max(last, c.last);
        vague = vague || c.first < c.last || !c.must;
      }
      if (!vague)
        fold(end);
      else if (!walk(end))
        return std::nullopt;
    }
    StatusSet possible;
    for (const World& world : worlds_) possible.set(static_cast<std::size_t>(world.state.status()));
    return possible;
  }

 private:
  /// Keeps one of the vague steps that do the same in the same window.
  void merge_alike() {
    std::set<std::tuple<Effect, Stage, std::int64_t, std::int64_t>> seen;
    std::erase_if(candidates_, [&](const Candidate& c) {
      return c.first < c.last && !seen.insert({c.effect, c.stage, c.first, c.last}).second;
    });
  }

  /// Takes the candidates up to `end`, all of which happen on one day and in every world.
  void fold(std::size_t end) {
    for (World& world : worlds_)
      for (std::size_t i = next_; i < end; ++i)
        world.state = apply(world.state, candidates_[i].effect, candidates_[i].stage);
    next_ = end;
    merge_equal_worlds();
  }

  /// Walks through the windows of the candidates up to `end`. False when there are too many
  /// worlds.
  bool walk(std::size_t end) {
    std::vector<std::int64_t> cuts;  // days on which a window begins or has just ended
    for (std::size_t i = next_; i < end; ++i) {
      cuts.push_back(candidates_[i].first);
      cuts.push_back(candidates_[i].last + 1);
    }
    sort_unique(cuts);
    work_ = 0;  // counted by group
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
      if (!span(cuts[i], cuts[i + 1] - 1)) return false;
    return true;
  }

  /// Walks through the days from `first` to `last`, on all of which the same steps can happen.
  bool span(std::int64_t first, std::int64_t last) {
    if (!open(first)) return false;
    // Every step may wait on all days but the last. A day that adds no world is followed by
    // none that does: the rest can be skipped.
    for (std::int64_t day = first; day < last; ++day) {
      const std::size_t before = worlds_.size();
      for (const Candidate* c : active_)
        if (!take(*c, /*may_wait=*/true)) return false;
      if (worlds_.size() == before) break;
    }
    if (!exact_ && !take_vague_ones()) return false;
    for (const Candidate* c : active_) {
      const bool now_or_never = c->must && c->last == last && (exact_ || c->first == c->last);
      if (!take(*c, !now_or_never)) return false;
      if (!exact_ && c->first == c->last && !take_vague_ones()) return false;
    }
    close(last);
    return true;
  }

  /// Where not exact, a vague candidate stands for several steps, which may happen before and
  /// after each step of that day: repeats until no world is new.
  bool take_vague_ones() {
    for (std::size_t before = 0; before != worlds_.size();) {
      before = worlds_.size();
      for (const Candidate* c : active_)
        if (c->first < c->last && !take(*c, /*may_wait=*/true)) return false;
    }
    return true;
  }

  /// Gives a slot to each step whose window begins.
  bool open(std::int64_t first) {
    for (; next_ < candidates_.size() && candidates_[next_].first <= first; ++next_) {
      Candidate& c = candidates_[next_];
      if (exact_ && c.first < c.last) {
        const auto free = std::ranges::find(used_, false);
        if (free == used_.end()) return false;
        *free = true;
        c.slot = static_cast<std::size_t>(free - used_.begin());
        if (c.effect == Effect::raise) vague_raises_.push_back(&c);
      }
      active_.push_back(&c);
    }
    std::ranges::sort(active_, {}, [](const Candidate* c) { return c->position; });
    for (World& world : worlds_) forget_spent_raises(world);
    merge_equal_worlds();
    return true;
  }

  /// Frees the slots of steps whose window is over.
  void close(std::int64_t last) {
    std::erase_if(vague_raises_, [&](const Candidate* c) { return c->last == last; });
    std::erase_if(active_, [&](const Candidate* c) {
      if (c->last != last) return false;
      if (c->slot != kNoSlot) {
        used_[c->slot] = false;
        for (World& world : worlds_) world.set(c->slot, false);
      }
      return true;
    });
    merge_equal_worlds();
  }

  /// Adds the worlds in which `c` happens now. Drops those in which it still waits unless
  /// `may_wait`. False when there are too many worlds.
  bool take(const Candidate& c, bool may_wait) {
    Worlds& next = next_worlds_;
    next.clear();
    for (const World& world : worlds_) {
      const bool taken = c.slot != kNoSlot && world.has(c.slot);
      if (taken || may_wait) next.push_back(world);
      if (taken) continue;
      World after = world;
      after.state = apply(world.state, c.effect, c.stage);
      if (c.slot != kNoSlot) after.set(c.slot, true);
      forget_spent_raises(after);
      next.push_back(after);
    }
    worlds_.swap(next);
    merge_equal_worlds();
    work_ += worlds_.size();
    return worlds_.size() <= kMostWorlds && work_ <= kMostWork;
  }

  /// Marks raises to a stage already reached as taken. They can change nothing any more
  /// (raises.hpp), and worlds that differ only in them become one.
  void forget_spent_raises(World& world) const {
    for (const Candidate* c : vague_raises_)
      if (c->stage <= world.state.stage) world.set(c->slot, true);
  }

  void merge_equal_worlds() { sort_unique(worlds_); }

  bool exact_;
  std::vector<Candidate> candidates_;     // by first day, then position
  std::size_t next_ = 0;                  // the first candidate whose window has not begun
  std::vector<Candidate*> active_;        // by position
  std::vector<Candidate*> vague_raises_;  // of the active ones, those with a slot
  std::array<bool, kMostVague> used_{};
  Worlds worlds_;
  Worlds next_worlds_;  // take() builds it; a member, so that its memory is used again
  std::size_t work_ = 0;
};

}  // namespace

StatusSet possible_statuses(const std::vector<Step>& steps, Day as_of) {
  const bool only_raises =
      std::ranges::all_of(steps, [](const Step& s) { return is_raise(s.effect); });
  if (only_raises) return statuses_of_raises(steps, as_of);

  // The rough answer includes the exact one: if it has one status, that is the answer.
  const auto rough = Walk(steps, as_of, /*exact=*/false).run();
  if (rough && rough->count() == 1) return *rough;
  if (const auto exact = Walk(steps, as_of, /*exact=*/true).run()) return *exact;
  return rough ? *rough : StatusSet().set();
}

}  // namespace solnoma
