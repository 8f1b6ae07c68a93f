#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/position.hpp"
#include "tools/io/input.hpp"

namespace solnoma {

/// Where an event stands in an input, put into words only when something is wrong there.
struct InputPlace {
  const Input* input;
  std::size_t line;
  std::size_t entry = 0;  ///< of an array, from 1; 0: the event is a line

  [[nodiscard]] std::string text() const {
    return entry == 0 ? input->place(line) : fmt::format("{}, event {}", input->place(line), entry);
  }
  /// The place after this one, as inputs usually go on.
  [[nodiscard]] InputPlace after(std::size_t events) const {
    return {input, entry == 0 ? line + events : line, entry == 0 ? 0 : entry + events};
  }
  bool operator==(const InputPlace&) const = default;
};

/// Where the events stand that an input has brought into the log, by position. Memory: 40 bytes
/// for each run of lines without a gap.
class RecordedPlaces {
 public:
  /// Precondition: positions ascend.
  void add(Position position, const InputPlace& place) {
    if (!runs_.empty()) {
      const std::size_t events = position.value - runs_.back().first.value;
      if (runs_.back().size == events && runs_.back().place.after(events) == place) {
        ++runs_.back().size;
        return;
      }
    }
    runs_.push_back({position, 1, place});
  }

  [[nodiscard]] std::optional<InputPlace> find(Position position) const {
    const auto after = std::ranges::upper_bound(runs_, position, {}, &Run::first);
    if (after == runs_.begin()) return std::nullopt;
    const Run& run = *std::prev(after);
    const std::size_t events = position.value - run.first.value;
    return events < run.size ? std::optional(run.place.after(events)) : std::nullopt;
  }

 private:
  struct Run {
    Position first;
    std::size_t size;
    InputPlace place;
  };
  std::vector<Run> runs_;
};

}  // namespace solnoma
