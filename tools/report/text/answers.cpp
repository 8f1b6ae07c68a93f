#include "tools/report/text/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "events/text/id_text.hpp"
#include "events/text/text.hpp"
#include "tools/report/text/change_words.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/text/paint.hpp"
#include "tools/report/text/table.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

std::string heading(const Vantage& vantage, Language language) {
  return phrase(vantage, language) + "\n";
}

std::string nothing(Language language) {
  return fmt::format("{}\n", translate(language, "nothing recorded is visible from here"));
}

/// A line for an event wherever it is cited: "opened (2023-04)  Title  [source; id, 6]".
std::string cited(const SubjectView& view, Revision revision, Language language) {
  const StoredEvent& stored = view.stored(revision);
  const Event& event = stored.event;
  const Row& row = view.rows[revision.value - 1];
  const bool dated =
      event.type != kEventTypes[kRetracted].name && event.type != kEventTypes[kDescribed].name;
  std::string line = type_name(event.type, language);
  if (event.modality == Modality::planned) line = plan_of(line, language);
  if (dated) line += fmt::format(" ({})", when(event, {row.earliest, row.latest}, language));
  const std::string source = citation(event, language);
  return line + fmt::format("  {}  [{}{}{}, {}]", isolated(title(event, language)),
                            isolated(source), source.empty() ? "" : "; ",
                            isolated(visible_id(event.id)), stored.position.value);
}

std::string superseding(const SubjectView& view, Revision by, Language language) {
  return "      " + translate(language, "superseded by {}", cited(view, by, language)) + "\n";
}

std::string subject_line(const SubjectView& view, Language language) {
  std::string line = view.subject;
  if (view.description) line += "  " + isolated(view.name(language));
  return line;
}

std::string_view words(Verdict verdict) {
  switch (verdict) {
    case Verdict::decided:
      return message("what decided");
    case Verdict::possible:
      return message("what may have happened by then");
    case Verdict::no_difference:
      return message("what made no difference");
    case Verdict::no_effect:
      return message("what has no effect on a status");
    case Verdict::not_yet_recorded:
      return message("not yet recorded");
    case Verdict::not_yet_known:
      return message("not yet known");
    case Verdict::superseded:
      return message("superseded");
    case Verdict::not_yet_happened:
      return message("not yet happened");
  }
  return "";
}

std::string certainty(const StatusAt& status, Language language) {
  return status.certain() ? fmt::format(", {}", translate(language, "certain")) : "";
}

/// What is said of one subject's status.
std::string status_of(const SubjectView& view, Language language, const Screen& screen) {
  std::string text = "\n" + subject_line(view, language) + "\n";
  if (has_status(view.subject)) {
    text += "  " + painted(phrase(view.status, language), view.status.status, screen) +
            certainty(view.status, language);
    if (const std::string label = view.label(); !label.empty())
      text +=
          fmt::format("; {}: {}", translate(language, "in the source's words"), isolated(label));
    const std::string from = since(view, view.status, language, Style::brief);
    text += from.empty() ? "\n" : fmt::format("; {}: {}\n", translate(language, "since"), from);
    for (const Revision revision : view.status.because)
      text += "    " + cited(view, revision, language) + "\n";
  }
  for (const std::string& line : figure_lines(view, language, Style::brief))
    text += "  " + line + "\n";
  const auto plans = plan_lines(view, language, Style::brief);
  for (std::size_t i = 0; i < plans.size(); ++i)
    text += fmt::format("  {}\n", plan_state(plan_of(plans[i], language), view.plans[i], screen));
  return text;
}

/// What differs in one subject.
std::string difference(const DiffView& each, const Vantage& from, Language language,
                       const Screen& screen) {
  const auto& [view, diff] = each;
  std::string text = "\n" + subject_line(view, language) + "\n";
  if (has_status(view.subject)) {
    const std::string before = painted(phrase(diff.before, language), diff.before.status, screen);
    const std::string after = painted(phrase(diff.after, language), diff.after.status, screen);
    text +=
        before == after ? fmt::format("  {}\n", after) : fmt::format("  {} → {}\n", before, after);
  }
  for (const EventChange& change : diff.events) {
    text += fmt::format("    {}: {}\n", change_words(change, view, from, language),
                        cited(view, change.revision, language));
    if (change.was.value != 0)
      text += fmt::format("      {}\n",
                          translate(language, "was: {}", cited(view, change.was, language)));
    if (change.by.value != 0)
      text += fmt::format("      {}\n",
                          translate(language, "retraction: {}", cited(view, change.by, language)));
  }
  for (const PlanChange& change : diff.plans)
    text += fmt::format("    {}\n",
                        plan_state(plan_change_words(change, view, language), change.plan, screen));
  return text;
}

}  // namespace

Result<void> text_board(const Report& report, const Sink& sink, const Screen& screen) {
  const Language language = report.language();
  using Cells = std::vector<std::string>;
  std::vector<Cells> rows{board_head(language)};
  bool none = true;
  auto ok = report.each(
      [&](const SubjectView& view) -> std::optional<Cells> {
        if (!report.shows(view)) return std::nullopt;
        return has_status(view.subject) ? board_row(view, language, Style::brief, screen) : Cells{};
      },
      [&](std::optional<Cells> row) {
        none = none && !row;
        if (row && !row->empty()) rows.push_back(std::move(*row));
      },
      Shown::board);
  if (!ok) return ok;
  sink(heading(report.vantage(), language) + "\n");
  sink(none ? nothing(language) : text_table(rows, "", screen));
  return {};
}

std::string text_board_from_index(const Vantage& vantage, const std::vector<BoardLine>& board,
                                  const std::vector<std::optional<Event>>& events,
                                  Language language, const Screen& screen) {
  std::vector<std::vector<std::string>> rows;
  const auto head = [&](std::string_view word) { return std::string(translate(language, word)); };
  rows.push_back({head("Subject"), head("Status"), head("Since")});
  for (std::size_t i = 0; i < board.size(); ++i) {
    const StatusAt& status = board[i].status;
    rows.push_back({visible(board[i].subject),
                    painted(phrase(status, language), status.status, screen),
                    since(status, events[i] ? &*events[i] : nullptr, language, Style::brief)});
  }
  return phrase(vantage, language) + "\n\n" + text_table(rows, "", screen);
}

Result<void> text_status(const Report& report, const Sink& sink, const Screen& screen) {
  const Language language = report.language();
  sink(heading(report.vantage(), language));
  return report.each(
      [&](const SubjectView& view) {
        return report.shows(view) ? status_of(view, language, screen) : std::string();
      },
      sink, Shown::status);
}

Result<void> text_timeline(const Report& report, const Sink& sink) {
  return text_timeline_on({}, report, sink);
}

Result<void> text_timeline_on(const Screen& screen, const Report& report, const Sink& sink) {
  const Language language = report.language();
  sink(heading(report.vantage(), language));
  bool none = true;
  auto ok = report.each(
      [&](const SubjectView& view) {
        if (!report.shows_marks(view)) return std::string();
        auto rows = timeline_rows(view, language, Style::brief, screen);
        rows.erase(rows.begin());  // a list needs no head
        return "\n" + subject_line(view, language) + "\n" +
               (rows.empty() ? fmt::format("  {}\n", translate(language, "no marks"))
                             : text_table(rows, "  ", screen));
      },
      [&](const std::string& text) {
        none = none && text.empty();
        sink(text);
      });
  if (ok && none) sink("\n" + nothing(language));
  return ok;
}

Result<void> text_diff(const Differences& differences, Language language, const Sink& sink,
                       const Screen& screen) {
  const Vantage& from = differences.from();
  sink(fmt::format("{}\n→ {}\n", phrase(from, language), phrase(differences.to(), language)));
  bool none = true;
  auto ok = differences.each(
      [&](const DiffView& each) { return difference(each, from, language, screen); },
      [&](const std::string& text) {
        none = false;
        sink(text);
      });
  if (!ok || !none) return ok;
  auto nothing = no_difference(differences, language);
  if (!nothing) return std::unexpected(nothing.error());
  sink(fmt::format("\n{}\n", *nothing));
  return {};
}

std::string text_explanation(const Vantage& vantage, const SubjectView& view,
                             const Explanation& explanation, Language language,
                             const Screen& screen) {
  std::string text = heading(vantage, language) + "\n" + subject_line(view, language) + "\n";
  if (has_status(view.subject))
    text += fmt::format(
        "  {}{}\n  {}\n",
        painted(phrase(explanation.status, language), explanation.status.status, screen),
        certainty(explanation.status, language),
        translate(language, "rule: {}", in_words(explanation.status.rule, language)));
  for (const Verdict verdict : {Verdict::decided, Verdict::possible, Verdict::no_difference,
                                Verdict::no_effect, Verdict::superseded, Verdict::not_yet_happened,
                                Verdict::not_yet_known, Verdict::not_yet_recorded}) {
    bool first = true;
    for (const Evidence& each : explanation.evidence) {
      if (each.verdict != verdict) continue;
      if (first) text += fmt::format("  {}\n", translate(language, words(verdict)));
      first = false;
      text += "    " + cited(view, each.revision, language) + "\n";
      if (each.superseded_by.value != 0) text += superseding(view, each.superseded_by, language);
    }
  }
  if (explanation.silent)
    text += "  " +
            translate(language, "inference: no news for more than two years, since {}",
                      to_string(explanation.last_news)) +
            "\n";
  return text;
}

}  // namespace solnoma
