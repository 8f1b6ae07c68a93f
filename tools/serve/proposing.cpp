#include "tools/serve/proposing.hpp"

#include <fmt/format.h>

#include "events/codec.hpp"

namespace solnoma {

Try<Proposal> hand_in(const Context& world, const Grant& grant, std::vector<Event> events) {
  return Proposals(world.store)
      .add({.number = 0,
            .proposed = world.clock.now(),
            .by = grant.name,
            .events = std::move(events)});
}

Result<std::vector<Event>> events_of(const OwnedEvents& batch) {
  std::vector<Event> events;
  for (const NewEvent& each : batch.events()) {
    RecordedEvent recorded{};
    recorded.subject = each.subject;
    recorded.source = each.source;
    recorded.id = each.id;
    recorded.payload = each.payload;
    auto stored = decode(recorded);
    if (!stored) return std::unexpected(stored.error());
    events.push_back(std::move(stored->event));
  }
  return events;
}

HttpAnswer handed_in(const Proposal& proposal, std::string type, std::string text) {
  HttpAnswer answer{.status = 202, .type = std::move(type)};
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Location", fmt::format("/v1/proposals/{}", proposal.number)}};
  answer.say(std::move(text));
  return answer;
}

}  // namespace solnoma
