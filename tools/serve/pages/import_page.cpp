#include "tools/serve/pages/import_page.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "tools/io/json_values.hpp"
#include "tools/report/html/text.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/multipart.hpp"
#include "tools/serve/pages/form.hpp"
#include "tools/serve/pages/told_problem.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

/// What a form had before, and what came of it; both empty at first.
struct Sent {
  Filled filled{{}};
  std::string html;
  unsigned status = 200;
};

HttpAnswer form_page(const Shell& shell, const Sent& sent) {
  std::string html = fmt::format(
      "{}<form id=\"import\" method=\"post\" action=\"/import\" "
      "enctype=\"multipart/form-data\">\n"
      "<div class=\"field\"><label for=\"file\">{}</label><input id=\"file\" name=\"file\" "
      "type=\"file\" required><p class=\"hint\">{}</p></div>\n"
      "<div class=\"field\"><label for=\"map\">{}</label><input id=\"map\" name=\"map\" "
      "type=\"file\"><p class=\"hint\">{}</p></div>\n",
      sent.html, shell.word("File"),
      shell.word("CloudEvents, a table (CSV, XLSX, ODS, GeoJSON), OC4IDS, OCDS or IATI; to 16 MiB"),
      shell.word("Mapping"), shell.word("What the columns of a table mean, as a file"));
  html += field_html(shell,
                     {.name = "known",
                      .label = message("When it was published"),
                      .hint = message("Left empty: as the file says"),
                      .kind = FieldKind::date},
                     sent.filled);
  html += field_html(shell,
                     {.name = "snapshot",
                      .label = message("It is the next release of a table: record what it changes"),
                      .kind = FieldKind::flag},
                     sent.filled);
  html += submit_html(shell, "check", message("Check")) +
          submit_html(shell, "record", message("Record"), /*quiet=*/true) +
          "</form>\n<pre id=\"said\" role=\"status\" class=\"said\" lang=\"en\"></pre>\n"
          "<p><a href=\"/log\">" +
          shell.word("Log") + "</a></p>\n";
  return shell_page(shell, translate(shell.language, "Import"), html, sent.status);
}

/// What commands say is English.
std::string said_html(std::string_view said) {
  if (said.empty()) return {};
  return fmt::format("<pre class=\"said\" lang=\"en\">{}</pre>\n", html_data(said));
}

/// What the command said before it refused.
std::string said_before(const HttpAnswer& problem) {
  rapidjson::Document json;
  json.Parse(problem.body->data(), problem.body->size());
  return json.HasParseError() || !json.IsObject() ? std::string() : member_text(json, "said");
}

const FormPart* find_part(const std::vector<FormPart>& parts, std::string_view name) {
  const auto found = std::ranges::find(parts, name, &FormPart::name);
  return found == parts.end() ? nullptr : &*found;
}

/// Why a form cannot be what this page sends.
std::string_view objection(const std::vector<FormPart>& parts) {
  constexpr std::array<std::string_view, 5> kFields{"file", "map", "known", "snapshot", "do"};
  for (const FormPart& part : parts) {
    if (std::ranges::find(kFields, part.name) == kFields.end())
      return "the form has a field that this page has not";
    if (std::ranges::count(parts, part.name, &FormPart::name) > 1)
      return "a field of the form stands twice";
    if (part.file.has_value() != (part.name == "file" || part.name == "map"))
      return "a field of the form is no file, or is one";
  }
  const FormPart* const file = find_part(parts, "file");
  // Browsers send a field in which no file was chosen as one without a name.
  if (file == nullptr || file->file->empty()) return "no file was chosen";
  return {};
}

/// The same as the API is asked.
HttpRequest api_request_of(const Shell& shell, const std::vector<FormPart>& parts) {
  HttpRequest request;
  request.method = "POST";
  request.path = {"v1", "import"};
  request.headers = shell.request.headers;
  request.by_https = shell.request.by_https;
  for (const FormPart& part : parts) {
    if (part.name == "do" || part.content.empty()) continue;
    if (part.name == "file") {
      request.query.emplace_back("name", *part.file);
      request.body = part.content;
    } else {
      request.query.emplace_back(part.name, part.content);
    }
  }
  const FormPart* const wanted = find_part(parts, "do");
  if (wanted == nullptr || wanted->content != "record") request.query.emplace_back("check", "");
  return request;
}

HttpAnswer form_taken(const Shell& shell, const Viewer& viewer, Importing& importing) {
  const auto type = shell.request.header("content-type").value_or("");
  if (!is_multipart(type))
    return problem_answer(415, "a file is sent as a form with files",
                          "send multipart/form-data, or the file itself to /v1/import");
  const auto parts = read_multipart(type, shell.request.body);
  if (!parts) return problem_answer(400, parts.error());
  if (const std::string_view why = objection(*parts); !why.empty())
    return problem_answer(400, std::string(why), "choose a file on the page, and send that");
  const HttpRequest request = api_request_of(shell, *parts);
  const HttpAnswer answer = importing.run(request, shell.grant, viewer);
  Sent sent;
  sent.status = answer.status;
  for (const FormPart& part : *parts)
    if (!part.file && part.name != "do" && !part.content.empty())
      sent.filled.values.emplace_back(part.name, part.content);
  if (answer.type == kProblemType) {
    const ToldProblem problem = told_problem(answer);
    sent.filled.wrong_field = problem.field;
    sent.html = problem_html(problem) + said_html(said_before(answer));
    return form_page(shell, sent);
  }
  const bool checked = request.asked("check").has_value();
  if (checked)
    sent.html =
        fmt::format("<p role=\"status\">{} {}</p>\n", shell.word("Nothing is recorded yet."),
                    shell.word("To record it, choose the file once more."));
  else if (answer.status == 201)
    sent.html = fmt::format("<p role=\"status\"><a href=\"/log?new={}#p{}\">{}</a></p>\n",
                            answer.header("Solnoma-First"), answer.header("Solnoma-Position"),
                            shell.word("It is recorded."));
  else
    sent.html = fmt::format("<p role=\"status\">{}</p>\n", shell.word("This is recorded already."));
  sent.html += said_html(*answer.body);
  return form_page(shell, sent);
}

}  // namespace

HttpAnswer import_page(const Shell& shell, const Viewer& viewer, Importing& importing) {
  if (!shell.grant.may(Scope::record)) return not_permitted(shell.grant, Scope::record);
  return shell.request.method == "POST" ? form_taken(shell, viewer, importing)
                                        : form_page(shell, {});
}

}  // namespace solnoma
