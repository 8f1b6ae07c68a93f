#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/view/subject_names.hpp"
#include "tools/shared/event_filter.hpp"
#include "tools/shared/event_line.hpp"
#include "tools/shared/event_lines.hpp"
#include "tools/shared/lacks_index.hpp"
#include "tools/shared/selection.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

struct LogOptions {
  std::string subject;
  EventChoices choices;
  std::uint64_t limit = 0;
  bool follow = false;
  bool recorded = false;
  std::string format = "text";
  std::string language = "en";
};

/// "  recorded 2026-11-26T11:09:38.123456Z by anna".
std::string recorded(const StoredEvent& stored) {
  return fmt::format("  recorded {}{}", to_string(stored.recorded),
                     stored.recorded_by.empty() ? "" : " by " + visible(stored.recorded_by));
}

class Printer {
 public:
  Printer(Context& context, const LogOptions& options, const EventFilter& filter)
      : options_(options),
        filter_(filter),
        lines_(context.out, [this](const StoredEvent& stored, std::string& lines) {
          if (!filter_.takes(stored.event)) return;
          has_told_ = true;
          if (options_.format == "json")
            event_to_json(stored, lines);
          else
            lines += event_line(stored, language_of(options_.language));
          if (options_.recorded && options_.format == "text") lines += recorded(stored);
          lines += '\n';
        }) {}

  bool operator()(const RecordedEvent& recorded) {
    if (!options_.subject.empty() && recorded.subject != options_.subject) return true;
    has_read_ = true;
    return lines_.add(recorded);
  }
  /// Whether there was an event of the subject.
  [[nodiscard]] bool has_read() const { return has_read_; }
  /// Whether one of them was told. After finish().
  [[nodiscard]] bool has_told() const { return has_told_; }

  /// Whether it would be shown.
  [[nodiscard]] bool takes(const RecordedEvent& recorded) {
    if (!options_.subject.empty() && recorded.subject != options_.subject) return false;
    if (filter_.takes_all()) return true;
    const auto stored = decode(recorded);
    return !stored || filter_.takes(stored->event);
  }

  Outcome finish(const Result<void>& read) {
    if (auto ok = lines_.finish(); !ok) return refuse(ok);
    if (!read) return refuse(read);
    return {};
  }

 private:
  const LogOptions& options_;
  const EventFilter& filter_;
  bool has_read_ = false;
  std::atomic<bool> has_told_ = false;  // by any of the threads that tell
  EventLines lines_;
};

/// With a limit: the newest so many, in log order.
Result<std::vector<Position>> newest(const Log& log, const LogOptions& options, Printer& printer,
                                     bool by_scan) {
  std::vector<Position> positions;
  const auto take = [&](const RecordedEvent& event) {
    if (printer.takes(event)) positions.push_back(event.position);
    return positions.size() < options.limit;
  };
  auto ok =
      by_scan || options.subject.empty()
          ? log.read(log.head(), Direction::backwards, take)
          : log.read_subject(options.subject, Revision{UINT32_MAX}, Direction::backwards, take);
  if (!ok) return std::unexpected(ok.error());
  std::ranges::reverse(positions);
  return positions;
}

Outcome follow(Log& log, EventFilter& filter, Printer& printer, Output& out) {
  constexpr std::chrono::milliseconds kPatience{1000};
  Position seen = log.head();
  for (;;) {
    out.flush();
    if (out.failed()) return {};
    auto head = log.wait_past(seen, kPatience);
    if (!head) return refuse(head);
    if (*head == seen) continue;
    if (auto ok = filter.choose_subjects(); !ok) return refuse(ok);
    if (auto ok = printer.finish(log.read(seen.next(), Direction::forwards, std::ref(printer)));
        !ok)
      return ok;
    seen = *head;
  }
}

void tell_waiting(const Error& missing) {
  const std::string line = fmt::format(
      "solnoma: {}; waiting for it{}", missing.what,
      missing.remedy.starts_with("did you mean") ? " (" + missing.remedy + ")" : std::string());
  (void)std::fputs((visible(line) + "\n").c_str(), stderr);
}

void tell_scan(const Error& lacking) {
  const std::string line = fmt::format("solnoma: {}; the whole log is read instead", lacking.what);
  (void)std::fputs((visible(line) + "\n").c_str(), stderr);
}

Outcome run(Context& context, LogOptions options) {
  auto log = context.read();
  if (!log) return refuse(log);
  auto filter = EventFilter::of(options.choices, context, **log);
  if (!filter) return refuse(filter);
  if (!options.follow) context.page();
  Printer printer(context, options, *filter);
  bool by_scan = false;  // the events of a subject stand in the log, too
  if (!options.subject.empty()) {
    if (auto found = find_subject(**log, options.subject); found) {
      options.subject = found->first;
    } else if (lacks_index(found.error(), context)) {
      tell_scan(found.error());
      by_scan = true;
    } else {
      const bool waits = options.follow && found.error().code == Errc::not_found;
      if (!waits) return refuse_choice(found);
      // What is waited for may be mistyped: that is said, and what is near.
      tell_waiting(found.error());
      return follow(**log, *filter, printer, context.out);
    }
  }
  if (options.limit > 0) {
    auto positions = newest(**log, options, printer, by_scan);
    if (!positions) return refuse(positions);
    if (auto ok = printer.finish((*log)->read_at(*positions, std::ref(printer))); !ok) return ok;
  } else {
    auto read = by_scan || options.subject.empty()
                    ? (*log)->read(Position{1}, Direction::forwards, std::ref(printer))
                    : (*log)->read_subject(options.subject, Revision{1}, Direction::forwards,
                                           std::ref(printer));
    if (auto ok = printer.finish(read); !ok) return ok;
  }
  if (by_scan && !printer.has_read())
    return refuse(fail(Errc::not_found,
                       fmt::format("nothing is recorded of '{}' by this name", options.subject),
                       "write it in full, as in park/chirchik"));
  if (options.follow) return follow(**log, *filter, printer, context.out);
  if (!printer.has_told()) context.note("no matching events");
  return {};
}

}  // namespace

void add_log(CommandLine& line, Context& context) {
  Command command = line.command("log", "Show events in the order of the log");
  auto options = std::make_shared<LogOptions>();
  command.argument("SUBJECT", options->subject, "Only of this subject", /*required=*/false);
  add_event_choices(command, options->choices);
  command.number("--limit", options->limit, "Only the newest so many", 1, UINT64_MAX, "all");
  command.flag("--follow", options->follow, "Go on with new events as they are recorded");
  command.flag("--recorded", options->recorded, "Also when each was recorded, and by whom");
  command.choice("--format", options->format, {"text", "json"}, "");
  add_language(command, options->language);
  command.footer(
      "Columns of the text: position, known, subject, type and when, title, id.\n"
      "The JSON is that of export, CloudEvents one a line.");
  command.run([&context, options] { return run(context, *options); });
}

}  // namespace solnoma
