#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/position.hpp"

namespace solnoma {

/// Where a row stands: in which of the inputs of an import, and where in it.
struct RowPlace {
  std::uint32_t input = 0;
  std::uint32_t entry = 0;  ///< of a line, from 1; 0: the line is the row
  std::size_t line = 0;     ///< from 1

  /// The place after this one, as inputs usually go on.
  [[nodiscard]] RowPlace after(std::size_t rows) const {
    return {input, entry == 0 ? 0 : entry + static_cast<std::uint32_t>(rows),
            entry == 0 ? line + rows : line};
  }
  bool operator==(const RowPlace&) const = default;
};

/// "events.jsonl:12", or "events.json:1, event 3".
[[nodiscard]] inline std::string text_of(const RowPlace& place, const std::string& input) {
  return place.entry == 0 ? fmt::format("{}:{}", input, place.line)
                          : fmt::format("{}:{}, event {}", input, place.line, place.entry);
}

/// Where the rows stand of which an import has brought events into the log, by position. Memory:
/// 40 bytes for each run of lines without a gap.
class RecordedPlaces {
 public:
  /// Precondition: positions ascend.
  void add(Position position, const RowPlace& place) {
    if (!runs_.empty()) {
      const std::size_t events = position.value - runs_.back().first.value;
      if (runs_.back().size == events && runs_.back().place.after(events) == place) {
        ++runs_.back().size;
        return;
      }
    }
    runs_.push_back({position, 1, place});
  }

  [[nodiscard]] std::optional<RowPlace> find(Position position) const {
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
    RowPlace place;
  };
  std::vector<Run> runs_;
};

}  // namespace solnoma
