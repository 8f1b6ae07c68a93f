#include "tools/serve/change_feed.hpp"

#include <fmt/format.h>

#include <memory>

#include "engine/tree_head.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/serve/change_question.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/shared/status_news.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kChanges = 100;  // of a page
constexpr std::uint64_t kMostChanges = 1'000;
constexpr std::size_t kPageText = 16 << 20;
constexpr std::size_t kPageEffort = 16'384;
// What is looked at, and said, before the next piece: no stream keeps a thread for long.
constexpr std::size_t kPieceEffort = 1'024;
constexpr std::size_t kPieceText = 256 << 10;

/// One line, without its end.
Result<std::string> json_change(const StatusChange& change, const Vantage& told) {
  std::string difference;
  auto ok = json_diff(change.differences, [&](std::string_view part) { difference += part; });
  if (!ok) return std::unexpected(ok.error());
  JsonWriter json;
  json.begin_object();
  json.key("cursor").text(change_cursor(told));
  json.key("cause").begin_object();
  if (change.event != nullptr) {
    json.key("event").text(change.event->id);
    json.key("source").text(change.event->source);
    json.key("position").count(change.event->position.value);
  } else {
    json.key("day").day(told.as_of);
  }
  json.end_object();
  json.key("diff").raw_object(std::string_view(difference).substr(0, difference.size() - 1));
  json.end_object();
  return std::string(json.text());
}

/// Where one reader stands. Its parts refer to each other: it stays where it is.
struct ChangeFeed {
  Context context;
  Log* log;
  EventFilter filter;
  StatusNews news;
  Position chosen_at;  // the head when the subjects were chosen
  std::string told;    // the newest id that was said
  bool caught_up = false;

  ChangeFeed(const Context& world, Log& l, EventFilter f, const ChangeQuestion& asked,
             const Vantage& begin)
      : context(served_context(world, l)),
        log(&l),
        filter(std::move(f)),
        news(l, filter, asked.choices.selection.types, world.local_day, begin),
        chosen_at(l.head()),
        told(change_cursor(begin)) {}
  ChangeFeed(const ChangeFeed&) = delete;
  ChangeFeed& operator=(const ChangeFeed&) = delete;

  /// Hands each change to `say(line)`, which returns whether it takes more. True: there may be
  /// more.
  template <class Say>
  Try<bool> go_on(std::size_t effort, const Say& say) {
    const Position head = log->head();
    if (chosen_at < head) {
      if (auto ok = filter.choose_subjects(); !ok) return refuse(ok);
      chosen_at = head;
    }
    auto today = context.today();
    if (!today) return refuse(today);
    return news.go_on({*today, kOpenFuture, head}, effort,
                      [&](const StatusChange& change) -> Try<bool> {
                        auto line = json_change(change, news.told());
                        if (!line) return refuse(line);
                        return say(*line);
                      });
  }
};

/// With what whoever asked goes on.
Result<std::string> next_cursor(const Log& log, const Vantage& told) {
  auto head = log.tree_head(told.at);
  if (!head) return std::unexpected(head.error());
  return fmt::format("{}/{}", to_string(*head), to_string(told.as_of));
}

HttpAnswer page_answer(const Log& log, const Vantage& told, const char* type, std::string text) {
  auto next = next_cursor(log, told);
  if (!next) return problem_answer(Failure(next.error()));
  HttpAnswer answer{.type = type};
  answer.headers.emplace_back("Solnoma-Next", *next);
  answer.headers.emplace_back("Cache-Control", "no-cache");
  answer.say(std::move(text));
  return answer;
}

HttpAnswer page(ChangeFeed& feed, const HttpRequest& request, std::uint64_t limit) {
  std::string text;
  auto more = feed.go_on(kPageEffort, [&](const std::string& line) {
    text += line + "\n";
    return --limit > 0 && text.size() < kPageText;
  });
  if (!more) return problem_answer(more.error());
  HttpAnswer answer =
      page_answer(*feed.log, feed.news.told(), "application/x-ndjson", std::move(text));
  if (*more && answer.status == 200)
    answer.headers.emplace_back(
        "Link", fmt::format("<{}>; rel=\"next\"",
                            address_with(request, "after", answer.headers.front().second)));
  return answer;
}

/// One difference in place of all changes: what a reader who was away need know.
HttpAnswer sum(Context& context, Log& log, const ChangeQuestion& asked, const Vantage& from) {
  auto today = context.today();
  if (!today) return problem_answer(today.error());
  const Vantage to{*today, kOpenFuture, log.head()};
  auto subjects = choose(log, asked.choices.selection, to);
  if (!subjects) return problem_answer(Failure(subjects.error()));
  const Differences differences(log, std::move(*subjects), from, to, asked.choices.selection,
                                DiffScope::statuses);
  std::string text;
  auto ok = json_diff(differences, [&](std::string_view part) { text += part; });
  if (!ok) return problem_answer(Failure(ok.error()));
  return page_answer(log, to, "application/json", std::move(text));
}

std::optional<std::string> next_changes(ChangeFeed& feed) {
  std::string text;
  const auto id = [&](const std::string& cursor) {
    if (feed.told == cursor) return;  // an id is said once
    text += fmt::format("id: {}\n", cursor);
    feed.told = cursor;
  };
  const auto mark = [&](std::string_view event) {
    const Vantage& told = feed.news.told();
    id(change_cursor(told));
    text += fmt::format("event: {}\ndata: {{\"position\":{},\"asOf\":\"{}\"}}\n\n", event,
                        told.at.value, to_string(told.as_of));
  };
  const Vantage before = feed.news.told();
  auto more = feed.go_on(kPieceEffort, [&](const std::string& line) {
    id(change_cursor(feed.news.told()));
    text += fmt::format("event: change\ndata: {}\n\n", line);
    return text.size() < kPieceText;
  });
  if (!more) return std::nullopt;
  if (feed.news.told() != before) feed.caught_up = false;
  if (*more) {
    if (text.empty()) mark("checkpoint");
    return text;
  }
  if (!feed.caught_up) mark("caught-up");
  feed.caught_up = true;
  return text;
}

}  // namespace

HttpAnswer feed_changes(const HttpRequest& request, const Context& world, Log& log) {
  auto asked = change_question(request, /*of_atom=*/false, kChanges, kMostChanges);
  if (!asked) return asked.error();
  if (const auto last = request.header("last-event-id")) asked->after = *last;
  const bool stream = asks_for_stream(request);
  Context context = served_context(world, log);
  auto today = context.today();
  if (!today) return problem_answer(today.error());
  Vantage begin{*today, kOpenFuture, log.head()};
  if (!asked->after.empty() || !stream) {
    auto after = vantage_of(asked->after.empty() ? "0" : asked->after, *today, world, log);
    if (!after) return after.error();
    begin = *after;
  }
  if (asked->summed && stream)
    return problem_answer(400, "a stream tells changes one by one", "leave summed out");
  if (asked->summed) {
    if (auto ok = check_types(asked->choices.selection); !ok)
      return problem_answer(Failure(ok.error()));
    return sum(context, log, *asked, begin);
  }
  auto filter = EventFilter::of(asked->choices, context, log);
  if (!filter) return problem_answer(filter.error());
  auto feed = std::make_shared<ChangeFeed>(world, log, std::move(*filter), *asked, begin);
  if (!stream) return page(*feed, request, asked->limit);
  HttpAnswer answer{.type = "text/event-stream"};
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.heartbeat = ": still here\n\n";
  answer.farewell = "retry: 1000\n\n";
  answer.pieces = [feed] { return next_changes(*feed); };
  return answer;
}

}  // namespace solnoma
