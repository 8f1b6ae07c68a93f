#include "tools/report/text/report.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "events/subject.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/text/markup.hpp"
#include "tools/report/text/paint.hpp"
#include "tools/report/text/table.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

using Table = std::vector<std::vector<std::string>>;

std::string word(Language language, std::string_view english) {
  return std::string(translate(language, english));
}

std::string portrait(const SubjectView& view, Language language, const TextMarkup& markup) {
  std::string text;
  if (view.description)
    for (const DescriptionFact& fact : description_in_words(*view.description, language))
      text += markup.item(fmt::format("{}: {}", fact.name, isolated(fact.text)));
  return text;
}

std::string subject_heading(const SubjectView& view, Language language, const TextMarkup& markup,
                            int level) {
  return markup.heading(view.description
                            ? fmt::format("{} ({})", isolated(view.name(language)), view.subject)
                            : view.subject,
                        level);
}

using Sources = std::set<std::string>;

void add_sources(const SubjectView& view, Language language, const TextMarkup& markup,
                 Sources& sources) {
  for (const TimelineMark& mark : view.marks)
    if (std::string source = markup.style == Style::full
                                 ? citation_in_words(view.event(mark.revision), language)
                                 : citation(view.event(mark.revision), language);
        !source.empty())
      sources.insert(std::move(source));
}

std::string source_list(const Sources& sources, Language language, const TextMarkup& markup,
                        int level) {
  if (sources.empty()) return "";
  std::string text = markup.heading(word(language, "Sources"), level);
  for (const std::string& source : sources) text += markup.item(source);
  return text;
}

std::string section(const SubjectView& view, Language language, const TextMarkup& markup,
                    const Screen& screen) {
  std::string text = subject_heading(view, language, markup, 3);
  if (has_status(view.subject))
    text +=
        markup.item(fmt::format("{}: {}", translate(language, "Status"),
                                markup.style == Style::full ? in_words(view.status, language)
                                                            : painted(phrase(view.status, language),
                                                                      view.status.status, screen)));
  text += portrait(view, language, markup);
  for (const std::string& line : figure_lines(view, language, markup.style))
    text += markup.item(line);
  const auto plans = plan_lines(view, language, markup.style);
  for (std::size_t i = 0; i < plans.size(); ++i)
    text += markup.item(plan_state(plan_of(plans[i], language), view.plans[i], screen));
  if (!view.marks.empty())
    text += "\n" + markup.table(timeline_rows(view, language, markup.style, screen), screen);
  return text;
}

/// Beyond so many subjects nobody reads one list of all sources, nor should it be held.
constexpr std::size_t kSourcesTogether = 1'000;

/// A whole report, piece by piece.
class Writer {
 public:
  Writer(const Report& report, const Sink& sink, const TextMarkup& markup,
         const Screen& screen = {})
      : report_(report),
        language_(report.language()),
        markup_(markup),
        screen_(screen),
        gaps_(sink) {}

  Result<void> run() {
    gaps_(markup_.heading(word(language_, "Chronicle report"), 1));
    gaps_(markup_.paragraph(markup_.style == Style::full ? in_words(report_.vantage(), language_)
                                                         : phrase(report_.vantage(), language_)));
    if (auto ok = board(); !ok) return ok;
    if (auto ok = sections(report_.with_status(true), message("Timeline")); !ok) return ok;
    if (auto ok = sections(report_.with_status(false), message("Relations and programmes")); !ok)
      return ok;
    if (nothing_) {
      gaps_(markup_.paragraph(word(language_, "nothing recorded is visible from here")));
      return {};
    }
    gaps_(source_list(sources_, language_, markup_, 2));
    const auto head = report_.head();
    if (!head) return std::unexpected(head.error());
    gaps_("\n" + markup_.paragraph(fmt::format("solnoma {}", SOLNOMA_VERSION)) +
          markup_.paragraph(to_string(*head)));
    return {};
  }

 private:
  Result<void> board() {
    Table rows;
    const Report parks = report_.with_status(true);
    auto ok = parks.each(
        [&](const SubjectView& view) {
          return parks.shows(view) ? board_row(view, language_, markup_.style, screen_)
                                   : std::vector<std::string>();
        },
        [&](std::vector<std::string>&& row) {
          if (!row.empty()) rows.push_back(std::move(row));
        },
        Shown::board);
    if (!ok || rows.empty()) return ok;
    rows.insert(rows.begin(), board_head(language_));
    gaps_(markup_.heading(word(language_, "Board"), 2) + markup_.table(rows, screen_));
    return {};
  }

  Result<void> sections(const Report& part, std::string_view heading) {
    const bool together = report_.subjects() <= kSourcesTogether;
    bool first = true;
    return part.each(
        [&](const SubjectView& view) {
          std::pair<std::string, Sources> made;
          if (!part.shows(view)) return made;
          made.first = section(view, language_, markup_, screen_);
          add_sources(view, language_, markup_, made.second);
          if (!together) made.first += source_list(made.second, language_, markup_, 4);
          return made;
        },
        [&](std::pair<std::string, Sources>&& made) {
          if (made.first.empty()) return;
          if (first) gaps_(markup_.heading(word(language_, heading), 2));
          first = false;
          nothing_ = false;
          gaps_(made.first);
          if (together) sources_.merge(made.second);
        });
  }

  const Report& report_;
  Language language_;
  const TextMarkup& markup_;
  Screen screen_;
  Gaps gaps_;
  Sources sources_;
  bool nothing_ = true;
};

}  // namespace

Result<void> markdown_report(const Report& report, const Sink& sink) {
  return Writer(report, sink, kMarkdown).run();
}

Result<void> text_report(const Report& report, const Sink& sink) {
  return text_report_on({}, report, sink);
}

Result<void> text_report_on(const Screen& screen, const Report& report, const Sink& sink) {
  return Writer(report, sink, kPlainText, screen).run();
}

Result<void> markdown_timeline(const Report& report, const Sink& sink) {
  const Language language = report.language();
  Gaps gaps(sink);
  gaps(kMarkdown.heading(word(language, "Timeline"), 1));
  gaps(kMarkdown.paragraph(in_words(report.vantage(), language)));
  bool nothing = true;
  auto ok = report.each(
      [&](const SubjectView& view) {
        if (!report.shows_marks(view)) return std::string();
        return subject_heading(view, language, kMarkdown, 2) +
               (view.marks.empty() ? kMarkdown.paragraph(word(language, "no marks"))
                                   : markdown_table(timeline_rows(view, language, Style::full)));
      },
      [&](const std::string& text) {
        nothing = nothing && text.empty();
        gaps(text);
      });
  if (ok && nothing)
    gaps("\n" + kMarkdown.paragraph(word(language, "nothing recorded is visible from here")));
  return ok;
}

}  // namespace solnoma
