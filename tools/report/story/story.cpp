#include "tools/report/story/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "events/subject.hpp"
#include "projections/explain.hpp"
#include "projections/rows.hpp"
#include "tools/report/article/event_words.hpp"
#include "tools/report/story/doubts.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

/// One method for each part of the story, in their order.
class Story {
 public:
  Story(const SubjectView& view, const Vantage& vantage, const TreeHead& head, Language language,
        Style style)
      : view_(view),
        vantage_(vantage),
        words_(view, language, style),
        language_(language),
        style_(style) {
    article_.language = language;
    article_.title = view.name(language);
    article_.vantages = {style == Style::full ? in_words(vantage, language)
                                              : phrase(vantage, language)};
    article_.summary = state();
    article_.head = to_string(head);
  }

  Article tell() && {
    what_it_is();
    what_happened();
    plans();
    numbers();
    corrections();
    what_is_not_known();
    to_quote();
    article_.sources.assign(words_.cited().begin(), words_.cited().end());
    return std::move(article_);
  }

 private:
  [[nodiscard]] std::string word(std::string_view english) const {
    return std::string(translate(language_, english));
  }

  /// "under construction; since: March 2022".
  [[nodiscard]] std::string state() const {
    if (!view_.visible()) return word("nothing recorded is visible from here");
    if (!has_status(view_.subject)) return view_.subject;
    const std::string status =
        style_ == Style::full ? in_words(view_.status, language_) : phrase(view_.status, language_);
    const std::string from = since(view_, view_.status, language_, style_);
    return from.empty() ? status
                        : fmt::format("{}; {}: {}", status, translate(language_, "since"), from);
  }

  void part(std::string_view id, std::string_view heading, std::vector<Block> blocks) {
    article_.parts.push_back({std::string(id), word(heading), std::move(blocks)});
  }
  /// Left out where it has nothing to tell.
  void list(std::string_view id, std::string_view heading, std::vector<Sentence> items) {
    if (!items.empty()) part(id, heading, {List{std::move(items)}});
  }

  void what_it_is() {
    std::vector<Sentence> items{{view_.subject}};
    if (view_.description)
      for (const DescriptionFact& fact : description_in_words(*view_.description, language_))
        items.push_back({fmt::format("{}: {}", fact.name, fact.text)});
    const Revision described = described_by(view_.subject_events(), view_.effective);
    if (described.value != 0) items.front().sources = words_.sources(described);
    list("subject", message("What it is"), std::move(items));
  }

  void what_happened() {
    std::vector<Sentence> items;
    for (const TimelineMark& mark : view_.marks) {
      if (mark.happened == Happened::planned) continue;
      std::string text =
          fmt::format("{}: {}", words_.when(mark.revision), words_.told(mark.revision));
      if (mark.happened == Happened::possibly)
        text += fmt::format(" ({})", translate(language_, "possibly"));
      items.push_back({std::move(text), words_.sources(mark.revision)});
    }
    list("happened", message("What happened"), std::move(items));
  }

  void plans() {
    std::vector<Sentence> items;
    const std::vector<std::string> lines = plan_lines(view_, language_, style_);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Plan& plan = view_.plans[i];
      std::string text = fmt::format("{}. {}", lines[i], words_.told(plan.revision));
      if (plan.met_by.value != 0 && plan.state == PlanState::met)
        text += fmt::format(" → {}: {}", words_.when(plan.met_by), words_.told(plan.met_by));
      items.push_back({std::move(text), words_.sources(plan.revision)});
    }
    list("plans", message("What was planned, and what came of it"), std::move(items));
  }

  void numbers() {
    Table table{{word("Measure"), word("When"), word("Number"), word("Source")}, {}};
    std::map<std::string, std::vector<std::vector<Cell>>> by_measure;
    for (const TimelineMark& mark : view_.marks) {
      const Event& event = view_.event(mark.revision);
      for (const Quantity& quantity : event.quantities) {
        std::string amount =
            style_ == Style::full ? in_words(quantity, language_) : phrase(quantity, language_);
        if (mark.happened != Happened::certainly)
          amount += fmt::format(" ({})", translate(language_, mark.happened == Happened::planned
                                                                  ? message("plan")
                                                                  : message("possibly")));
        by_measure[quantity.measure].push_back(
            {{{measure_in_words(quantity.measure, language_) + part_behind(event.part)}},
             {{words_.when(mark.revision)}},
             {{std::move(amount)}},
             words_.sources(mark.revision)});
      }
    }
    for (auto& [measure, rows] : by_measure)
      std::ranges::move(rows, std::back_inserter(table.rows));
    if (table.rows.empty()) return;
    List now;
    for (const std::string& line : figure_lines(view_, language_, style_))
      now.items.push_back({line});
    std::vector<Block> blocks;
    blocks.emplace_back(std::move(table));
    if (!now.items.empty()) {
      blocks.emplace_back(Paragraph{{word("What holds on these dates:")}});
      blocks.emplace_back(std::move(now));
    }
    part("numbers", message("Numbers over time"), std::move(blocks));
  }

  void corrections() {
    std::vector<Sentence> items;
    for (std::size_t i = 0; i < view_.rows.size(); ++i) {
      const Revision by = view_.effective.superseded_by[i];
      if (!view_.effective.visible(i) || by.value == 0 || is_retraction(view_.rows[i])) continue;
      const Revision old = revision_of(i);
      const bool withdrawn = is_retraction(view_.rows[index_of(by)]);
      const Event& news = view_.event(by);
      std::string text =
          fmt::format("{}: {}; {}, {}: {}", words_.when(old), words_.told(old),
                      in_words(withdrawn ? Change::retracted : Change::corrected, language_),
                      words_.day(news.known),
                      withdrawn ? title(news, language_)
                                : fmt::format("{}: {}", words_.when(by), words_.told(by)));
      items.push_back({std::move(text), words_.sources(by)});
    }
    list("corrections", message("What was corrected"), std::move(items));
  }

  void what_is_not_known() {
    list("unknown", message("What is not known"),
         doubts(view_, explain(view_.rows, vantage_), language_, style_));
  }

  void to_quote() {
    const std::string quotation =
        fmt::format("{} ({}): {}; {}; solnoma {}", view_.name(language_), view_.subject, state(),
                    article_.vantages.front(), article_.head);
    std::string link = fmt::format("#as-of={}", to_string(vantage_.as_of));
    if (is_calendar_day(vantage_.known_by))
      link += fmt::format("&known-by={}", to_string(vantage_.known_by));
    link += fmt::format("&why={}", view_.subject);
    part("quotation", message("To quote it"),
         {Quotation{quotation},
          Paragraph{{word("A link, to be put behind the address of a report's page:")}},
          Quotation{link}});
  }

  const SubjectView& view_;
  const Vantage& vantage_;
  EventWords words_;
  Language language_;
  Style style_;
  Article article_;
};

}  // namespace

Article story(const SubjectView& view, const Vantage& vantage, const TreeHead& head,
              Language language, Style style) {
  return Story(view, vantage, head, language, style).tell();
}

}  // namespace solnoma
