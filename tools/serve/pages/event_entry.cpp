#include "tools/serve/pages/event_entry.hpp"

#include <fmt/format.h>

#include "events/codec.hpp"
#include "events/known.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {
namespace {

std::string sources(const Shell& shell, const Event& event) {
  std::string html;
  for (const Source& source : event.sources) {
    const std::string address = web_address(source.url);
    // Whoever did not say who published it is told where it can be read.
    const std::string publisher = source.publisher.in(shell.language);
    std::string name = html_data(publisher.empty() ? source.url : publisher);
    if (!address.empty())
      name =
          fmt::format("<a href=\"{}\" rel=\"noopener noreferrer external\">{}</a>", address, name);
    html += (html.empty() ? "" : "; ") + name;
    if (!source.published.empty())
      html += ", " + html_data(date_in_words(source.published, shell.language, Wording::name));
  }
  return html;
}

/// What it says: the lines of an entry.
std::string body(const Shell& shell, const Event& event) {
  const Language language = shell.language;
  const std::string type = with_part(type_in_words(event.type, language), event);
  const auto mark = dating_of(event.type, event.modality, event.occurred, event.known);
  const auto facts = [](const std::string& html) {
    return html.empty() ? std::string() : fmt::format("<p class=\"facts\">{}</p>\n", html);
  };
  std::string html =
      fmt::format("<p class=\"event-title\">{}</p>\n", html_data(title(event, language)));
  std::string line =
      html_data(event.modality == Modality::planned ? plan_of(type, language) : type);
  if (mark && event.type != "described" && event.type != "retracted")
    line += " · " + html_data(when_in_words(event, mark->bounds, language, Wording::name));
  html += facts(fmt::format("<a href=\"/log?subject={}\">{}</a> · {}",
                            markup_escape(percent_encoded(event.subject)), html_data(event.subject),
                            line));
  std::string numbers;
  for (const Quantity& quantity : event.quantities)
    numbers += (numbers.empty() ? "" : "; ") +
               html_data(fmt::format("{}: {}", measure_in_words(quantity.measure, language),
                                     in_words(quantity, language)));
  html += facts(numbers);
  html += facts(html_data(party_list(event, language)));
  if (!event.note.empty())
    html += fmt::format("<p class=\"note\">{}</p>\n", html_data(event.note.in(language)));
  html += facts(sources(shell, event));
  html += facts(markup_escape(fill(translate(language, "known since {day}"),
                                   {{"day", day_in_words(event.known, language)}})));
  if (!event.supersedes.empty())
    html += facts(fmt::format("{}: {}", shell.word("supersedes"), html_data(event.supersedes)));
  return html;
}

std::string moment(Instant instant, Language language) {
  const std::string text = to_string(instant);  // 2026-11-28T10:15:23.000001Z
  constexpr std::size_t kTime = 11;
  constexpr std::size_t kMinutes = 5;
  return fmt::format("<time datetime=\"{}\">{}, {} UTC</time>", text,
                     markup_escape(day_in_words(day_of(instant), language)),
                     text.substr(kTime, kMinutes));
}

std::string recorded(const Shell& shell, const StoredEvent& stored) {
  const Event& event = stored.event;
  std::string html = fmt::format("<p class=\"ids\">{} {}", shell.word("recorded"),
                                 moment(stored.recorded, shell.language));
  if (!stored.recorded_by.empty()) html += fmt::format(" · {}", html_data(stored.recorded_by));
  html += fmt::format(" · {} · {}",
                      markup_escape(fill(translate(shell.language, "position {n}"),
                                         {{"n", fmt::format("{}", stored.position.value)}})),
                      html_data(event.id));
  if (shell.grant.may(Scope::propose) && event.type != "imported") {
    const std::string query = markup_escape(fmt::format(
        "event={}&source-of={}", percent_encoded(event.id), percent_encoded(event.source)));
    html += fmt::format(
        "</p>\n<p class=\"actions\"><a href=\"/correct?{0}\">{1}</a> <a "
        "href=\"/retract?{0}\">{2}</a>",
        query, shell.word("Correct"), shell.word("Retract"));
  }
  return html + "</p>\n";
}

}  // namespace

std::string event_entry(const Shell& shell, const Event& event) {
  return fmt::format("<li class=\"entry\">\n{}</li>\n", body(shell, event));
}

std::string event_entry(const Shell& shell, const StoredEvent& stored, bool fresh) {
  return fmt::format("<li class=\"entry{}\" id=\"p{}\">\n{}{}</li>\n", fresh ? " fresh" : "",
                     stored.position.value, body(shell, stored.event), recorded(shell, stored));
}

std::string event_list(const Shell& shell, std::span<const StoredEvent> events, Position sought) {
  if (events.empty()) return fmt::format("<p>{}</p>\n", shell.word("no matching events"));
  std::string html = "<ol class=\"entries\">\n";
  for (const StoredEvent& each : events) html += event_entry(shell, each, each.position == sought);
  return html + "</ol>\n";
}

}  // namespace solnoma
