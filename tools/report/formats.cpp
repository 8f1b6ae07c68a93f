#include "tools/report/formats.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "events/text/ascii_lower.hpp"
#include "tools/report/cairo/drawn.hpp"
#include "tools/report/changes/report.hpp"
#include "tools/report/files/csv_changes.hpp"
#include "tools/report/files/csv_report.hpp"
#include "tools/report/files/ics.hpp"
#include "tools/report/files/oc4ids.hpp"
#include "tools/report/files/xlsx_report.hpp"
#include "tools/report/html/report.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/json/report_data.hpp"
#include "tools/report/review/review.hpp"
#include "tools/report/svg/report.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/report/text/report.hpp"

namespace solnoma {
namespace {

Result<void> json_changes(const Differences& differences, Language, const Sink& sink) {
  return json_diff(differences, sink);
}

Result<void> html_page(const Report& report, const Sink& sink) {
  return html_report(report, review_on_page, sink);
}

template <const ArticleForm& form>
Result<void> changes_as(const Differences& differences, Language language, const Sink& sink) {
  const auto article = change_report(differences, language, form.style);
  if (!article) return std::unexpected(article.error());
  form.write(*article, sink);
  return {};
}

constexpr auto kFormats = std::to_array<Format>({
    // name, report, timeline, changes, media type, ending
    {"text", text_report, text_timeline, changes_as<kTextArticle>, "text/plain; charset=utf-8",
     "txt"},
    {"markdown", markdown_report, markdown_timeline, changes_as<kMarkdownArticle>,
     "text/markdown; charset=utf-8", "md"},
    {"html", html_page, html_page, changes_as<kPageArticle>, "text/html; charset=utf-8", "html",
     false, nullptr, /*calls_kinds=*/true},
    {"mail", nullptr, nullptr, changes_as<kMailArticle>, "text/html; charset=utf-8", ""},
    {"svg", svg_report, svg_marks, nullptr, "image/svg+xml", "svg", false, svg_pictures},
    {"json", report_json, json_timeline, json_changes, "application/json", "json"},
    {"csv", csv_board, csv_timeline, csv_changes, "text/csv; charset=utf-8; header=present", "csv"},
    {"xlsx", xlsx_report, xlsx_timeline, xlsx_changes,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", true},
    {"png", png_report, png_marks, nullptr, "image/png", "png", true, png_pictures},
    {"pdf", pdf_report, pdf_marks, nullptr, "application/pdf", "pdf", true, pdf_pictures},
    {"ics", ics_timeline, ics_timeline, nullptr, "text/calendar; charset=utf-8", "ics"},
    {"oc4ids", oc4ids_package, nullptr, nullptr, "application/json", ""},
});

/// Other endings that such files have.
constexpr auto kOtherEndings = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"htm", "html"}, {"markdown", "markdown"}, {"text", "text"}, {"ical", "ics"}});

template <class Member>
std::vector<std::string> names_with(Member member) {
  std::vector<std::string> names;
  for (const Format& format : kFormats)
    if (format.*member != nullptr) names.emplace_back(format.name);
  return names;
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &Format::name);
  return found != kFormats.end() ? &*found : nullptr;
}

std::string_view ending_of(std::string_view file) {
  const std::string_view name = file.substr(file.rfind('/') + 1);  // npos + 1: all of it
  const std::size_t dot = name.rfind('.');
  return dot == name.npos || dot == 0 ? std::string_view() : name.substr(dot + 1);
}

std::optional<std::string_view> format_of_file(std::string_view file) {
  const std::string ending = ascii_lower(ending_of(file));
  if (ending.empty()) return {};
  if (const auto found = std::ranges::find(kFormats, ending, &Format::ending);
      found != kFormats.end())
    return found->name;
  for (const auto& [other, format] : kOtherEndings)
    if (other == ending) return format;
  return {};
}

std::vector<std::string> format_names(Document document) {
  return names_with(document);
}

std::vector<std::string> format_names_of_pictures() {
  return names_with(&Format::picture);
}

std::vector<std::string> format_names_of_changes() {
  return names_with(&Format::changes);
}

}  // namespace solnoma
