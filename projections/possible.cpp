#include "projections/possible.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

namespace solnoma {
namespace {

constexpr std::size_t kNoSlot = kMostVague;

/// A step as the walk sees it: cut off at the day of the question.
struct Candidate {
  Effect effect;
  Stage stage;
  std::int64_t first;  // day numbers; wide, since open ends meet arithmetic
  std::int64_t last;
  Position position;
  bool must;                   // its latest day has come by the day of the question
  std::size_t slot = kNoSlot;  // where worlds remember that it was taken; precise: nowhere
};

/// One way things can stand: the state, and which of the vague steps it has used up.
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

/// Only raises: the certain ones give the lowest outcome, and any single vague one that
/// reaches higher can be the only one that came in time.
StatusSet of_raises(const std::vector<Step>& steps, Day as_of) {
  Stage lowest = Stage::unrecorded;
  for (const Step& step : steps)
    if (step.latest <= as_of) lowest = std::max(lowest, step.stage);
  StatusSet possible;
  possible.set(static_cast<std::size_t>(lowest));
  for (const Step& step : steps)
    if (step.earliest <= as_of && step.latest > as_of && step.stage > lowest)
      possible.set(static_cast<std::size_t>(step.stage));
  return possible;
}

class Walk {
 public:
  /// `exact`: worlds remember what they have taken. Otherwise a vague step may be taken any
  /// number of times, at any moment of its days, or never: more than the truth allows, and
  /// cheap, since steps that do the same on the same days are one.
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

  /// Nothing when there were too many worlds to keep them apart.
  std::optional<StatusSet> run() {
    worlds_.assign(1, World{});
    while (next_ < candidates_.size()) {
      // Those whose windows overlap, directly or by way of others.
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
  /// Of vague steps that are alike, keeps one.
  void merge_alike() {
    std::set<std::tuple<Effect, Stage, std::int64_t, std::int64_t>> seen;
    std::erase_if(candidates_, [&](const Candidate& c) {
      return c.first < c.last && !seen.insert({c.effect, c.stage, c.first, c.last}).second;
    });
  }

  /// The candidates up to `end`, which happen on one day and in every world.
  void fold(std::size_t end) {
    for (World& world : worlds_)
      for (std::size_t i = next_; i < end; ++i)
        world.state = apply(world.state, candidates_[i].effect, candidates_[i].stage);
    next_ = end;
    tidy();
  }

  /// The candidates up to `end`. False when there are too many worlds.
  bool walk(std::size_t end) {
    std::vector<std::int64_t> cuts;  // days on which a window begins or has just ended
    for (std::size_t i = next_; i < end; ++i) {
      cuts.push_back(candidates_[i].first);
      cuts.push_back(candidates_[i].last + 1);
    }
    std::ranges::sort(cuts);
    const auto rest = std::ranges::unique(cuts);
    cuts.erase(rest.begin(), rest.end());
    work_ = 0;  // what lies behind makes nothing ahead harder
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
      if (!span(cuts[i], cuts[i + 1] - 1)) return false;
    return true;
  }

  /// The days from `first` to `last`, on all of which the same steps can happen.
  bool span(std::int64_t first, std::int64_t last) {
    if (!open(first)) return false;
    // On all days but the last everything may wait: stop when another day adds nothing.
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

  /// Not exact: what stands for several steps may happen before and after each that has one day.
  bool take_vague_ones() {
    for (std::size_t before = 0; before != worlds_.size();) {
      before = worlds_.size();
      for (const Candidate* c : active_)
        if (c->first < c->last && !take(*c, /*may_wait=*/true)) return false;
    }
    return true;
  }

  /// Steps whose window begins get a slot.
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
    tidy();
    return true;
  }

  /// Steps whose window is over give their slot back.
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
    tidy();
  }

  /// Adds the worlds in which `c` happens now; without `may_wait` only those remain.
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
    tidy();
    work_ += worlds_.size();
    return worlds_.size() <= kMostWorlds && work_ <= kMostWork;
  }

  /// A raise to a stage already reached can change nothing any more: taken or not is one.
  void forget_spent_raises(World& world) const {
    for (const Candidate* c : vague_raises_)
      if (c->stage <= world.state.stage) world.set(c->slot, true);
  }

  void tidy() {
    std::ranges::sort(worlds_);
    const auto rest = std::ranges::unique(worlds_);
    worlds_.erase(rest.begin(), rest.end());
  }

  bool exact_;
  std::vector<Candidate> candidates_;     // by first day, then position
  std::size_t next_ = 0;                  // the first candidate whose window has not begun
  std::vector<Candidate*> active_;        // by position
  std::vector<Candidate*> vague_raises_;  // of the active ones, those with a slot
  std::array<bool, kMostVague> used_{};
  Worlds worlds_;
  Worlds next_worlds_;  // of take(): its memory is used again
  std::size_t work_ = 0;
};

}  // namespace

StatusSet possible_statuses(const std::vector<Step>& steps, Day as_of) {
  const bool only_raises =
      std::ranges::all_of(steps, [](const Step& s) { return s.effect == Effect::raise; });
  if (only_raises) return of_raises(steps, as_of);

  // The rough answer holds the exact one: if it has one status, that is the answer.
  const auto rough = Walk(steps, as_of, /*exact=*/false).run();
  if (rough && rough->count() == 1) return *rough;
  if (const auto exact = Walk(steps, as_of, /*exact=*/true).run()) return *exact;
  return rough ? *rough : StatusSet().set();
}

}  // namespace solnoma
