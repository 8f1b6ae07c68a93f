#include "tools/report/review/review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "events/subject.hpp"
#include "events/text/folded_name.hpp"
#include "tools/report/article/article.hpp"
#include "tools/report/article/event_words.hpp"
#include "tools/report/files/csv.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/review/findings.hpp"
#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

constexpr std::array kForms{&kTextArticle, &kMarkdownArticle, &kPageArticle, &kMailArticle};

constexpr std::array kSubjectColumns{message("Subject")};
constexpr std::array kSilentColumns{message("Subject"), message("What")};
constexpr std::array kEventColumns{message("Subject"), message("When"), message("What"),
                                   message("Source")};
constexpr std::array kPlanColumns{message("Subject"), message("Target date"), message("Plan"),
                                  message("Source")};

struct Part {
  std::string_view heading;
  std::span<const std::string_view> columns;
};

/// In the order of Care.
constexpr std::array<Part, kCares> kParts{{
    {message("No news for more than two years"), kSilentColumns},
    {message("Plans without a date"), kPlanColumns},
    {message("Plans that are long overdue"), kPlanColumns},
    {message("Told without a source"), kEventColumns},
    {message("Dates in which sources differ"), kEventColumns},
    {message("Told twice by one source"), kEventColumns},
    {message("Subjects of one name"), kSubjectColumns},
    {message("Never described"), kSubjectColumns},
}};

/// A finding, for every format.
struct Told {
  Care care = Care::silent;
  std::vector<std::string> subjects;
  std::vector<Cell> cells;  ///< of its table
  std::vector<std::string> events;
  Day since = kOpenPast;
  std::string what, when, sources;  ///< for a row of CSV
};

/// What is told of one subject.
struct ToldOfSubject {
  std::vector<Told> told;
  std::string subject;
  Cell cell;
  std::set<std::string> names;  ///< folded; with the kind
  std::set<std::string> cited;
};

class SubjectReview {
 public:
  SubjectReview(const SubjectView& view, const Report& report, Style style)
      : view_(view),
        report_(report),
        language_(report.language()),
        style_(style),
        words_(view, language_, style) {}

  ToldOfSubject tell() && {
    ToldOfSubject all;
    all.subject = view_.subject;
    all.cell = {{view_.name(language_)}};
    if (all.cell.front().text != view_.subject) all.cell.push_back({view_.subject});
    for (const Finding& finding : findings(view_, report_.vantage()))
      if (is_asked_for(finding)) all.told.push_back(told(finding, all.cell));
    if (view_.description) add_names(all.names);
    all.cited = words_.cited();
    return all;
  }

 private:
  [[nodiscard]] bool is_asked_for(const Finding& finding) const {
    const Selection& selection = report_.selection();
    if (finding.events.empty()) return !selection.narrows_marks();
    return std::ranges::any_of(finding.events, [&](Revision revision) {
      const Row& row = view_.rows[revision.value - 1];
      return selection.takes(view_.event(revision).type, {row.earliest, row.latest});
    });
  }

  [[nodiscard]] Told told(const Finding& finding, const Cell& subject) {
    Told told;
    told.care = finding.care;
    told.subjects = {view_.subject};
    told.cells = {subject};
    told.since = finding.since;
    if (finding.care == Care::silent) {
      told.what = translate(language_, "inference: no news for more than two years, since {}",
                            words_.day(finding.since));
      told.cells.push_back({{told.what}});
    }
    if (finding.events.empty()) return told;
    Cell when, what, sources;
    for (const Revision revision : finding.events) {
      const Event& event = view_.event(revision);
      told.events.push_back(event.id);
      std::string day = words_.when(revision), title = words_.told(revision);
      add(told.when, day);
      add(told.what, title);
      when.push_back({std::move(day)});
      what.push_back({std::move(title)});
      for (Piece& source : words_.sources(revision)) {
        add(told.sources, source.text);
        sources.push_back(std::move(source));
      }
    }
    told.cells.insert(told.cells.end(), {std::move(when), std::move(what), std::move(sources)});
    return told;
  }

  static void add(std::string& text, const std::string& more) {
    text += (text.empty() ? "" : "; ") + more;
  }

  void add_names(std::set<std::string>& names) const {
    const std::string kind = view_.subject.substr(0, view_.subject.find('/') + 1);
    for (const auto& each : kLanguages)
      if (const std::string& name = view_.description->names.only(each.language); !name.empty())
        names.insert(kind + folded_name(name));
  }

  const SubjectView& view_;
  const Report& report_;
  Language language_;
  Style style_;
  EventWords words_;
};

/// Everything that is told, by Care.
struct Review {
  std::array<std::vector<Told>, kCares> told;
  std::set<std::string> cited;

  [[nodiscard]] std::size_t size() const {
    std::size_t count = 0;
    for (const auto& each : told) count += each.size();
    return count;
  }
};

/// Subjects of one name, each group once.
class Namesakes {
 public:
  void add(const ToldOfSubject& subject) {
    for (const std::string& name : subject.names) subjects_[name].push_back(cells_.size());
    cells_.emplace_back(subject.subject, subject.cell);
  }

  [[nodiscard]] std::vector<Told> tell() const {
    std::set<std::vector<std::size_t>> groups;
    for (const auto& [name, subjects] : subjects_)
      if (subjects.size() > 1) groups.insert(subjects);
    std::vector<Told> all;
    for (const auto& group : groups) {
      Told told;
      told.care = Care::namesake;
      Cell cell;
      for (const std::size_t each : group) {
        told.subjects.push_back(cells_[each].first);
        std::ranges::copy(cells_[each].second, std::back_inserter(cell));
      }
      told.cells = {std::move(cell)};
      all.push_back(std::move(told));
    }
    return all;
  }

 private:
  std::map<std::string, std::vector<std::size_t>> subjects_;  // by name, in their order
  std::vector<std::pair<std::string, Cell>> cells_;
};

Result<Review> review_of(const Report& report, Style style) {
  Review review;
  Namesakes namesakes;
  auto ok = report.each(
      [&](const SubjectView& view) {
        return report.shows(view) ? SubjectReview(view, report, style).tell() : ToldOfSubject{};
      },
      [&](ToldOfSubject&& subject) {
        if (subject.subject.empty()) return;
        namesakes.add(subject);
        for (Told& each : subject.told)
          review.told[static_cast<std::size_t>(each.care)].push_back(std::move(each));
        review.cited.merge(subject.cited);
      });
  if (!ok) return std::unexpected(ok.error());
  if (!report.selection().narrows_marks())
    review.told[static_cast<std::size_t>(Care::namesake)] = namesakes.tell();
  return review;
}

Result<void> write_article(const Report& report, Review&& review, const ArticleForm& form,
                           const Sink& sink) {
  const Language language = report.language();
  const auto head = report.head();
  if (!head) return std::unexpected(head.error());
  Article article;
  article.language = language;
  article.title = translate(language, "What wants care");
  article.vantages = {form.style == Style::full ? in_words(report.vantage(), language)
                                                : phrase(report.vantage(), language)};
  const std::size_t count = review.size();
  article.summary = count == 0
                        ? std::string(translate(language, "Nothing wants care."))
                        : fill(translate_plural(language, "{n} finding.", "{n} findings.", count),
                               {{"n", fmt::format("{}", count)}});
  for (std::size_t care = 0; care < kCares; ++care) {
    if (review.told[care].empty()) continue;
    Table table;
    for (const std::string_view each : kParts[care].columns)
      table.columns.emplace_back(translate(language, each));
    for (Told& each : review.told[care]) table.rows.push_back(std::move(each.cells));
    const std::string heading =
        fmt::format("{}: {}", translate(language, kParts[care].heading), table.rows.size());
    article.parts.push_back(
        {std::string(name(static_cast<Care>(care))), heading, {std::move(table)}});
  }
  article.sources.assign(review.cited.begin(), review.cited.end());
  article.head = to_string(*head);
  form.write(article, sink);
  return {};
}

void write_json(const Report& report, const Review& review, const Sink& sink) {
  JsonWriter json;
  json.begin_object();
  json.key("vantage").begin_object();
  json.key("asOf").day(report.vantage().as_of);
  json.key("knownBy").day(report.vantage().known_by);
  json.key("position").count(report.vantage().at.value);
  json.end_object();
  json.key("findings").begin_array();
  const auto texts = [&](std::string_view key, const std::vector<std::string>& values) {
    json.key(key).begin_array();
    for (const std::string& each : values) json.text(each);
    json.end_array();
  };
  for (const auto& of_care : review.told)
    for (const Told& told : of_care) {
      json.begin_object();
      json.key("finding").text(name(told.care));
      texts("subjects", told.subjects);
      texts("events", told.events);
      json.key("since").day(told.since);
      json.end_object();
    }
  json.end_array();
  json.end_object();
  sink(json.text());
  sink("\n");
}

void write_csv(const Review& review, const Sink& sink) {
  const auto joined = [](const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& each : texts) all += (all.empty() ? "" : " ") + each;
    return all;
  };
  sink(csv_row({"finding", "subjects", "name", "when", "what", "since", "source", "events"}));
  for (const auto& of_care : review.told)
    for (const Told& told : of_care)
      sink(csv_row({std::string(name(told.care)), joined(told.subjects),
                    told.cells.front().front().text, told.when, told.what, csv_day(told.since),
                    told.sources, joined(told.events)}));
}

}  // namespace

std::vector<std::string> review_formats() {
  std::vector<std::string> names;
  for (const ArticleForm* each : kForms) names.emplace_back(each->name);
  names.insert(names.end(), {"json", "csv"});
  return names;
}

Result<void> write_review(const Report& report, std::string_view format, const Sink& sink) {
  const auto form =
      std::ranges::find(kForms, format, [](const ArticleForm* each) { return each->name; });
  const bool article = form != kForms.end();
  auto review = review_of(report, article ? (*form)->style : Style::brief);
  if (!review) return std::unexpected(review.error());
  if (article) return write_article(report, std::move(*review), **form, sink);
  if (format == "json")
    write_json(report, *review, sink);
  else
    write_csv(*review, sink);
  return {};
}

}  // namespace solnoma
