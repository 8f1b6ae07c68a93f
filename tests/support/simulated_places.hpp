#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/places.hpp"
#include "tests/support/random.hpp"

namespace solnoma::test {

/// A row of places in memory, as whatever keeps it really is: without faults.
class SharedRow {
 public:
  /// False where it is taken, or was.
  bool take(PlaceNumber place, std::string_view content) {
    if (place <= forgotten_) return false;
    return taken_.try_emplace(place.value, content).second;
  }
  [[nodiscard]] const std::map<std::uint64_t, std::string>& taken() const { return taken_; }
  [[nodiscard]] PlaceNumber last() const {
    return taken_.empty() ? forgotten_ : PlaceNumber{taken_.rbegin()->first};
  }
  void forget(std::size_t machine, std::size_t machines, PlaceNumber upto) {
    said_[machine] = std::max(said_[machine], upto);
    if (said_.size() < machines) return;
    PlaceNumber least = said_.begin()->second;
    for (const auto& [each, said] : said_) least = std::min(least, said);
    forgotten_ = std::max(forgotten_, least);
    taken_.erase(taken_.begin(), taken_.upper_bound(forgotten_.value));
  }
  void clear() { taken_.clear(); }
  /// Damage: what stands in a place is changed.
  void change(PlaceNumber place, std::string content) {
    taken_.at(place.value) = std::move(content);
  }
  void lose_last() { taken_.erase(std::prev(taken_.end())); }

 private:
  std::map<std::uint64_t, std::string> taken_;
  PlaceNumber forgotten_;
  std::map<std::size_t, PlaceNumber> said_;
};

/// How often, in per cent of calls, which fault happens.
struct PlaceFaults {
  int lost = 0;     ///< it never gets there, and nobody says so
  int unknown = 0;  ///< it gets there, and the answer is lost
  int late = 0;     ///< nobody says anything, and it gets there at some later time
  int refused = 0;  ///< it gets there, and the answer is that it does not
  int denied = 0;   ///< it does not get there, and the answer is that the place is taken
  int unheard = 0;  ///< what is read does not come
  int paused = 0;   ///< others go on, before it gets there and after
};

/// One machine's line to the row, which has faults.
class SimulatedPlaces : public Places {
 public:
  /// `meanwhile` has others go on; it may be called within any call.
  SimulatedPlaces(SharedRow& row, Random& random, std::size_t machine, std::size_t machines,
                  std::function<void()> meanwhile)
      : row_(row),
        random_(random),
        machine_(machine),
        machines_(machines),
        meanwhile_(std::move(meanwhile)) {}

  PlaceFaults faults;
  bool cut_off = false;                     ///< nothing gets through, in either direction
  std::function<bool()> cut_off_when = {};  ///< the same, asked anew for each call

  /// What is under way gets there.
  void land() {
    for (auto& [place, content] : std::exchange(under_way_, {})) (void)row_.take(place, content);
  }

  [[nodiscard]] Result<Answer> take(PlaceNumber place, std::string_view content) override {
    pass();
    if (is_cut_off() || random_.percent(faults.lost)) return silence();
    if (random_.percent(faults.late)) {
      under_way_.emplace_back(place, content);
      return silence();
    }
    if (random_.percent(faults.denied)) return Answer::refused;
    const bool taken = row_.take(place, content);
    pass();
    if (cut_off || random_.percent(faults.unknown)) return silence();
    if (random_.percent(faults.refused)) return Answer::refused;
    return taken ? Answer::taken : Answer::refused;
  }

  [[nodiscard]] Result<PlaceNumber> last() override {
    pass();
    if (is_cut_off() || random_.percent(faults.unheard)) return silence();
    return row_.last();
  }

  [[nodiscard]] Result<void> read(PlaceNumber from, std::chrono::milliseconds /*patience*/,
                                  const PlaceVisitor& visit) override {
    pass();
    if (is_cut_off() || random_.percent(faults.unheard)) return silence();
    std::vector<std::pair<PlaceNumber, std::string>> found;
    for (auto at = row_.taken().lower_bound(from.value); at != row_.taken().end(); ++at)
      found.emplace_back(PlaceNumber{at->first}, at->second);
    for (const auto& [place, content] : found)
      if (!visit(place, content)) break;
    return {};
  }

  [[nodiscard]] Result<void> forget(PlaceNumber upto) override {
    if (is_cut_off() || random_.percent(faults.unheard)) return silence();
    row_.forget(machine_, machines_, upto);
    return {};
  }

  void give_up() override { cut_off = true; }

 private:
  [[nodiscard]] bool is_cut_off() const { return cut_off || (cut_off_when && cut_off_when()); }
  static std::unexpected<Error> silence() {
    return fail(Errc::unavailable, "nobody answers", "try again");
  }
  void pass() {
    if (!under_way_.empty() && random_.one_in(3)) land();
    if (random_.percent(faults.paused)) meanwhile_();
  }

  SharedRow& row_;
  Random& random_;
  std::size_t machine_, machines_;
  std::function<void()> meanwhile_;
  std::vector<std::pair<PlaceNumber, std::string>> under_way_;
};

}  // namespace solnoma::test
