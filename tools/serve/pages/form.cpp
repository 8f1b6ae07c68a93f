#include "tools/serve/pages/form.hpp"

#include <fmt/format.h>

namespace solnoma {
namespace {

std::string input(const FormField& field, const std::string& id, const FieldText& text,
                  bool described, bool wrong) {
  std::string attributes = fmt::format("id=\"{}\" name=\"{}\"", id, field.name);
  if (described) attributes += fmt::format(" aria-describedby=\"{}-hint\"", field.name);
  if (wrong) attributes += " aria-invalid=\"true\"";
  if (field.required) attributes += " required";
  if (!field.list.empty()) attributes += fmt::format(" list=\"{}\"", field.list);
  if (field.kind == FieldKind::date) attributes += " data-date spellcheck=\"false\"";
  if (!text.instead.empty())
    attributes += fmt::format(" placeholder=\"{}\"", markup_escape(text.instead));
  if (field.kind == FieldKind::area)
    return fmt::format("<textarea {} rows=\"3\">{}</textarea>", attributes,
                       markup_escape(text.value));
  return fmt::format("<input {} value=\"{}\" autocomplete=\"off\">", attributes,
                     markup_escape(text.value));
}

}  // namespace

std::vector<std::string> all_of(const NamedValues& values, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [each, value] : values)
    if (each == name) found.push_back(value);
  return found;
}

std::string field_html(const Shell& shell, const FormField& field, const Filled& filled) {
  const bool wrong = filled.wrong_field == field.name;
  const std::vector<std::string> values = all_of(filled.values, field.name);
  if (field.kind == FieldKind::flag)
    return fmt::format(
        "<div class=\"field flag\"><label><input type=\"checkbox\" name=\"{}\" value=\"true\"{}{}> "
        "{}</label></div>\n",
        field.name, values.empty() ? "" : " checked", wrong ? " aria-invalid=\"true\"" : "",
        shell.word(field.label));
  const std::vector<std::string> instead = all_of(filled.instead, field.name);
  const bool described = !field.hint.empty() || field.kind == FieldKind::date;
  std::string html = fmt::format("<div class=\"field\">\n<label for=\"f-{}\">{}{}</label>\n",
                                 field.name, shell.word(field.label),
                                 field.required ? " <span aria-hidden=\"true\">*</span>" : "");
  for (std::size_t i = 0; i < std::max(field.rows, values.size()); ++i) {
    const FieldText text{i < values.size() ? values[i] : "", i < instead.size() ? instead[i] : ""};
    const std::string id =
        i == 0 ? fmt::format("f-{}", field.name) : fmt::format("f-{}-{}", field.name, i + 1);
    std::string one = input(field, id, text, described, wrong && i == 0);
    if (i > 0)
      one.insert(one.find(' '),
                 fmt::format(" aria-label=\"{} {}\"", shell.word(field.label), i + 1));
    html += one + "\n";
  }
  if (described)
    html += fmt::format("<p class=\"hint\" id=\"{}-hint\">{}</p>\n", field.name,
                        field.hint.empty() ? "" : shell.word(field.hint));
  return html + "</div>\n";
}

std::string submit_html(const Shell& shell, std::string_view value, std::string_view label,
                        bool quiet) {
  return fmt::format("<button name=\"do\" value=\"{}\"{}>{}</button>\n", value,
                     quiet ? " class=\"quiet\" formnovalidate" : "", shell.word(label));
}

std::string hidden_html(const NamedValues& values) {
  std::string html;
  for (const auto& [name, value] : values)
    if (name != "do")
      html += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", markup_escape(name),
                          markup_escape(value));
  return html;
}

}  // namespace solnoma
