#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/row.hpp"
#include "events/event_type.hpp"

namespace solnoma::test {

inline constexpr std::int32_t kChainDay = 20'000;

/// Calls `body(rows)` with every history of `events` events in which each one supersedes nothing or
/// any earlier one, is a milestone or a retraction, and became known on kChainDay or on the day
/// after: so that from kChainDay any part of a chain may be out of sight. The first milestones are
/// the highest: whatever comes back wrongly shows in the status. For n events n! · 4ⁿ calls.
template <class Body>
void for_every_chain(std::size_t events, Body body) {
  constexpr auto kTypes =
      std::to_array<std::string_view>({"opened", "construction-completed", "construction-started",
                                       "agreement-signed", "announced"});
  std::vector<Row> rows;
  const auto add = [&](const auto& self) -> void {
    if (rows.size() == events) {
      body(rows);
      return;
    }
    const TypeCode milestone = type_code(kTypes.at(rows.size()));
    for (std::uint32_t supersedes = 0; supersedes <= rows.size(); ++supersedes)
      for (const TypeCode type : {milestone, kRetracted})
        for (const std::int32_t later : {0, 1}) {
          const Dating mark{
              {Day{kChainDay}, Day{kChainDay}}, Day{kChainDay + later}, row_kind(type, false)};
          rows.emplace_back(mark, Position{rows.size() + 1}, Revision{supersedes});
          self(self);
          rows.pop_back();
        }
  };
  add(add);
}

}  // namespace solnoma::test
