#pragma once

#include <string>
#include <vector>

#include "engine/owned_events.hpp"
#include "events/event.hpp"
#include "tools/context.hpp"
#include "tools/proposals/proposals.hpp"
#include "tools/serve/grant.hpp"
#include "tools/serve/http.hpp"

namespace solnoma {

/// Hands in for `grant` what a steward may then record. Errors: of Proposals::add().
[[nodiscard]] Try<Proposal> hand_in(const Context& world, const Grant& grant,
                                    std::vector<Event> events);

/// The events of a batch that is not recorded. Errors: corrupt.
[[nodiscard]] Result<std::vector<Event>> events_of(const OwnedEvents& batch);

/// 202, with the address of the proposal, and what is said of it.
[[nodiscard]] HttpAnswer handed_in(const Proposal& proposal, std::string type, std::string text);

}  // namespace solnoma
