#include "tools/serve/event_feed.hpp"

#include <fmt/format.h>

#include <memory>

#include "events/exchange.hpp"
#include "events/text/quote.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/event_reader.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kPage = 1'000;
constexpr std::uint64_t kLargestPage = 10'000;
constexpr std::size_t kLargestText = 16 << 20;
constexpr std::size_t kSaid = 256 << 10;  // before the next piece

/// Where one who hears a stream stands.
struct Hearer {
  EventReader reader;
  Position told;  // the newest id that was said
  bool caught_up = false;
};

HttpAnswer page(EventReader reader, std::uint64_t limit) {
  std::string text;
  const auto say = [&](const StoredEvent& stored) {
    event_to_json(stored, text);
    text += '\n';
    return --limit > 0 && text.size() < kLargestText;
  };
  for (bool more = true; more && limit > 0 && text.size() < kLargestText;) {
    auto gone = reader.go_on(say);
    if (!gone) return problem_answer(http_status(gone.error().code), gone.error());
    more = *gone;
  }
  HttpAnswer answer{.type = "application/x-ndjson"};
  answer.headers.emplace_back("Solnoma-Next", fmt::format("{}", reader.seen().value));
  answer.headers.emplace_back("Cache-Control", "no-cache");
  answer.say(std::move(text));
  return answer;
}

std::optional<std::string> next_piece(Hearer& hearer) {
  std::string text;
  const auto say = [&](const StoredEvent& stored) {
    text += fmt::format("id: {}\nevent: event\ndata: ", stored.position.value);
    event_to_json(stored, text);
    text += "\n\n";
    hearer.told = stored.position;
    return text.size() < kSaid;
  };
  const auto mark = [&](std::string_view event) {
    const Position seen = hearer.reader.seen();
    // An id is said once.
    if (seen > hearer.told) text += fmt::format("id: {}\n", seen.value);
    text += fmt::format("event: {}\ndata: {{\"position\":{}}}\n\n", event, seen.value);
    hearer.told = seen;
  };
  const Position before = hearer.reader.seen();
  auto more = hearer.reader.go_on(say);
  if (!more) return std::nullopt;
  if (*more) {
    hearer.caught_up = false;
    if (text.empty() && hearer.reader.seen() > hearer.told) mark("checkpoint");
    return text;
  }
  if (hearer.reader.seen() != before) hearer.caught_up = false;
  if (!hearer.caught_up) mark("caught-up");
  hearer.caught_up = true;
  return text;
}

}  // namespace

HttpAnswer feed_events(const HttpRequest& request, const Context& world, const Viewer& viewer) {
  EventChoices choices;
  std::uint64_t after = 0;
  std::uint64_t limit = kPage;
  for (const auto& [name, value] : request.query) {
    if (name == kZoneOption) continue;
    const auto number = number_from(value);
    if (name == "after" && number)
      after = *number;
    else if (name == "limit" && number && *number > 0 && *number <= kLargestPage)
      limit = *number;
    else if (take_event_choice(choices, name, value))
      continue;
    else
      return problem_answer(
          400, fmt::format("'{}={}' cannot be asked of events", clipped(name), clipped(value)),
          "it takes after, limit (up to 10000), subject, kind, type, region, country, partner, "
          "publisher, from and to");
  }
  if (const auto last = request.header("last-event-id")) {
    const auto number = number_from(*last);
    if (!number) return problem_answer(400, "Last-Event-ID is no position", "leave it out");
    after = *number;
  }
  auto reader = EventReader::of(choices, world, viewer, Position{after});
  if (!reader) return problem_answer(reader.error());

  if (!asks_for_stream(request)) return page(std::move(*reader), limit);
  HttpAnswer answer{.type = "text/event-stream"};
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.heartbeat = ": still here\n\n";
  answer.farewell = "retry: 1000\n\n";
  auto hearer = std::make_shared<Hearer>(std::move(*reader), Position{after});
  answer.pieces = [hearer] { return next_piece(*hearer); };
  return answer;
}

}  // namespace solnoma
