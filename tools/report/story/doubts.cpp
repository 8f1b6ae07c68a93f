#include "tools/report/story/doubts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "tools/report/article/event_words.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

class Doubts {
 public:
  Doubts(const SubjectView& view, const Explanation& explanation, Language language, Style style)
      : view_(view),
        explanation_(explanation),
        words_(view, language, style),
        language_(language),
        style_(style) {}

  std::vector<Sentence> tell() && {
    if (!view_.visible()) return {};
    other_statuses();
    for (const auto& [key, marks] : marks_of_once()) {
      if (differ(marks)) sources_differ(marks);
    }
    for (const TimelineMark& mark : view_.marks) days(mark);
    left_out();
    silence();
    return std::move(sentences_);
  }

 private:
  using Marks = std::vector<const TimelineMark*>;

  void say(std::string text, Cell sources = {}) {
    sentences_.push_back({std::move(text), std::move(sources)});
  }

  [[nodiscard]] std::string what(const TimelineMark& mark) const {
    const Event& event = view_.event(mark.revision);
    return with_part(style_ == Style::full ? type_in_words(event.type, language_)
                                           : type_name(event.type, language_),
                     event);
  }

  void other_statuses() {
    if (!has_status(view_.subject) || view_.status.certain()) return;
    say(fmt::format("{}: {}", translate(language_, "Status"),
                    style_ == Style::full ? in_words(view_.status, language_)
                                          : phrase(view_.status, language_)));
  }

  /// The marks of what happens once, by type and part.
  [[nodiscard]] std::map<std::pair<TypeCode, std::string>, Marks> marks_of_once() const {
    std::map<std::pair<TypeCode, std::string>, Marks> found;
    for (const TimelineMark& mark : view_.marks)
      if (mark.happened != Happened::planned && event_type(mark.type).once)
        found[{mark.type, view_.event(mark.revision).part}].push_back(&mark);
    return found;
  }

  static bool differ(const Marks& marks) {
    return std::ranges::any_of(
        marks, [&](const TimelineMark* each) { return each->bounds != marks.front()->bounds; });
  }

  /// "opened: sources differ: April 2023; May 2023".
  void sources_differ(const Marks& marks) {
    std::string dates;
    Cell sources;
    for (const TimelineMark* mark : marks) {
      dates += (dates.empty() ? "" : "; ") + words_.when(mark->revision);
      std::ranges::move(words_.sources(mark->revision), std::back_inserter(sources));
    }
    say(fill(translate(language_, "{what}: sources differ: {dates}"),
             {{"what", what(*marks.front())}, {"dates", dates}}),
        std::move(sources));
  }

  /// Between which days something happened. Of a plan nothing is known before it is met.
  void days(const TimelineMark& mark) {
    const auto& [first, last] = mark.bounds;
    if (mark.happened == Happened::planned || first == last) return;
    const auto day = [&](Day each) { return words_.day(each); };
    if (is_calendar_day(first) && is_calendar_day(last))
      say(fill(translate(language_, "{what}: on some day between {first} and {last}"),
               {{"what", what(mark)}, {"first", day(first)}, {"last", day(last)}}));
    else if (is_calendar_day(last))
      say(fill(translate(language_, "{what}: not later than {last}; since when is not known"),
               {{"what", what(mark)}, {"last", day(last)}}));
    else
      say(fill(translate(language_, "{what}: on an unknown day"), {{"what", what(mark)}}));
  }

  void left_out() {
    std::string missing;
    const auto add = [&](std::string_view name, bool there) {
      if (!there)
        missing += fmt::format("{}{}", missing.empty() ? "" : ", ", translate(language_, name));
    };
    const bool described = view_.description.has_value();
    const Description description = described ? *view_.description : Description();
    add(message("Country"), !description.country.empty());
    add(message("Region"), !description.region.empty());
    add(message("Partner"), !description.partner.empty() || !description.partners.empty());
    add(message("Sectors"), !description.sectors.empty());
    if (!missing.empty()) say(translate(language_, "not recorded: {}", missing));
  }

  void silence() {
    if (explanation_.silent)
      say(translate(language_, "inference: no news for more than two years, since {}",
                    words_.day(explanation_.last_news)));
  }

  const SubjectView& view_;
  const Explanation& explanation_;
  EventWords words_;
  Language language_;
  Style style_;
  std::vector<Sentence> sentences_;
};

}  // namespace

std::vector<Sentence> doubts(const SubjectView& view, const Explanation& explanation,
                             Language language, Style style) {
  return Doubts(view, explanation, language, style).tell();
}

}  // namespace solnoma
