#include "tools/report/words/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/text/text.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

std::string not_later(Day day, Language language) {
  return translate(language, "by {}", to_string(day));
}

/// A name without its hyphens: "under construction".
std::string spoken(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '-', ' ');
  return words;
}

/// Names are English words with hyphens; a translation is words already.
std::string spoken(std::string_view name, Language language, std::string_view translated) {
  return language == Language::en ? spoken(name) : std::string(translated);
}

using DateText = std::function<std::string(const std::string&)>;

std::string cite(const Event& event, Language language, bool addresses, const DateText& date) {
  std::string text;
  for (const Source& source : event.sources) {
    std::string one = source.publisher.in(language);
    const auto add = [&](const std::string& part) {
      if (!part.empty()) one += (one.empty() ? "" : ", ") + part;
    };
    if (!source.published.empty()) add(date(source.published));
    if (addresses) add(source.url);
    text += (text.empty() ? "" : "; ") + one;
  }
  return visible(text);
}

std::string as_recorded(const std::string& date) {
  return date;
}

DateText named(Language language) {
  return
      [language](const std::string& date) { return date_in_words(date, language, Wording::name); };
}

/// Whether less is left of the date than it says, because by then it was told.
bool is_cut(const Event& event, Bounds bounds) {
  const auto edtf = parse_edtf(event.occurred);
  return edtf && edtf->bounds.latest != bounds.latest && is_calendar_day(bounds.latest);
}

std::string phrase(const StatusAt& status, Language language,
                   const std::function<std::string(Status)>& word) {
  std::string text = word(status.status);
  std::string among;
  for (std::size_t i = 0; i < kStatuses; ++i) {
    const auto other = static_cast<Status>(i);
    if (!status.possible.test(i) || other == status.status) continue;
    if (status.exact)
      text += ", " + translate(language, "possibly {}", word(other));
    else
      among += (among.empty() ? "" : ", ") + word(other);
  }
  if (!among.empty()) text += ", " + translate(language, "possibly among: {}", among);
  return text;
}

}  // namespace

std::string when(const Event& event, Bounds bounds, Language language) {
  if (event.occurred.empty())
    return event.modality == Modality::planned ? std::string(translate(language, "no date"))
                                               : not_later(event.known, language);
  return is_cut(event, bounds)
             ? fmt::format("{}, {}", event.occurred, not_later(bounds.latest, language))
             : event.occurred;
}

std::string when_in_words(const Event& event, Bounds bounds, Language language, Wording wording) {
  if (event.occurred.empty())
    return event.modality == Modality::planned ? std::string(translate(language, "no date"))
                                               : by_in_words(event.known, language);
  return is_cut(event, bounds) ? date_by_in_words(event.occurred, bounds.latest, language, wording)
                               : date_in_words(event.occurred, language, wording);
}

std::string phrase(const StatusAt& status, Language language) {
  return phrase(status, language,
                [language](Status each) { return std::string(translate(language, name(each))); });
}

std::string in_words(const StatusAt& status, Language language) {
  return phrase(status, language, [language](Status each) { return in_words(each, language); });
}

std::string in_words(Status status, Language language) {
  return spoken(name(status), language, translate(language, name(status)));
}

std::string_view in_words(Rule rule, Language language) {
  switch (rule) {
    case Rule::nothing_recorded:
      return translate(language, "nothing that counts is known to have happened by then");
    case Rule::milestone:
      return translate(language, "a milestone was passed, and a stage once reached is kept");
    case Rule::plan:
      return translate(language, "a plan became known, which alone makes it announced");
    case Rule::suspended:
      return translate(language, "work was suspended, and nothing has lifted that since");
    case Rule::resumed:
      return translate(language, "work was resumed, at the stage that it had reached");
    case Rule::cancelled:
      return translate(language, "it was cancelled, which only being reinstated can undo");
    case Rule::retired:
      return translate(language, "it was retired, which only being reinstated can undo");
    case Rule::reinstated:
      return translate(language, "it was reinstated, at the stage that it had reached");
  }
  return "";
}

std::string_view in_words(Change change, Language language) {
  switch (change) {
    case Change::became_known:
      return translate(language, "was recorded");
    case Change::happened:
      return translate(language, "happened");
    case Change::corrected:
      return translate(language, "was corrected");
    case Change::retracted:
      return translate(language, "was retracted");
    case Change::recorded_and_retracted:
      return translate(language, "was recorded and retracted");
    case Change::reinstated:
      return translate(language, "counts again");
    case Change::unknown:
      return translate(language, "not known yet");
    case Change::not_happened:
      return translate(language, "had not happened yet");
  }
  return "";
}

std::string type_name(std::string_view type, Language language) {
  return visible(translate_in(language, "event", type));
}

std::string type_in_words(std::string_view type, Language language) {
  return visible(spoken(type, language, translate_in(language, "event", type)));
}

std::string party_list(const Event& event, Language language) {
  std::string text;
  for (const LocalText& party : event.parties)
    text += (text.empty() ? "" : "; ") + party.in(language);
  return text;
}

std::string plan_of(std::string_view what, Language language) {
  return translate(language, "plan: {}", what);
}

std::string publishers(const Event& event, Language language) {
  return cite(event, language, /*addresses=*/false, as_recorded);
}

std::string publishers_in_words(const Event& event, Language language) {
  return cite(event, language, /*addresses=*/false, named(language));
}

std::string citation(const Event& event, Language language) {
  return cite(event, language, /*addresses=*/true, as_recorded);
}

std::string citation_in_words(const Event& event, Language language) {
  return cite(event, language, /*addresses=*/true, named(language));
}

std::string title(const Event& event, Language language) {
  if (!event.title.empty()) return visible(event.title.in(language));
  if (event.description) return visible(event.description->names.in(language));
  if (!event.note.empty() && event.type == kEventTypes[kRetracted].name)
    return one_line(event.note.in(language));  // the reason
  return type_name(event.type, language);
}

std::string phrase(const Vantage& vantage, Language language) {
  return fmt::format("{}, {}, {}", translate(language, "as of {}", to_string(vantage.as_of)),
                     is_calendar_day(vantage.known_by)
                         ? translate(language, "known by {}", to_string(vantage.known_by))
                         : std::string(translate(language, "all that is known")),
                     translate(language, "log position {}", fmt::format("{}", vantage.at.value)));
}

std::string in_words(const Vantage& vantage, Language language) {
  const auto with_day = [&](std::string_view pattern, Day day) {
    return translate(language, pattern, day_in_words(day, language));
  };
  return fmt::format("{}, {}, {}", with_day(message("as of {}"), vantage.as_of),
                     is_calendar_day(vantage.known_by)
                         ? with_day(message("known by {}"), vantage.known_by)
                         : std::string(translate(language, "all that is known")),
                     translate(language, "log position {}", fmt::format("{}", vantage.at.value)));
}

}  // namespace solnoma
