#include "tools/serve/pages/told_problem.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "tools/io/json_values.hpp"
#include "tools/report/html/text.hpp"

namespace solnoma {
namespace {

/// "--occurred: …" is about occurred; so is `occurred` as the place.
std::string field_of(const std::string& what, const std::string& where) {
  constexpr std::string_view kHyphens = "--";
  if (what.starts_with(kHyphens)) {
    const auto end = what.find_first_of(":, ");
    return what.substr(kHyphens.size(), end == std::string::npos ? end : end - kHyphens.size());
  }
  constexpr std::string_view kData = "data.";
  std::string field = where.starts_with(kData) ? where.substr(kData.size()) : where;
  return field.substr(0, field.find_first_of(".[, "));
}

}  // namespace

ToldProblem told_problem(const HttpAnswer& answer) {
  rapidjson::Document json;
  if (answer.body) json.Parse(answer.body->data(), answer.body->size());
  if (json.HasParseError()) json.SetObject();
  ToldProblem problem{
      member_text(json, "detail"), member_text(json, "where"), member_text(json, "remedy"), {}};
  problem.field = field_of(problem.what, problem.where);
  return problem;
}

std::string problem_html(const ToldProblem& problem, const std::string& label) {
  const std::string option = "--" + problem.field + ": ";
  std::string text = html_data(problem.what);
  if (!label.empty()) {
    const bool named = problem.what.starts_with(option);
    text = fmt::format("<a href=\"#f-{}\">{}</a>: <span lang=\"en\">{}</span>",
                       markup_escape(problem.field), markup_escape(label),
                       html_data(named ? problem.what.substr(option.size()) : problem.what));
  } else if (!problem.where.empty()) {
    text = html_data(problem.where) + ": " + text;
  }
  return fmt::format("<div class=\"wrong\" role=\"alert\"><p{}>{}</p>{}</div>\n",
                     label.empty() ? " lang=\"en\"" : "", text,
                     problem.remedy.empty() ? ""
                                            : fmt::format("<p class=\"facts\" lang=\"en\">{}</p>",
                                                          html_data(problem.remedy)));
}

}  // namespace solnoma
