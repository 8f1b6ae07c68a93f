#include "projections/worlds.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <tuple>

#include "projections/raises.hpp"
#include "projections/sort_unique.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kNoField = kWorldBits;
constexpr std::size_t kWordBits = 64;

/// A step, its window cut off at the day of the question; or several alike ones.
struct Candidate {
  Effect effect;
  Stage stage;
  std::int64_t first;  // day numbers; wide, since `last + 1` must not overflow at open ends
  std::int64_t last;
  Position position;             // of the first of them
  bool must;                     // the latest day has come by the day of the question
  std::uint64_t count = 1;       // how many there are
  std::size_t field = kNoField;  // the first of its bits in World::taken; precise steps need none

  [[nodiscard]] bool vague() const { return first < last; }
  [[nodiscard]] std::size_t bits() const { return static_cast<std::size_t>(std::bit_width(count)); }
  [[nodiscard]] auto kind() const { return std::tuple(effect, stage, first, last, must); }
};

/// One way in which things can stand: the state, and how often each of the vague steps was taken.
struct World {
  ParkState state;
  std::array<std::uint64_t, kWorldBits / kWordBits> taken{};

  [[nodiscard]] std::uint64_t times(const Candidate& c) const {
    return taken[c.field / kWordBits] >> c.field % kWordBits & mask(c);
  }
  void set(const Candidate& c, std::uint64_t times) {
    std::uint64_t& word = taken[c.field / kWordBits];
    word = (word & ~(mask(c) << c.field % kWordBits)) | times << c.field % kWordBits;
  }
  auto operator<=>(const World&) const = default;

 private:
  static std::uint64_t mask(const Candidate& c) {
    return ~std::uint64_t{0} >> (kWordBits - c.bits());
  }
};

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
/// Without the steps taken, a world could take the resumption twice.
///
/// **Alike steps** do the same in the same window. Those that follow each other in position, with
/// no other step of the group between, are one candidate that is counted:
/// - Whichever of them happen on a day, they stand together in its order; a second one right after
///   the first changes nothing (apply() is idempotent). So a day is told by whether any of them
///   happened, and it makes no difference which: each can happen on every day of the window.
/// - N alike steps can take any number of days from 1 to N: those that are left over happen on a
///   day that has one already. So a candidate counts the days that it took, must take one at least
///   (where its last day comes) and can take N at most.
/// - A day on which it would change nothing need not be taken, if there is another one.
///
/// Alike steps with another step between them, by position, are apart: on one day, only some of
/// them can come before it, and only some after. Where no order is kept (any_order), all alike
/// steps are one candidate.
class Walk {
 public:
  Walk(const std::vector<Step>& steps, Day as_of, Worlds which, const WorldLimits& limits)
      : which_(which), limits_(limits) {
    for (const Step& step : steps) {
      if (step.earliest > as_of) continue;
      const bool must = step.latest <= as_of;
      candidates_.push_back({step.effect, step.stage, step.earliest.number,
                             std::min(step.latest, as_of).number, step.position, must});
    }
    keeps_order() ? join_neighbours() : join_alike();
    sort_by_first_day();
  }

  std::optional<StatusSet> run() {
    worlds_.assign(1, World{});
    while (next_ < candidates_.size()) {
      const std::size_t end = group_end(next_);
      const auto vague = [](const Candidate& c) { return c.vague() || !c.must; };
      if (std::none_of(at(next_), at(end), vague))
        fold(end);
      else if (!walk(end))
        return std::nullopt;
    }
    StatusSet possible;
    for (const World& world : worlds_) possible.set(static_cast<std::size_t>(world.state.status()));
    return possible;
  }

 private:
  [[nodiscard]] bool keeps_order() const { return which_ == Worlds::all; }
  [[nodiscard]] bool remembers() const { return which_ != Worlds::any_times; }
  std::vector<Candidate>::iterator at(std::size_t index) {
    return candidates_.begin() + static_cast<std::ptrdiff_t>(index);
  }

  void sort_by_first_day() {
    std::ranges::sort(candidates_, {},
                      [](const Candidate& c) { return std::tuple(c.first, c.position); });
  }

  /// The end of the group that begins there: candidates whose windows overlap, directly or by way
  /// of others. Precondition: they are sorted.
  [[nodiscard]] std::size_t group_end(std::size_t begin) const {
    std::size_t end = begin;
    std::int64_t last = candidates_[begin].last;
    for (; end < candidates_.size() && candidates_[end].first <= last; ++end)
      last = std::max(last, candidates_[end].last);
    return end;
  }

  /// Joins the vague steps that are alike and follow each other in position within their group.
  void join_neighbours() {
    sort_by_first_day();
    std::vector<Candidate> joined;
    for (std::size_t begin = 0; begin < candidates_.size();) {
      const std::size_t end = group_end(begin);
      std::ranges::sort(at(begin), at(end), {}, &Candidate::position);
      for (std::size_t i = begin; i < end; ++i) {
        const Candidate& c = candidates_[i];
        if (i > begin && c.vague() && joined.back().kind() == c.kind())
          ++joined.back().count;
        else
          joined.push_back(c);
      }
      begin = end;
    }
    candidates_ = std::move(joined);
  }

  /// Joins all vague steps that are alike.
  void join_alike() {
    std::vector<Candidate> joined;
    std::map<decltype(Candidate{}.kind()), std::size_t> places;
    for (const Candidate& c : candidates_) {
      const auto [place, first] = places.try_emplace(c.kind(), joined.size());
      if (first || !c.vague())
        joined.push_back(c);
      else
        ++joined[place->second].count;
    }
    candidates_ = std::move(joined);
  }

  /// Takes the candidates up to `end`, all of which happen on one day and in every world.
  void fold(std::size_t end) {
    for (World& world : worlds_)
      for (std::size_t i = next_; i < end; ++i)
        world.state = apply(world.state, candidates_[i].effect, candidates_[i].stage);
    next_ = end;
    sort_unique(worlds_);
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
    if (!(keeps_order() ? days_in_order(first, last) : days_in_any_order(last))) return false;
    close(last);
    return true;
  }

  bool days_in_order(std::int64_t first, std::int64_t last) {
    // Every step may wait on all days but the last. A day that adds no world is followed by
    // none that does: the rest can be skipped.
    for (std::int64_t day = first; day < last; ++day) {
      const std::size_t before = worlds_.size();
      for (const Candidate* c : active_)
        if (!take(*c, /*may_wait=*/true)) return false;
      if (worlds_.size() == before) break;
    }
    return std::ranges::all_of(
        active_, [&](const Candidate* c) { return take(*c, !(c->must && c->last == last)); });
  }

  /// The vague ones before, between and after what happens on that very day, until no world is
  /// new; what has to happen by `last` and has not makes no world.
  bool days_in_any_order(std::int64_t last) {
    if (!take_vague_ones()) return false;
    for (const Candidate* c : active_)
      if (!c->vague() && (!take(*c, !c->must) || !take_vague_ones())) return false;
    if (!remembers()) return true;
    std::erase_if(worlds_, [&](const World& world) {
      return std::ranges::any_of(active_, [&](const Candidate* c) {
        return c->vague() && c->must && c->last == last && world.times(*c) == 0;
      });
    });
    return true;
  }

  bool take_vague_ones() {
    for (std::size_t before = 0; before != worlds_.size();) {
      before = worlds_.size();
      for (const Candidate* c : active_)
        if (c->vague() && !take(*c, /*may_wait=*/true)) return false;
    }
    return true;
  }

  /// Gives bits to each candidate whose window begins.
  bool open(std::int64_t first) {
    for (; next_ < candidates_.size() && candidates_[next_].first <= first; ++next_) {
      Candidate& c = candidates_[next_];
      if (remembers() && c.vague()) {
        if (!reserve(c)) return false;
        if (is_raise(c.effect)) vague_raises_.push_back(&c);
      }
      active_.push_back(&c);
    }
    std::ranges::sort(active_, {}, [](const Candidate* c) { return c->position; });
    for (World& world : worlds_) forget_spent_raises(world);
    sort_unique(worlds_);
    return true;
  }

  /// Finds bits that are free and lie in one word.
  bool reserve(Candidate& c) {
    for (std::size_t field = 0; field + c.bits() <= kWorldBits; ++field) {
      const auto begin = used_.begin() + static_cast<std::ptrdiff_t>(field);
      const auto end = begin + static_cast<std::ptrdiff_t>(c.bits());
      if (field % kWordBits + c.bits() > kWordBits || std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      c.field = field;
      return true;
    }
    return false;
  }

  /// Frees the bits of candidates whose window is over.
  void close(std::int64_t last) {
    std::erase_if(vague_raises_, [&](const Candidate* c) { return c->last == last; });
    std::erase_if(active_, [&](const Candidate* c) {
      if (c->last != last) return false;
      if (c->field != kNoField) {
        std::fill_n(used_.begin() + static_cast<std::ptrdiff_t>(c->field), c->bits(), false);
        for (World& world : worlds_) world.set(*c, 0);
      }
      return true;
    });
    sort_unique(worlds_);
  }

  /// Adds the worlds in which `c` happens now. Drops those in which it still waits unless
  /// `may_wait`. False when there are too many worlds.
  bool take(const Candidate& c, bool may_wait) {
    std::vector<World>& next = next_worlds_;
    next.clear();
    for (const World& world : worlds_) {
      const std::uint64_t times = c.field == kNoField ? 0 : world.times(c);
      if (may_wait || times > 0) next.push_back(world);
      World after = world;
      after.state = apply(world.state, c.effect, c.stage);
      const bool needed = c.must && times == 0;
      if (times == c.count || (!needed && after.state == world.state)) continue;
      if (c.field != kNoField) after.set(c, times + 1);
      forget_spent_raises(after);
      next.push_back(after);
    }
    worlds_.swap(next);
    sort_unique(worlds_);
    work_ += worlds_.size();
    if (limits_.seen != nullptr) *limits_.seen += worlds_.size();
    return work_ <= limits_.work && worlds_.size() <= limits_.worlds;
  }

  /// Marks raises to a stage already reached as taken. They can change nothing any more
  /// (raises.hpp), and worlds that differ only in them become one.
  void forget_spent_raises(World& world) const {
    for (const Candidate* c : vague_raises_)
      if (c->stage <= world.state.stage) world.set(*c, c->count);
  }

  Worlds which_;
  WorldLimits limits_;
  std::vector<Candidate> candidates_;     // by first day, then position
  std::size_t next_ = 0;                  // the first candidate whose window has not begun
  std::vector<Candidate*> active_;        // by position
  std::vector<Candidate*> vague_raises_;  // of the active ones, those with bits
  std::array<bool, kWorldBits> used_{};
  std::vector<World> worlds_;
  std::vector<World> next_worlds_;  // take() builds it; a member, so that its memory is used again
  std::size_t work_ = 0;
};

}  // namespace

std::optional<StatusSet> statuses_of_worlds(const std::vector<Step>& steps, Day as_of, Worlds which,
                                            const WorldLimits& limits) {
  return Walk(steps, as_of, which, limits).run();
}

}  // namespace solnoma
