#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/position.hpp"
#include "events/event.hpp"

namespace solnoma {

/// What a steward made of a proposal.
struct ProposalDecision {
  bool recorded = false;  ///< otherwise declined
  Instant decided{};
  std::string by;                     ///< empty: who sat at the machine
  std::string why;                    ///< may be empty where it was recorded
  std::vector<Position> positions{};  ///< of its events, where they were recorded
};

/// Events that somebody handed in, who may not record them. They are no part of the log.
struct Proposal {
  std::uint64_t number = 0;  ///< from 1
  Instant proposed{};
  std::string by;
  std::vector<Event> events;  ///< one or more, valid
  std::optional<ProposalDecision> decision = {};
};

/// As it is kept, and as it is told: `{"proposal", "proposed", "by", "events": [CloudEvents],
/// "decision"}`, on one line.
[[nodiscard]] std::string to_json(const Proposal& proposal);
/// Errors: invalid, naming the member.
[[nodiscard]] Result<Proposal> proposal_from_json(std::string_view json);

}  // namespace solnoma
