#include "tools/serve/pages/record_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "events/event_type.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/view/subject_names.hpp"
#include "tools/report/words/phrases.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/pages/event_entry.hpp"
#include "tools/serve/pages/event_fields.hpp"
#include "tools/serve/pages/form_command.hpp"
#include "tools/serve/pages/told_problem.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/proposing.hpp"
#include "tools/shared/event_id.hpp"

namespace solnoma {

/// One of the forms: its address, the command that takes what it sends, and its name.
struct RecordPage::Form {
  std::string_view path, command, title;
};

namespace {

/// What the program itself writes, or another form does.
bool is_chosen(const EventType& type) {
  return type.name != "retracted" && type.name != "delisted" && type.name != "imported";
}

std::string first_of(const NamedValues& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &NamedValues::value_type::first);
  return found == values.end() ? std::string() : found->second;
}

/// What may be chosen, where that is not too much for a list.
std::string subject_list(const Viewer& viewer) {
  constexpr std::size_t kMost = 1'000;
  const auto subjects = find_subjects(viewer.log, {});
  std::string html = "<datalist id=\"subjects\">\n";
  if (subjects && subjects->size() <= kMost)
    for (const auto& [name, number] : *subjects)
      html += fmt::format("<option value=\"{}\">\n", markup_escape(name));
  return html + "</datalist>\n";
}

std::string groups_html(const Shell& shell, std::span<const FieldGroup> groups,
                        const Filled& filled) {
  std::string html;
  for (const FieldGroup& group : groups) {
    const bool open = std::ranges::any_of(group.fields, [&](const FormField& field) {
      return field.name == filled.wrong_field ||
             std::ranges::any_of(all_of(filled.values, field.name),
                                 std::not_fn(&std::string::empty));
    });
    html += group.folded
                ? fmt::format("<details{}><summary>{}</summary>\n", open ? " open" : "",
                              shell.word(group.heading))
                : fmt::format("<fieldset>\n<legend>{}</legend>\n", shell.word(group.heading));
    for (const FormField& field : group.fields) html += field_html(shell, field, filled);
    html += group.folded ? "</details>\n" : "</fieldset>\n";
  }
  return html;
}

/// What a form calls the field of that name; empty: it has none.
std::string label_of(const Shell& shell, std::string_view field) {
  for (const auto& groups : {event_fields(""), event_fields("described"), retraction_fields()})
    for (const FieldGroup& group : groups)
      for (const FormField& each : group.fields)
        if (each.name == field) return std::string(translate(shell.language, each.label));
  return {};
}

bool is_chosen(std::string_view type) {
  return std::ranges::any_of(
      kEventTypes, [&](const EventType& each) { return each.name == type && is_chosen(each); });
}

/// What an event says, in the fields of its correction: lists as they are to be changed, the rest
/// as what stays.
void fill_in(Filled& filled, const Event& event) {
  NamedValues before = values_of(event);
  std::vector<std::string> lists;
  for (const auto& [name, value] : before)
    if (is_list(name) && std::ranges::find(lists, name) == lists.end() &&
        all_of(filled.values, name).empty())
      lists.push_back(name);
  for (auto& [name, value] : before) {
    const bool in_list = std::ranges::find(lists, name) != lists.end();
    if (in_list)
      filled.values.emplace_back(name, value);
    else if (!is_list(name))
      filled.instead.emplace_back(name, value);
  }
  for (const std::string& name : lists) filled.values.emplace_back(name, "");  // for one more
}

/// What can happen, one link each.
HttpAnswer choice_of_types(const Shell& shell) {
  std::string html =
      fmt::format("<p>{}</p>\n<ul class=\"choices\">\n", shell.word("What happened?"));
  for (const EventType& type : kEventTypes)
    if (is_chosen(type))
      html += fmt::format("<li><a href=\"/record?{}={}\">{}</a></li>\n", kTypeField, type.name,
                          html_data(type_in_words(type.name, shell.language)));
  return shell_page(shell, translate(shell.language, "Record"), html + "</ul>\n");
}

constexpr std::array<std::string_view, 3> kPaths{"record", "correct", "retract"};

}  // namespace

bool RecordPage::is_one(const HttpRequest& request) {
  return request.path.size() == 1 && std::ranges::find(kPaths, request.path[0]) != kPaths.end();
}

HttpAnswer RecordPage::answer(const Shell& shell, const Viewer& viewer) {
  static constexpr std::array<Form, 3> kForms{{{"record", "append", message("Record")},
                                               {"correct", "correct", message("Correct")},
                                               {"retract", "retract", message("Retract")}}};
  const HttpRequest& request = shell.request;
  const Form& form = *std::ranges::find(kForms, request.path[0], &Form::path);
  if (!shell.grant.may(Scope::propose)) return not_permitted(shell.grant, Scope::propose);
  NamedValues values = request.query;
  if (!request.body.empty() && !read_values(request.body, values))
    return problem_answer(400, "the form is malformed");
  std::erase_if(values, [](const auto& each) { return each.first == "lang"; });
  if (request.method == "POST" && first_of(values, "do") != "edit")
    return sent(shell, viewer, form, values);
  if (form.path == "record" && !is_chosen(first_of(values, kTypeField)))
    return choice_of_types(shell);
  return shown(shell, viewer, form, values);
}

HttpAnswer RecordPage::sent(const Shell& shell, const Viewer& viewer, const Form& form,
                            const NamedValues& values) {
  HttpRequest command = command_of(form.command, values);
  if (form.path == "correct")
    if (const auto old = find_event(viewer.log, first_of(values, kEventField),
                                    first_of(values, "source-of"), "--source-of"))
      command = command_of(form.command, values, old->event);
  if (first_of(values, "do") == "record") {
    const HttpAnswer done = commands_.run(command, shell.grant, viewer);
    if (done.status == 201)
      return see_other(fmt::format("/log?new={0}#p{0}", done.header("Solnoma-Position")));
    if (done.status == 202)
      return see_other("/proposals?new=" + done.header("Location").substr(14));
    if (done.status == 200)
      return see_other(fmt::format("/log?already={0}#p{0}", done.header("Solnoma-Position")));
    return shown(shell, viewer, form, values, &done);
  }
  OwnedEvents tried;
  const HttpAnswer rehearsed = commands_.rehearse(command, shell.grant, viewer, tried);
  if (rehearsed.status != 200) return shown(shell, viewer, form, values, &rehearsed);
  std::string html = fmt::format("<p>{}</p>\n", shell.word("Nothing is recorded yet."));
  if (tried.events().empty()) {
    html += fmt::format("<p>{}</p>\n", shell.word("This is recorded already."));
  } else {
    const auto events = events_of(tried);
    if (!events) return problem_answer(http_status(events.error().code), events.error());
    auto preview = preview_.html(shell, viewer, *events, tried);
    if (!preview) return problem_answer(http_status(preview.error().code), preview.error());
    html += *preview;
  }
  html += fmt::format("<form method=\"post\" action=\"/{}\" class=\"decide\">\n{}", form.path,
                      hidden_html(values));
  if (!tried.events().empty())
    html += submit_html(shell, "record",
                        shell.grant.may(Scope::record) ? form.title : message("Hand in"));
  html += submit_html(shell, "edit", message("Back to the form"), /*quiet=*/true) + "</form>\n";
  return shell_page(shell, translate(shell.language, "Preview"), html);
}

HttpAnswer RecordPage::shown(const Shell& shell, const Viewer& viewer, const Form& form,
                             const NamedValues& values, const HttpAnswer* refused) {
  Filled filled{values};
  std::string html;
  if (refused != nullptr) {
    const ToldProblem problem = told_problem(*refused);
    filled.wrong_field = problem.field;
    html += problem_html(problem, label_of(shell, problem.field));
  }
  html += fmt::format("<form method=\"post\" action=\"/{}\">\n", form.path);
  std::string title(translate(shell.language, form.title));
  std::span<const FieldGroup> groups = retraction_fields();
  if (form.path == "record") {
    const std::string type = first_of(values, kTypeField);
    title += ": " + type_in_words(type, shell.language);
    groups = event_fields(type);
    html += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", kTypeField,
                        markup_escape(type));
    html += field_html(shell,
                       {.name = kSubjectField,
                        .label = message("Subject"),
                        .hint = message("Its name, or a new one as kind/name, as in park/chirchik"),
                        .required = true,
                        .list = "subjects"},
                       filled) +
            subject_list(viewer);
  } else {
    const std::string id = first_of(values, kEventField);
    const std::string source = first_of(values, "source-of");
    auto stored = find_event(viewer.log, id, source, "--source-of");
    if (!stored) {
      const HttpAnswer missing = problem_answer(stored.error());
      return shell_page(shell, title, problem_html(told_problem(missing)), missing.status);
    }
    html += hidden_html({{std::string(kEventField), id}, {"source-of", source}});
    html += "<ol class=\"entries\">\n" + event_entry(shell, stored->event) + "</ol>\n";
    if (form.path == "correct") {
      groups = event_fields(stored->event.type);
      fill_in(filled, stored->event);
      html += fmt::format("<p>{} {}</p>\n", shell.word("What is left empty stays as it is."),
                          shell.word("Of a list stays what is left in it."));
      if (stored->event.modality == Modality::planned)
        html += field_html(shell,
                           {.name = "actual",
                            .label = message("It is done, not planned"),
                            .kind = FieldKind::flag},
                           filled);
    }
  }
  html += groups_html(shell, groups, filled);
  if (form.path == "correct") html += groups_html(shell, slip_fields(), filled);
  html += submit_html(shell, "preview", message("Preview")) + "</form>\n";
  return shell_page(shell, title, html, refused != nullptr ? refused->status : 200);
}

}  // namespace solnoma
