#include "tools/serve/change_feed.hpp"

#include <fmt/format.h>

#include <memory>

#include "engine/tree_head.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/serve/change_question.hpp"
#include "tools/serve/change_reader.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kChanges = 100;  // of a page
constexpr std::uint64_t kMostChanges = 1'000;
constexpr std::size_t kPageText = 16 << 20;
constexpr std::size_t kPageEffort = 16'384;
// What is looked at, and said, before the next piece: no stream keeps a thread for long.
constexpr std::size_t kPieceEffort = 1'024;
constexpr std::size_t kPieceText = 256 << 10;

/// Where one who hears a stream stands.
struct ChangeHearer {
  std::unique_ptr<ChangeReader> reader;
  std::string told;  // the newest id that was said
  bool caught_up = false;
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

HttpAnswer page(ChangeReader& reader, const Log& log, const HttpRequest& request,
                std::uint64_t limit) {
  std::string text;
  auto more = reader.go_on(kPageEffort, [&](const std::string& line) {
    text += line + "\n";
    return --limit > 0 && text.size() < kPageText;
  });
  if (!more) return problem_answer(more.error());
  HttpAnswer answer = page_answer(log, reader.told(), "application/x-ndjson", std::move(text));
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

std::optional<std::string> next_changes(ChangeHearer& hearer) {
  std::string text;
  const auto id = [&](const std::string& cursor) {
    if (hearer.told == cursor) return;  // an id is said once
    text += fmt::format("id: {}\n", cursor);
    hearer.told = cursor;
  };
  const auto mark = [&](std::string_view event) {
    const Vantage& told = hearer.reader->told();
    id(change_cursor(told));
    text += fmt::format("event: {}\ndata: {{\"position\":{},\"asOf\":\"{}\"}}\n\n", event,
                        told.at.value, to_string(told.as_of));
  };
  const Vantage before = hearer.reader->told();
  auto more = hearer.reader->go_on(kPieceEffort, [&](const std::string& line) {
    id(change_cursor(hearer.reader->told()));
    text += fmt::format("event: change\ndata: {}\n\n", line);
    return text.size() < kPieceText;
  });
  if (!more) return std::nullopt;
  if (hearer.reader->told() != before) hearer.caught_up = false;
  if (*more) {
    if (text.empty()) mark("checkpoint");
    return text;
  }
  if (!hearer.caught_up) mark("caught-up");
  hearer.caught_up = true;
  return text;
}

}  // namespace

HttpAnswer feed_changes(const HttpRequest& request, const Context& world, const Viewer& viewer) {
  Log& log = viewer.log;
  auto asked = change_question(request, /*of_atom=*/false, kChanges, kMostChanges);
  if (!asked) return asked.error();
  if (const auto last = request.header("last-event-id")) asked->after = *last;
  const bool stream = asks_for_stream(request);
  Context context = served_context(world, viewer);
  auto today = context.today();
  if (!today) return problem_answer(today.error());
  Vantage begin{*today, kOpenFuture, log.head()};
  if (!asked->after.empty() || !stream) {
    auto after =
        vantage_of(asked->after.empty() ? "0" : asked->after, *today, context.local_day, log);
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
  auto reader = ChangeReader::of(asked->choices, world, viewer, begin);
  if (!reader) return problem_answer(reader.error());
  if (!stream) return page(**reader, log, request, asked->limit);
  auto hearer = std::make_shared<ChangeHearer>(std::move(*reader), change_cursor(begin));
  HttpAnswer answer{.type = "text/event-stream"};
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.heartbeat = ": still here\n\n";
  answer.farewell = "retry: 1000\n\n";
  answer.pieces = [hearer] { return next_changes(*hearer); };
  return answer;
}

}  // namespace solnoma
