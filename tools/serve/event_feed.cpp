#include "tools/serve/event_feed.hpp"

#include <fmt/format.h>

#include <memory>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/text/quote.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/shared/event_filter.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kPage = 1'000;
constexpr std::uint64_t kLargestPage = 10'000;
constexpr std::size_t kLargestText = 16 << 20;
// What is looked at, and said, before the next piece: no stream keeps a thread for long.
constexpr std::size_t kLookedAt = 4'096;
constexpr std::size_t kSaid = 256 << 10;

/// Where one reader stands.
struct Feed {
  Log* log;
  EventFilter filter;
  Position seen;
  Position chosen_at{0};  // the head when the subjects were chosen
  Position told{0};       // the newest id that was said
  bool caught_up = false;

  /// Adds wanted events behind `seen` to `text`, each by `say`, as many as a piece holds and at
  /// most `events`. True: there may be more.
  template <class Say>
  Result<bool> go_on(std::string& text, std::uint64_t events, const Say& say) {
    if (const Position head = log->head(); chosen_at < head) {
      if (auto ok = filter.choose_subjects(); !ok) return std::unexpected(ok.error());
      chosen_at = head;
    }
    std::size_t looked_at = 0;
    std::optional<Error> error;
    auto read = log->read(seen.next(), Direction::forwards, [&](const RecordedEvent& recorded) {
      if (events == 0 || looked_at++ >= kLookedAt || text.size() >= kSaid) return false;
      if (filter.takes_subject(recorded.subject)) {
        auto stored = decode(recorded);
        if (!stored) {
          error = stored.error();
          return false;
        }
        if (filter.takes(stored->event)) {
          say(*stored, text);
          --events;
        }
      }
      seen = recorded.position;
      return true;
    });
    if (error) return std::unexpected(*error);
    if (!read) return std::unexpected(read.error());
    return events > 0 && seen < log->head();
  }
};

HttpAnswer page(Feed feed, std::uint64_t limit) {
  std::string text;
  const auto say = [&](const StoredEvent& stored, std::string& to) {
    event_to_json(stored, to);
    to += '\n';
    --limit;
  };
  for (bool more = true; more && text.size() < kLargestText;) {
    std::string piece;
    auto gone = feed.go_on(piece, limit, say);
    if (!gone) return problem_answer(http_status(gone.error().code), gone.error());
    text += piece;
    more = *gone && limit > 0;
  }
  HttpAnswer answer{.type = "application/x-ndjson"};
  answer.headers.emplace_back("Solnoma-Next", fmt::format("{}", feed.seen.value));
  answer.headers.emplace_back("Cache-Control", "no-cache");
  answer.say(std::move(text));
  return answer;
}

std::optional<std::string> next_piece(Feed& feed) {
  std::string text;
  const auto say = [&](const StoredEvent& stored, std::string& to) {
    to += fmt::format("id: {}\nevent: event\ndata: ", stored.position.value);
    event_to_json(stored, to);
    to += "\n\n";
    feed.told = stored.position;
  };
  const auto mark = [&](std::string_view event) {
    // An id is said once.
    if (feed.seen > feed.told) text += fmt::format("id: {}\n", feed.seen.value);
    text += fmt::format("event: {}\ndata: {{\"position\":{}}}\n\n", event, feed.seen.value);
    feed.told = feed.seen;
  };
  const Position before = feed.seen;
  auto more = feed.go_on(text, kLargestPage, say);
  if (!more) return std::nullopt;
  if (*more) {
    feed.caught_up = false;
    if (text.empty() && feed.seen > feed.told) mark("checkpoint");
    return text;
  }
  if (feed.seen != before) feed.caught_up = false;
  if (!feed.caught_up) mark("caught-up");
  feed.caught_up = true;
  return text;
}

}  // namespace

HttpAnswer feed_events(const HttpRequest& request, const Context& world, Log& log) {
  EventChoices choices;
  std::uint64_t after = 0;
  std::uint64_t limit = kPage;
  for (const auto& [name, value] : request.query) {
    const auto number = number_from(value);
    if (name == "after" && number)
      after = *number;
    else if (name == "limit" && number && *number > 0 && *number <= kLargestPage)
      limit = *number;
    else if (take_choice(choices.selection, name, value))
      continue;
    else if (name == "publisher")
      choices.publishers.push_back(value);
    else if (name == "from")
      choices.from = value;
    else if (name == "to")
      choices.to = value;
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
  Context context = served_context(world, log);
  auto filter = EventFilter::of(choices, context, log);
  if (!filter) return problem_answer(filter.error());
  Feed feed{&log, std::move(*filter), Position{after}};
  feed.told = feed.seen;

  if (!asks_for_stream(request)) return page(std::move(feed), limit);
  HttpAnswer answer{.type = "text/event-stream"};
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.heartbeat = ": still here\n\n";
  answer.farewell = "retry: 1000\n\n";
  answer.pieces = [feed = std::make_shared<Feed>(std::move(feed))] { return next_piece(*feed); };
  return answer;
}

}  // namespace solnoma
