#include "tools/report/view/recorded_plan_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "events/codec.hpp"
#include "tools/report/view/in_shares.hpp"

namespace solnoma {
namespace {

/// Where the event of a row stands, and whose it is.
struct Place {
  Position position;
  std::uint32_t subject, row;
};

/// A number for each type and part, the same in all threads.
class Numbers {
 public:
  std::uint32_t of(const std::string& name) {
    const std::lock_guard lock(mutex_);
    return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// From 0 on in the order of their first appearance.
void renumber(std::vector<std::uint32_t>& keys) {
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  for (std::uint32_t& key : keys)
    key = numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
}

class Reading {
 public:
  Reading(const Log& log, std::span<const Rows> subjects)
      : log_(log), keys_(subjects.size()), names_plans_(subjects.size()) {
    for (std::uint32_t i = 0; i < subjects.size(); ++i) {
      keys_[i].resize(subjects[i].size());
      for (std::uint32_t row = 0; row < subjects[i].size(); ++row)
        places_.push_back({subjects[i][row].position(), i, row});
    }
    std::ranges::sort(places_, {}, &Place::position);
  }

  Result<void> run() {
    return in_shares(places_.size(), [&](std::size_t first, std::size_t count) {
      return read(std::span<const Place>(places_).subspan(first, count));
    });
  }

  std::vector<std::optional<PlanKeys>> take() {
    std::vector<std::optional<PlanKeys>> all(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (names_plans_[i]) continue;
      renumber(keys_[i]);
      all[i] = PlanKeys{std::move(keys_[i]), {}};
    }
    return all;
  }

 private:
  Result<void> read(std::span<const Place> places) {
    std::vector<Position> positions;
    positions.reserve(places.size());
    for (const Place& place : places) positions.push_back(place.position);
    std::unordered_map<std::string, std::uint32_t> known;  // of `numbers_`, without its lock
    std::string name;
    std::optional<Error> error;
    auto next = places.begin();
    auto ok = log_.read_at(positions, [&](const RecordedEvent& event) {
      const Place& place = *next++;
      const auto terms = read_plan_terms(event.payload);
      if (!terms) {
        error = at(fmt::format("position {}", event.position.value), terms.error()).error();
        return false;
      }
      if (terms->names_plans) names_plans_[place.subject] = true;
      name.assign(terms->type).append(1, '\0').append(terms->part);
      const auto [found, is_new] = known.try_emplace(name);
      if (is_new) found->second = numbers_.of(name);
      keys_[place.subject][place.row] = found->second;
      return true;
    });
    if (error) return std::unexpected(std::move(*error));
    return ok;
  }

  const Log& log_;
  std::vector<Place> places_;
  std::vector<std::vector<std::uint32_t>> keys_;
  std::vector<std::atomic<bool>> names_plans_;
  Numbers numbers_;
};

}  // namespace

Result<std::vector<std::optional<PlanKeys>>> recorded_plan_keys(const Log& log,
                                                                std::span<const Rows> subjects) {
  Reading reading(log, subjects);
  if (auto ok = reading.run(); !ok) return std::unexpected(ok.error());
  return reading.take();
}

}  // namespace solnoma
