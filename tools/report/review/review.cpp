#include "tools/report/review/review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "tools/report/files/csv.hpp"
#include "tools/report/files/csv_as_xlsx.hpp"
#include "tools/report/json/writer.hpp"
#include "tools/report/markup.hpp"
#include "tools/report/review/rows.hpp"
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

struct FindingPart {
  std::string_view heading;
  std::span<const std::string_view> columns;
};

/// In the order of Care.
constexpr std::array<FindingPart, kCares> kParts{{
    {message("No news for more than two years"), kSilentColumns},
    {message("Plans without a date"), kPlanColumns},
    {message("Plans that are long overdue"), kPlanColumns},
    {message("Told without a source"), kEventColumns},
    {message("Dates in which sources differ"), kEventColumns},
    {message("Told twice by one source"), kEventColumns},
    {message("Subjects of one name"), kSubjectColumns},
    {message("Never described"), kSubjectColumns},
}};

/// One kind of findings, of which there is one at least.
ArticlePart part_of(Care care, std::vector<ReviewRow>&& rows, Language language) {
  const auto& [heading, columns] = kParts[static_cast<std::size_t>(care)];
  Table table;
  for (const std::string_view each : columns) table.columns.emplace_back(translate(language, each));
  for (ReviewRow& each : rows) table.rows.push_back(std::move(each.cells));
  std::string text = fmt::format("{}: {}", translate(language, heading), table.rows.size());
  return {std::string(name(care)), std::move(text), {std::move(table)}};
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
    if (!review.rows[care].empty())
      article.parts.push_back(
          part_of(static_cast<Care>(care), std::move(review.rows[care]), language));
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
  for (const auto& of_care : review.rows)
    for (const ReviewRow& row : of_care) {
      json.begin_object();
      json.key("finding").text(name(row.care));
      texts("subjects", row.subjects);
      texts("events", row.events);
      json.key("since").day(row.since);
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
  for (const auto& of_care : review.rows)
    for (const ReviewRow& row : of_care)
      sink(csv_row({std::string(name(row.care)), joined(row.subjects),
                    row.cells.front().front().text, row.when, row.what, csv_day(row.since),
                    row.sources, joined(row.events)}));
}

}  // namespace

std::vector<std::string> review_formats() {
  std::vector<std::string> names;
  for (const ArticleForm* each : kForms) names.emplace_back(each->name);
  names.insert(names.end(), {"json", "csv", "xlsx"});
  return names;
}

Result<void> write_review(const Report& report, std::string_view format, const Sink& sink) {
  const auto form =
      std::ranges::find(kForms, format, [](const ArticleForm* each) { return each->name; });
  const bool article = form != kForms.end();
  auto review = review_of(report, article ? (*form)->style : Style::brief);
  if (!review) return std::unexpected(review.error());
  if (article) return write_article(report, std::move(*review), **form, sink);
  if (format == "xlsx")
    return csv_as_xlsx(
        std::string(translate(report.language(), "Review")),
        [&](const Sink& csv) -> Result<void> {
          write_csv(*review, csv);
          return {};
        },
        sink);
  if (format == "json")
    write_json(report, *review, sink);
  else
    write_csv(*review, sink);
  return {};
}

Result<PagePart> review_on_page(const Report& report) {
  constexpr std::size_t kMostOfKind = 200;
  const Language language = report.language();
  auto review = review_of(report, Style::full);
  if (!review) return std::unexpected(review.error());
  PagePart page{review->size(), {}};
  const Sink sink = [&](std::string_view text) { page.html += text; };
  for (std::size_t care = 0; care < kCares; ++care) {
    if (review->rows[care].empty()) continue;
    ArticlePart part = part_of(static_cast<Care>(care), std::move(review->rows[care]), language);
    auto& rows = std::get<Table>(part.blocks.front()).rows;
    const std::size_t left_out = rows.size() - std::min(rows.size(), kMostOfKind);
    rows.resize(rows.size() - left_out);
    sink(fmt::format("<details class=\"findings\"><summary>{}</summary>\n",
                     markup_escape(part.heading)));
    write_html_blocks(part, language, sink);
    if (left_out > 0)
      sink(fmt::format("<p class=\"facts\">{}</p>\n",
                       markup_escape(fill(translate(language, "and {n} more"),
                                          {{"n", std::to_string(left_out)}}))));
    sink("</details>\n");
  }
  if (page.count == 0)
    sink(fmt::format("<p>{}</p>\n", markup_escape(translate(language, "Nothing wants care."))));
  return page;
}

}  // namespace solnoma
