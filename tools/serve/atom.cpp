#include "tools/serve/atom.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xxhash.h>

#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "engine/tree_head.hpp"
#include "events/codec.hpp"
#include "tools/report/markup.hpp"
#include "tools/report/text/change_words.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/serve/change_question.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/shared/status_news.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kEntries = 50;
constexpr std::uint64_t kMostEntries = 500;
constexpr std::size_t kAtomEffort = 100'000;

XXH128_hash_t hash_of(std::string_view text) {
  return XXH3_128bits(text.data(), text.size());
}

/// A UUID of what the text names (RFC 9562, version 8).
std::string urn_of(std::string_view text) {
  const XXH128_hash_t hash = hash_of(text);
  return fmt::format("urn:uuid:{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}", hash.high64 >> 32,
                     hash.high64 >> 16 & 0xFFFF, hash.high64 & 0xFFF,
                     (hash.low64 >> 48 & 0x3FFF) | 0x8000, hash.low64 & 0xFFFF'FFFF'FFFF);
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>\n", name, markup_escape(text));
}

std::string link(std::string_view relation, std::string_view type, std::string_view address) {
  return fmt::format("<link rel=\"{}\" type=\"{}\" href=\"{}\"/>\n", relation, type,
                     markup_escape(address));
}

/// What is the same in all entries.
struct AtomFeed {
  const Log& log;
  std::string site;
  std::string name;  // of the log: what its first event's entry in the tree is
  Language language;
};

void add_publishers(const Event& event, Language language, std::set<std::string>& publishers) {
  for (const Source& source : event.sources)
    if (const std::string& name = source.publisher.in(language); !name.empty())
      publishers.insert(name);
}

/// What a change was told with: of the event that brought it, or where a day did, of the events by
/// which the subject is what it is now.
std::set<std::string> publishers_of(const DiffView& each, const StoredEvent* cause,
                                    Language language) {
  std::set<std::string> publishers;
  if (cause != nullptr) {
    add_publishers(cause->event, language, publishers);
    return publishers;
  }
  for (const PlanChange& change : each.diff.plans)
    add_publishers(each.view.event(change.plan.revision), language, publishers);
  if (each.diff.status_differs())
    for (const Revision revision : each.diff.after.because)
      add_publishers(each.view.event(revision), language, publishers);
  return publishers;
}

struct Entry {
  std::string updated, text;
};

Entry entry_of(const AtomFeed& feed, const DiffView& each, const StoredEvent* cause,
               const Vantage& to) {
  const Language language = feed.language;
  const std::vector<std::string> lines = status_change_words(each, language);
  const std::string& subject = each.view.subject;
  const std::string when = cause != nullptr ? to_string(cause->recorded)
                                            : fmt::format("{}T00:00:00Z", to_string(to.as_of));
  // A day comes once, an event is recorded once: however far the log has come meanwhile.
  const std::string name =
      cause != nullptr ? fmt::format("{}", cause->position.value) : to_string(to.as_of);
  std::string why;
  if (cause != nullptr) {
    why = translate(language, "Recorded: {}", title(cause->event, language));
    if (const std::string source = citation_in_words(cause->event, language); !source.empty())
      why += "\n" + source;
  } else {
    why = translate(language, "The day came: {}", day_in_words(to.as_of, language));
  }
  std::string address = feed.site + "/v1/report";
  for (std::size_t begin = 0; begin <= subject.size();) {
    const std::size_t end = std::min(subject.find('/', begin), subject.size());
    address += "/" + percent_encoded(std::string_view(subject).substr(begin, end - begin));
    begin = end + 1;
  }
  std::string text = "<entry>\n";
  text += element("id", urn_of(fmt::format("{}\n{}\n{}", feed.name, name, subject)));
  text += element("title", fmt::format("{}: {}", each.view.name(language), fmt::join(lines, "; ")));
  text += element("updated", when);
  for (const std::string& publisher : publishers_of(each, cause, language))
    text += fmt::format("<author>{}</author>\n", element("name", publisher));
  text += fmt::format("<category term=\"{}\"/>\n", markup_escape(subject));
  text += link("alternate", "text/html",
               fmt::format("{}.html?as-of={}&at=@{}&lang={}", address, to_string(to.as_of),
                           to.at.value, code_of(language)));
  text += fmt::format("<content type=\"text\">{}</content>\n",
                      markup_escape(fmt::format("{}\n{}", fmt::join(lines, "\n"), why)));
  return {when, text + "</entry>\n"};
}

/// What one event or one day changed, and from where.
struct Step {
  Vantage before;
  std::vector<Entry> entries;
};

/// Goes back from a vantage. A stretch before it begins where an event was recorded, or on a day
/// since: there all is told alike, from wherever one comes.
Result<Vantage> stretch_before(const Log& log, const Vantage& end, std::uint64_t length, Day today,
                               const LocalDay& local_day) {
  auto recorded = day_at(log, end.at, today, local_day);
  if (!recorded) return std::unexpected(recorded.error());
  if (end.as_of > *recorded) {
    const auto days = static_cast<std::uint64_t>(end.as_of - *recorded);
    return Vantage{Day{end.as_of.number - static_cast<std::int32_t>(std::min(days, length))},
                   kOpenFuture, end.at};
  }
  const Position at{end.at.value - std::min(end.at.value, length)};
  auto day = day_at(log, at, today, local_day);
  if (!day) return std::unexpected(day.error());
  return Vantage{std::min(*day, end.as_of), kOpenFuture, at};
}

/// The steps of a stretch, oldest first: of many, the newest, with `limit` entries or more.
Try<std::deque<Step>> steps_of(const AtomFeed& feed, StatusNews& news, const Vantage& end,
                               std::uint64_t limit, std::size_t& count) {
  std::deque<Step> steps;
  auto more = news.go_on(end, SIZE_MAX, [&](const StatusChange& change) -> Try<bool> {
    std::optional<StoredEvent> cause;
    if (change.event != nullptr) {
      auto stored = decode(*change.event);
      if (!stored) return refuse(stored);
      cause = std::move(*stored);
    }
    Step step{change.differences.from(), {}};
    auto ok = change.differences.each(
        [&](const DiffView& each) {
          return entry_of(feed, each, cause ? &*cause : nullptr, change.differences.to());
        },
        [&](Entry made) { step.entries.push_back(std::move(made)); });
    if (!ok) return refuse(ok);
    std::ranges::reverse(step.entries);
    count += step.entries.size();
    steps.push_back(std::move(step));
    while (count - steps.front().entries.size() >= limit) {
      count -= steps.front().entries.size();
      steps.pop_front();
    }
    return true;
  });
  if (!more) return refuse(more);
  return steps;
}

}  // namespace

HttpAnswer atom_of_changes(const HttpRequest& request, const Context& world, const Viewer& viewer) {
  Log& log = viewer.log;
  auto asked = change_question(request, /*of_atom=*/true, kEntries, kMostEntries);
  if (!asked) return asked.error();
  Context context = served_context(world, viewer);
  auto today = context.today();
  if (!today) return problem_answer(today.error());
  Vantage end{*today, kOpenFuture, log.head()};
  const std::string site = site_of(request);
  const XXH128_hash_t hash = hash_of(fmt::format("{}\n{}\n{}\n{}\n{}", SOLNOMA_VERSION, site,
                                                 address_with(request, "", std::nullopt),
                                                 change_cursor(end), viewer.sight));
  NamedValues headers{{"ETag", fmt::format("\"{:016x}{:016x}\"", hash.high64, hash.low64)},
                      {"Cache-Control", viewer.everyone ? "no-cache" : "private, no-cache"},
                      {"Vary", "Authorization, Cookie"}};
  if (const auto known = request.header("if-none-match");
      known && known->find(headers.front().second) != std::string_view::npos)
    return HttpAnswer{.status = 304, .headers = std::move(headers)};

  if (!asked->before.empty()) {
    auto before = vantage_of(asked->before, *today, context.local_day, log);
    if (!before) return before.error();
    end = *before;
  }
  auto filter = EventFilter::of(asked->choices, context, log);
  if (!filter) return problem_answer(filter.error());
  auto first = log.tree_head(std::min(log.head(), Position{1}));
  if (!first) return problem_answer(Failure(first.error()));
  const AtomFeed feed{log, site, to_string(*first), asked->language};

  std::vector<Entry> entries;
  Vantage begin = end;
  std::size_t effort = 0;
  for (std::uint64_t length = 64; entries.size() < asked->limit && effort < kAtomEffort;
       length *= 2) {
    auto from = stretch_before(log, begin, length, *today, context.local_day);
    if (!from) return problem_answer(Failure(from.error()));
    if (*from == begin) break;  // before the first event
    StatusNews news(log, *filter, asked->choices.selection.types, context.local_day, *from);
    std::size_t count = 0;
    auto steps = steps_of(feed, news, begin, asked->limit - entries.size(), count);
    if (!steps) return problem_answer(steps.error());
    effort += news.looked_at() + length;
    const bool whole = entries.size() + count < asked->limit;
    for (auto step = steps->rbegin(); step != steps->rend(); ++step)
      std::ranges::move(step->entries, std::back_inserter(entries));
    begin = whole || steps->empty() ? *from : steps->front().before;
  }

  HttpAnswer answer{.type = "application/atom+xml", .headers = std::move(headers)};
  const std::string title_text(translate(asked->language, "Changes of statuses and plans"));
  const auto page = [&](const std::optional<std::string>& before) {
    return feed.site + address_with(request, "before", before);
  };
  const std::string updated =
      entries.empty() ? fmt::format("{}T00:00:00Z", to_string(*today)) : entries.front().updated;
  std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  text += fmt::format("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
                      code_of(asked->language));
  text += element("id", urn_of(feed.name + address_with(request, "before", std::nullopt)));
  text += element("title", title_text);
  text += element("updated", updated);
  text += fmt::format("<author>{}</author>\n", element("name", "solnoma"));
  text += fmt::format("<generator version=\"{}\">solnoma</generator>\n", SOLNOMA_VERSION);
  text += link("self", answer.type, feed.site + address_with(request, "", std::nullopt));
  text += link("first", answer.type, page(std::nullopt));
  if (begin.at.value != 0) text += link("next", answer.type, page(change_cursor(begin)));
  for (const Entry& each : entries) text += each.text;
  answer.say(text + "</feed>\n");
  return answer;
}

}  // namespace solnoma
