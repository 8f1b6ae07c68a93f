#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/subject.hpp"
#include "tools/commands/commands.hpp"
#include "tools/io/appended_file.hpp"
#include "tools/io/shell_command.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/change_words.hpp"
#include "tools/shared/cursor.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/event_line.hpp"
#include "tools/shared/selection.hpp"
#include "tools/shared/status_news.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct FollowOptions {
  EventChoices choices;
  std::string after;
  std::string cursor, output, command;
  bool statuses = false, once = false;
  std::string format = "text";
  std::string language = "en";
};

/// What differs, a line for each status and plan.
Result<std::string> text_of(const Differences& differences, Language language) {
  const Vantage& to = differences.to();
  std::string text;
  auto ok = differences.each(
      [&](const DiffView& each) {
        std::string lines;
        for (const std::string& what : status_change_words(each, language))
          lines += fmt::format("{:>6}  {}  {:<24}  {}\n", to.at.value, to_string(to.as_of),
                               each.view.subject, what);
        return lines;
      },
      [&](const std::string& lines) { text += lines; });
  if (!ok) return std::unexpected(ok.error());
  return text;
}

Result<std::string> json_of(const Differences& differences) {
  std::string text;
  auto ok = json_diff(differences, [&](std::string_view part) { text += part; });
  if (!ok) return std::unexpected(ok.error());
  return text;
}

/// Tells what comes, and how far it has told.
class Follower {
 public:
  Follower(Context& context, const FollowOptions& options, Log& log, EventFilter& filter,
           Cursor begin, std::optional<AppendedFile> file)
      : context_(context),
        options_(options),
        log_(log),
        filter_(filter),
        news_(log, filter, options.choices.selection.types, context.local_day,
              {begin.day, kOpenFuture, begin.head.position}),
        told_(begin),
        seen_(begin.head.position),
        file_(std::move(file)) {}

  /// From an earlier position than the log has, it waits for that.
  Outcome run() {
    constexpr std::chrono::milliseconds kPatience{1000};
    // Whoever is interrupted before anything was told begins here again.
    if (auto ok = save(); !ok) return ok;
    for (;;) {
      if (auto ok = options_.statuses ? tell_changes() : tell_events(); !ok) return ok;
      if (!caught_up_) tell_caught_up();
      if (auto ok = save(); !ok) return ok;
      if (options_.once || out().failed()) return {};
      auto head = log_.wait_past(std::max(seen_, log_.head()), kPatience);
      if (!head) return refuse(head);
      if (auto ok = filter_.choose_subjects(); !ok) return refuse(ok);
    }
  }

 private:
  [[nodiscard]] Output& out() { return file_ ? file_->output() : context_.out; }

  // Events, or changes, that are worth one writing of the cursor.
  static constexpr std::size_t kMost = 1024;

  Outcome tell_changes() {
    for (;;) {
      auto today = context_.today();
      if (!today) return refuse(today);
      auto more = news_.go_on({*today, kOpenFuture, log_.head()}, kMost,
                              [&](const StatusChange& change) -> Try<bool> {
                                note_told();
                                if (auto ok = tell(change.differences); !ok) return refuse(ok);
                                return !out().failed();
                              });
      if (!more) return refuse(more);
      note_told();
      if (auto ok = save(); !ok) return ok;
      if (!*more || out().failed()) return {};
    }
  }
  void note_told() {
    told_.day = news_.told().as_of;
    seen_ = news_.told().at;
  }

  Outcome tell_events() {
    while (seen_ < log_.head() && !out().failed())
      if (auto ok = take_some(); !ok) return ok;
    auto today = context_.today();
    if (!today) return refuse(today);
    told_.day = std::max(told_.day, *today);
    return {};
  }

  Outcome take_some() {
    const Position head = log_.head();
    Outcome told;
    std::size_t count = 0;
    auto read = log_.read(seen_.next(), Direction::forwards, [&](const RecordedEvent& event) {
      told = take(event);
      return told && ++count < kMost && event.position < head && !out().failed();
    });
    if (!told) return told;
    if (!read) return refuse(read);
    return save();
  }

  Outcome take(const RecordedEvent& event) {
    seen_ = event.position;
    const auto stored = decode(event);
    if (!stored)
      return refuse(at(fmt::format("position {}", event.position.value), stored.error()));
    if (!filter_.takes(stored->event)) return {};
    return tell((options_.format == "json" ? event_to_json(*stored)
                                           : event_line(*stored, language_of(options_.language))) +
                "\n");
  }

  Outcome tell(const Differences& differences) {
    auto text = options_.format == "json" ? json_of(differences)
                                          : text_of(differences, language_of(options_.language));
    if (!text) return refuse(text);
    return tell(*text);
  }

  /// A command is run for one thing after the other, and each that it has taken is written down.
  Outcome tell(const std::string& text) {
    if (options_.command.empty()) {
      out().write(text);
      return {};
    }
    auto ok = run_shell(options_.command, text,
                        {{"SOLNOMA_POSITION", fmt::format("{}", seen_.value)},
                         {"SOLNOMA_DAY", to_string(told_.day)}});
    if (ok) return save();
    Error error = ok.error().error;
    error.what += fmt::format(", told of position {}", seen_.value);
    error.remedy = options_.cursor.empty() ? fmt::format("go on with --after {}", seen_.value - 1)
                                           : "run it again: it is told of that again";
    return std::unexpected(Failure(std::move(error), ok.error().exit));
  }

  /// What was told is safe before it counts as told.
  Outcome save() {
    out().flush();
    if (file_) {
      auto written = file_->sync();
      if (!written) return refuse(written);
      told_.file->bytes = *written;
    }
    const bool same = told_ == saved_ && seen_ == saved_.head.position;
    if (options_.cursor.empty() || out().failed() || same || seen_ > log_.head()) return {};
    if (seen_ != told_.head.position) {
      auto head = log_.tree_head(seen_);
      if (!head) return refuse(head);
      told_.head = *head;
    }
    saved_ = told_;
    return write_cursor(options_.cursor, told_);
  }

  void tell_caught_up() {
    caught_up_ = true;
    if (!options_.command.empty()) return;
    if (options_.format == "json")
      out().line(
          fmt::format(R"({{"caughtUp":{},"asOf":"{}"}})", seen_.value, to_string(told_.day)));
    else
      (void)std::fputs(fmt::format("solnoma: caught up at position {}\n", seen_.value).c_str(),
                       stderr);
  }

  Context& context_;
  const FollowOptions& options_;
  Log& log_;
  EventFilter& filter_;
  StatusNews news_;
  Cursor told_, saved_;
  Position seen_;
  std::optional<AppendedFile> file_;
  bool caught_up_ = false;
};

Outcome check(const FollowOptions& options) {
  const bool of_events = !options.choices.publishers.empty() || !options.choices.from.empty() ||
                         !options.choices.to.empty();
  if (options.statuses && of_events)
    return usage("--publisher, --from and --to are about events, not about statuses",
                 "leave them out, or --statuses");
  if (!options.command.empty() && !options.output.empty())
    return usage("--exec and --output are two ways to be told", "give one of them");
  return {};
}

/// As typed: 41 or @41.
Try<Position> position_after(std::string_view typed) {
  const std::string_view digits = typed.starts_with('@') ? typed.substr(1) : typed;
  std::uint64_t position = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
    return usage(fmt::format("--after: '{}' is no position", typed.substr(0, 60)),
                 "give a number, as 'solnoma log' shows them; 0 is before the first event");
  return Position{position};
}

Try<Cursor> beginning(Context& context, const FollowOptions& options, const Log& log) {
  if (!options.cursor.empty()) {
    auto cursor = read_cursor(options.cursor, log);
    if (!cursor) return refuse(cursor);
    if (*cursor) return **cursor;
  }
  auto today = context.today();
  if (!today) return refuse(today);
  Position at = log.head();
  Result<Day> day = *today;
  if (!options.after.empty()) {
    auto position = position_after(options.after);
    if (!position) return refuse(position);
    at = *position;
    day = day_at(log, at, *today, context.local_day);
    if (!day) return refuse(day);
  }
  if (at > log.head()) return Cursor{{at, {}}, *day};
  auto head = log.tree_head(at);
  if (!head) return refuse(head);
  return Cursor{*head, *day};
}

Outcome run(Context& context, const FollowOptions& options) {
  if (auto ok = check(options); !ok) return ok;
  auto log = context.read();
  if (!log) return refuse(log);
  auto filter = EventFilter::of(options.choices, context, **log);
  if (!filter) return refuse(filter);
  auto begin = beginning(context, options, **log);
  if (!begin) return refuse(begin);
  std::optional<AppendedFile> file;
  if (options.output.empty()) {
    begin->file.reset();
  } else {
    std::error_code error;
    const std::string path = std::filesystem::absolute(options.output, error).string();
    if (begin->file && begin->file->path != path)
      return usage(
          fmt::format("the cursor '{}' is of the file '{}'", options.cursor, begin->file->path),
          "name that with --output, or another cursor");
    auto opened =
        AppendedFile::open(path, begin->file ? std::optional(begin->file->bytes) : std::nullopt);
    if (!opened) return refuse(opened);
    file.emplace(std::move(*opened));
    begin->file = ToldFile{path};
  }
  return Follower(context, options, **log, *filter, *begin, std::move(file)).run();
}

}  // namespace

void add_follow(CommandLine& line, Context& context) {
  Command command = line.command(
      "follow", "Be told of events, or of statuses and plans that change, as they come");
  auto options = std::make_shared<FollowOptions>();
  command.option("--after", options->after, "Begin behind this position; 0: with the first event",
                 "POSITION", "from now on");
  command.option("--cursor", options->cursor,
                 "Keep in this file how far it has told, and go on from there", "FILE");
  command.flag("--statuses", options->statuses,
               "Tell of statuses and plans that change: by events, and because a day has come");
  command.option("-o,--output", options->output,
                 "Append to this file; with --cursor, never twice, whenever it is interrupted",
                 "FILE", "standard output");
  command.option("--exec", options->command,
                 "Run this by sh for each thing that is told, which is its standard input", "CMD");
  command.flag("--once", options->once, "End when all that there is was told");
  add_event_choices(command, options->choices);
  command.choice("--format", options->format, {"text", "json"}, "");
  add_language(command, options->language);
  command.footer(
      "When all that there was is told, it says so: on standard error, with --format json by a "
      "line\n"
      "{\"caughtUp\": POSITION, \"asOf\": DAY}. JSON is that of 'solnoma log', or of 'solnoma "
      "diff'.\n"
      "A command finds SOLNOMA_POSITION and SOLNOMA_DAY in its environment. One that fails ends\n"
      "the following, and is told of the same again; so is one that was interrupted.\n"
      "Example:\n  solnoma follow --after 0 --statuses --cursor told --exec 'mail -s news me@org'");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
