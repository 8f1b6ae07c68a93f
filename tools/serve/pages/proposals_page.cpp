#include "tools/serve/pages/proposals_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/chronicle.hpp"
#include "tools/io/each_line.hpp"
#include "tools/proposals/proposal.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/words/dates.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/pages/event_entry.hpp"
#include "tools/serve/pages/told_problem.hpp"
#include "tools/serve/problem_answer.hpp"

namespace solnoma {
namespace {

/// A proposal by its number, or all of them, as the command tells who asks.
HttpRequest question(const std::string& number) {
  HttpRequest request;
  request.method = "GET";
  request.path = {"v1", "proposals"};
  request.query = {{"format", "json"}};
  request.query.emplace_back(number.empty() ? "all" : "q", number);
  return request;
}

std::vector<Proposal> read_lines(const std::string& body) {
  std::vector<Proposal> proposals;
  each_line(body, [&](std::string_view line) {
    if (auto each = proposal_from_json(line)) proposals.push_back(std::move(*each));
  });
  return proposals;
}

/// "Proposal 3, handed in on 28 November 2026 by bot".
std::string heading(const Shell& shell, const Proposal& proposal) {
  return fill(translate(shell.language, "Proposal {n}, {day}, {name}"),
              {{"n", fmt::format("{}", proposal.number)},
               {"day", day_in_words(day_of(proposal.proposed), shell.language)},
               {"name", proposal.by}});
}

std::string decision_html(const Shell& shell, const ProposalDecision& decision) {
  return fmt::format("<p class=\"facts\">{}, {}{}{}</p>\n",
                     shell.word(decision.recorded ? message("recorded") : message("declined")),
                     markup_escape(day_in_words(day_of(decision.decided), shell.language)),
                     decision.by.empty() ? "" : ", " + html_data(decision.by),
                     decision.why.empty() ? "" : ": " + html_data(decision.why));
}

std::string decide_form(const Shell& shell, const Proposal& proposal) {
  return fmt::format(
      "<form method=\"post\" action=\"/proposals\" class=\"decide\">\n"
      "<input type=\"hidden\" name=\"q\" value=\"{}\">\n<div class=\"field\"><label "
      "for=\"f-because\">{}</label><input id=\"f-because\" name=\"because\" "
      "autocomplete=\"off\"></div>\n"
      "<button name=\"do\" value=\"accept\">{}</button>\n<button name=\"do\" value=\"decline\" "
      "class=\"quiet\">{}</button>\n</form>\n",
      proposal.number, shell.word("A word why; to decline it needs one"), shell.word("Record"),
      shell.word("Decline"));
}

std::string events_html(const Shell& shell, const Proposal& proposal) {
  std::string html = "<ol class=\"entries\">\n";
  for (const Event& event : proposal.events) html += event_entry(shell, event);
  return html + "</ol>\n";
}

HttpAnswer list(const Shell& shell, const std::vector<Proposal>& proposals,
                const HttpAnswer* refused) {
  constexpr std::size_t kMost = 100;  // of each part: the command tells all
  std::string html;
  if (refused != nullptr) html += problem_html(told_problem(*refused));
  if (shell.request.asked("new"))
    html += fmt::format("<p class=\"done\" role=\"status\">{}</p>\n",
                        shell.word("It waits for a steward, who records or declines it."));
  const auto part = [&](bool decided, std::string_view title, std::string_view none) {
    html += fmt::format("<h2>{}</h2>\n", shell.word(title));
    std::size_t told = 0;
    for (auto each = proposals.rbegin(); each != proposals.rend(); ++each) {
      if (each->decision.has_value() != decided) continue;
      if (++told > kMost) break;
      html += fmt::format(
          "<section class=\"proposal\">\n<h3><a "
          "href=\"/proposals/{}\">{}</a></h3>\n{}{}</section>\n",
          each->number, html_data(heading(shell, *each)),
          each->decision ? decision_html(shell, *each->decision) : "", events_html(shell, *each));
    }
    if (told == 0) html += fmt::format("<p>{}</p>\n", shell.word(none));
  };
  part(false, message("Waiting"), message("Nothing waits."));
  part(true, message("Decided"), message("Nothing was decided yet."));
  return shell_page(shell, translate(shell.language, "Proposals"), html,
                    refused != nullptr ? refused->status : 200);
}

HttpAnswer one(const Shell& shell, const Viewer& viewer, const Proposal& proposal, Preview& preview,
               const HttpAnswer* refused = nullptr) {
  std::string html;
  if (refused != nullptr) html += problem_html(told_problem(*refused));
  if (proposal.decision) {
    html += decision_html(shell, *proposal.decision) + events_html(shell, proposal);
  } else {
    auto prepared = prepare(proposal.events);
    auto changes = prepared ? preview.html(shell, viewer, proposal.events, *prepared)
                            : Result<std::string>(std::unexpected(prepared.error()));
    // What stands in the way now is told with it.
    html += changes ? *changes
                    : events_html(shell, proposal) +
                          problem_html(told_problem(problem_answer(Failure(changes.error()))));
    if (shell.grant.may(Scope::steward)) html += decide_form(shell, proposal);
  }
  return shell_page(shell, heading(shell, proposal), html,
                    refused != nullptr ? refused->status : 200);
}

}  // namespace

HttpAnswer proposals_page(const Shell& shell, const Viewer& viewer, RecordingCommands& commands,
                          Preview& preview) {
  const HttpRequest& request = shell.request;
  std::string number = request.path.size() > 1 ? request.path[1] : "";
  HttpAnswer decided{.status = 0};
  if (request.method == "POST") {
    HttpRequest command;
    command.method = "POST";
    NamedValues values;
    if (!read_values(request.body, values)) return problem_answer(400, "the form is malformed");
    for (const auto& [name, value] : values) {
      if (name == "do" && (value == "accept" || value == "decline")) command.path = {"v1", value};
      if (name == "q") number = value;
      if (name == "q" || name == "because") command.query.emplace_back(name, value);
    }
    if (command.path.empty()) return problem_answer(400, "a proposal is accepted or declined");
    decided = commands.run(command, shell.grant, viewer);
    if (decided.status == 201) {
      return see_other(fmt::format("/log?new={0}#p{0}", decided.header("Solnoma-Position")));
    }
    if (decided.status == 200)
      return see_other(command.path[1] == "accept" ? fmt::format("/log?already={0}#p{0}",
                                                                 decided.header("Solnoma-Position"))
                                                   : "/proposals");
  }
  // Its address shows the same in another language, and decides nothing again.
  HttpRequest address = request;
  address.method = "GET";
  address.path = {"proposals"};
  if (!number.empty()) address.path.push_back(number);
  const Shell there{address, shell.grant, shell.language};
  const HttpAnswer* const refused = decided.status == 0 ? nullptr : &decided;
  const HttpAnswer answer = commands.run(question(number), shell.grant, viewer);
  if (answer.status != 200) {
    // Who may not come at all is shown where to sign in.
    if (answer.status == 401 || answer.status == 403) return answer;
    return shell_page(there, translate(shell.language, "Proposals"),
                      problem_html(told_problem(answer)), answer.status);
  }
  const std::vector<Proposal> proposals = read_lines(*answer.body);
  if (number.empty() || proposals.empty()) return list(there, proposals, refused);
  return one(there, viewer, proposals.front(), preview, refused);
}

}  // namespace solnoma
