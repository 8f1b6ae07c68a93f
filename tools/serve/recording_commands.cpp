#include "tools/serve/recording_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <expected>

#include "events/text/quote.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/guarded_appender.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/proposing.hpp"
#include "tools/serve/served_run.hpp"

namespace solnoma {
namespace {

struct ServedCommand {
  std::string_view name;
  std::string_view method;
  Scope scope;  // that it takes
};

/// Those whose options and words are all about events and proposals: none reads a file or asks
/// another server.
constexpr std::array<ServedCommand, 8> kServed{{{"append", "POST", Scope::record},
                                                {"correct", "POST", Scope::record},
                                                {"retract", "POST", Scope::record},
                                                {"postpone", "POST", Scope::record},
                                                {"proposals", "GET", Scope::propose},
                                                {"accept", "POST", Scope::steward},
                                                {"decline", "POST", Scope::steward},
                                                {"date", "GET", Scope::read}}};

const ServedCommand* find_served(std::string_view name) {
  const auto* const found = std::ranges::find(kServed, name, &ServedCommand::name);
  return found == kServed.end() ? nullptr : found;
}

/// What is said in the address and in the form, if that is one.
std::expected<NamedValues, HttpAnswer> values_of(const HttpRequest& request) {
  NamedValues values = request.query;
  if (request.body.empty()) return values;
  const std::string_view type = request.header("content-type").value_or("");
  if (!type.starts_with("application/x-www-form-urlencoded"))
    return std::unexpected(
        problem_answer(415, "a command is sent as a form",
                       "send application/x-www-form-urlencoded, or CloudEvents to /v1/events"));
  if (!read_values(request.body, values))
    return std::unexpected(problem_answer(400, "the form is malformed"));
  return values;
}

/// The words of a command: its options, then what stands behind them.
std::expected<std::vector<std::string>, HttpAnswer> words_of(const CommandDescription& command,
                                                             const HttpRequest& request,
                                                             const NamedValues& values) {
  std::vector<std::string> options{command.name};
  std::vector<std::string> words{"--"};
  words.insert(words.end(), request.path.begin() + 2, request.path.end());
  for (const auto& [option, value] : values) {
    if (option == kZoneOption) continue;
    if (option == "q") {
      words.push_back(value);
      continue;
    }
    const OptionDescription* const known = find_option(command.options, "--" + option);
    if (known == nullptr)
      return std::unexpected(
          problem_answer(400, fmt::format("'{}' is no option of {}", clipped(option), command.name),
                         fmt::format("solnoma {} --help tells of them", command.name)));
    const bool flag = known->type.empty();
    if (flag && value == "false") continue;
    // What a form leaves empty is not given.
    if (!flag && value.empty()) continue;
    options.push_back(flag ? "--" + option : fmt::format("--{}={}", option, value));
  }
  options.insert(options.end(), words.begin(), words.end());
  return options;
}

bool is_given(const NamedValues& values, std::string_view flag) {
  return std::ranges::any_of(
      values, [&](const auto& each) { return each.first == flag && each.second != "false"; });
}

}  // namespace

std::vector<std::string_view> RecordingCommands::names() {
  std::vector<std::string_view> names;
  for (const ServedCommand& each : kServed) names.push_back(each.name);
  return names;
}

std::string_view RecordingCommands::method_of(std::string_view command) {
  const ServedCommand* const served = find_served(command);
  return served == nullptr ? std::string_view() : served->method;
}

HttpAnswer RecordingCommands::run_words(const std::vector<std::string>& words, const Grant& grant,
                                        const Viewer& viewer, GuardedAppender::Told& told) {
  ServedRun ran = run_served(world_, viewer, run_, words, [&](Context& context) {
    context.asker =
        Asker{grant.name, [grant](std::string_view subject) { return grant.sees(subject); },
              !grant.may(Scope::record)};
    context.served_appender = [&](const std::string& proposer) -> std::unique_ptr<Appender> {
      return std::make_unique<GuardedAppender>(appender_, viewer.log, grant, proposer, told);
    };
  });
  if (!told.not_theirs.empty()) return not_theirs(grant, told.not_theirs);
  HttpAnswer answer;
  if (!ran.done) {
    answer = problem_answer(ran.done.error());
    add_notes(answer, ran.notes);
    return answer;
  }
  recorded_ += told.recorded;
  answer.status = told.recorded > 0 ? 201U : 200U;
  // Where whoever sent it finds it, whatever others have recorded since.
  const Position newest = told.newest.value != 0 ? told.newest : appender_.log().head();
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Solnoma-Position", fmt::format("{}", newest.value)}};
  answer.say(std::move(ran.said));
  add_notes(answer, ran.notes);
  return answer;
}

HttpAnswer RecordingCommands::rehearse(const HttpRequest& request, const Grant& grant,
                                       const Viewer& viewer, OwnedEvents& tried) {
  auto values = values_of(request);
  if (!values) return values.error();
  if (!grant.may(Scope::propose)) return not_permitted(grant, Scope::propose);
  if (!is_given(*values, "dry-run")) values->emplace_back("dry-run", "");
  const auto words = words_of(*program_.find(request.path[1]), request, *values);
  if (!words) return words.error();
  GuardedAppender::Told told;
  HttpAnswer answer = run_words(*words, grant, viewer, told);
  tried = std::move(told.tried);
  return answer;
}

HttpAnswer RecordingCommands::propose(const HttpRequest& request, const Grant& grant,
                                      const Viewer& viewer) {
  OwnedEvents tried;
  HttpAnswer answer = rehearse(request, grant, viewer, tried);
  if (answer.status != 200 || tried.events().empty()) return answer;
  auto events = events_of(tried);
  if (!events) return problem_answer(http_status(events.error().code), events.error());
  const auto proposal = hand_in(world_, grant, std::move(*events));
  if (!proposal) return problem_answer(proposal.error());
  HttpAnswer told =
      handed_in(*proposal, answer.type,
                fmt::format("{}handed in as proposal {}: a steward records or declines it\n",
                            *answer.body, proposal->number));
  for (auto& [name, value] : answer.headers)
    if (name == "Solnoma-Note") told.headers.emplace_back(name, value);
  return told;
}

HttpAnswer RecordingCommands::run(const HttpRequest& request, const Grant& grant,
                                  const Viewer& viewer) {
  const ServedCommand& served = *find_served(request.path[1]);
  auto values = values_of(request);
  if (!values) return values.error();
  if (served.scope == Scope::record && !grant.may(Scope::record)) {
    const bool dry = is_given(*values, "dry-run");
    if (!grant.may(Scope::propose))
      return not_permitted(grant, dry ? Scope::propose : Scope::record);
    OwnedEvents tried;
    return dry ? rehearse(request, grant, viewer, tried) : propose(request, grant, viewer);
  }
  if (!grant.may(served.scope)) return not_permitted(grant, served.scope);
  const CommandDescription& command = *program_.find(request.path[1]);
  // A program reads JSON, where there is any.
  const auto has_format = [&] {
    return std::ranges::find(*values, "format", &NamedValues::value_type::first) != values->end();
  };
  if (served.method == "GET" && !has_format()) values->emplace_back("format", "json");
  const auto words = words_of(command, request, *values);
  if (!words) return words.error();
  GuardedAppender::Told told;
  HttpAnswer answer = run_words(*words, grant, viewer, told);
  const auto format = std::ranges::find(*values, "format", &NamedValues::value_type::first);
  if (answer.status == 200 && format != values->end() && format->second == "json")
    answer.type = "application/x-ndjson";
  return answer;
}

}  // namespace solnoma
