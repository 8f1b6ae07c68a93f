#include "tools/serve/recording_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <expected>

#include "events/text/quote.hpp"
#include "tools/serve/gate.hpp"
#include "tools/serve/guarded_appender.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/serve/written.hpp"

namespace solnoma {
namespace {

/// Those whose options and words are all about events: none reads a file or asks another server.
constexpr std::array<std::string_view, 4> kRecording{"append", "correct", "retract", "postpone"};

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

}  // namespace

std::vector<std::string_view> RecordingCommands::names() {
  return {kRecording.begin(), kRecording.end()};
}

bool RecordingCommands::is_one(const HttpRequest& request) {
  return request.path.size() == 2 && request.path[0] == "v1" &&
         std::ranges::find(kRecording, request.path[1]) != kRecording.end();
}

HttpAnswer RecordingCommands::run(const HttpRequest& request, const Grant& grant,
                                  const Viewer& viewer) {
  const std::string& name = request.path[1];
  const CommandDescription* const command = program_.find(name);
  const auto values = values_of(request);
  if (!values) return values.error();
  const bool dry = std::ranges::any_of(
      *values, [](const auto& each) { return each.first == "dry-run" && each.second != "false"; });
  if (const Scope wanted = dry ? Scope::propose : Scope::record; !grant.may(wanted))
    return not_permitted(grant, wanted);
  std::vector<std::string> options{name};
  std::vector<std::string> words{"--"};
  for (const auto& [option, value] : *values) {
    if (option == "q") {
      words.push_back(value);
      continue;
    }
    const OptionDescription* const known = find_option(command->options, "--" + option);
    if (known == nullptr)
      return problem_answer(400, fmt::format("'{}' is no option of {}", clipped(option), name),
                            fmt::format("solnoma {} --help tells of them", name));
    const bool flag = known->type.empty();
    if (flag && value == "false") continue;
    // What a form leaves empty is not given.
    if (!flag && value.empty()) continue;
    options.push_back(flag ? "--" + option : fmt::format("--{}={}", option, value));
  }
  options.insert(options.end(), words.begin(), words.end());

  Written written;
  Written notes;
  GuardedAppender::Told told;
  Context context = served_context(world_, viewer.log, written.file());
  context.notes = notes.file();
  context.served_appender = [&]() -> std::unique_ptr<Appender> {
    return std::make_unique<GuardedAppender>(appender_, viewer.log, grant, told);
  };
  const auto done = run_(options, context);
  if (!told.not_theirs.empty()) return not_theirs(grant, told.not_theirs);
  HttpAnswer answer;
  if (auto ok = done ? context.out.finish() : done; !ok) {
    answer = problem_answer(ok.error());
    add_notes(answer, notes.take());
    return answer;
  }
  recorded_ += told.recorded;
  answer.status = told.recorded > 0 ? 201U : 200U;
  answer.headers = {{"Cache-Control", "no-store"},
                    {"Solnoma-Position", fmt::format("{}", appender_.log().head().value)}};
  answer.say(written.take());
  add_notes(answer, notes.take());
  return answer;
}

}  // namespace solnoma
