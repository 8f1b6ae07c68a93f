#include "tools/serve/remote.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "tools/io/http.hpp"
#include "tools/io/json_values.hpp"
#include "tools/io/output_file.hpp"
#include "tools/report/formats.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/http.hpp"
#include "tools/serve/http_server.hpp"
#include "tools/serve/local_server.hpp"
#include "tools/serve/questions.hpp"
#include "tools/serve/recording_commands.hpp"

namespace solnoma {
namespace {

constexpr std::chrono::seconds kPatience{300};
constexpr std::size_t kMostAnswer = std::size_t{1} << 30;

/// What the command wrote before it refused.
std::string said_of(const HttpReply& reply) {
  rapidjson::Document problem;
  problem.Parse(reply.body.data(), reply.body.size());
  return problem.HasParseError() ? std::string() : member_text(problem, "said");
}

/// What the server refused, as the command would have.
Failure failure_of(const HttpReply& reply, const std::string& store) {
  rapidjson::Document problem;
  problem.Parse(reply.body.data(), reply.body.size());
  const bool told = !problem.HasParseError() && !member_text(problem, "detail").empty();
  if (!told)
    return {Error{Errc::unavailable,
                  fmt::format("{} answered with HTTP status {}", store, reply.status),
                  {},
                  "look at the address"},
            Exit::store};
  Error error{Errc::invalid, member_text(problem, "detail"), member_text(problem, "where"),
              member_text(problem, "remedy")};
  constexpr long kUnknown = 401;
  if (reply.status == kUnknown)
    error.remedy = "say the token in $SOLNOMA_TOKEN, or set 'token' in the file of settings";
  constexpr long kServerFailed = 500;
  const Exit exit = reply.status >= kServerFailed ? Exit::store
                    : reply.status == 400         ? Exit::usage
                                                  : Exit::refused;
  return {std::move(error), exit};
}

/// What a file holds. Errors: usage where it cannot be read, or a server takes none so large.
Try<std::string> content_of(const std::string& path) {
  constexpr std::size_t kMost = HttpLimits{}.body_bytes;
  std::error_code unknown;
  if (std::filesystem::file_size(path, unknown) > kMost && !unknown)
    return usage(
        fmt::format("{} is larger than {} MiB, the most that a server takes at once", path,
                    kMost >> 20),
        "divide it, or import it into the directory of the store while no server holds it");
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  if (!in) return usage(fmt::format("cannot read {}", path), "name a file");
  return content.str();
}

/// What an import sends beside its options: the mapping, if there is one, and the file after it.
struct SentFile {
  std::string name, content;
};
Try<SentFile> file_of(TypedCommand& typed) {
  SentFile sent;
  for (auto& [option, value] : typed.options) {
    if (option != "map") continue;
    auto mapping = content_of(value);
    if (!mapping) return refuse(mapping);
    sent.content = std::move(*mapping);
    option = "map-bytes";
    value = fmt::format("{}", sent.content.size());
  }
  const auto is_undo = [](const auto& each) { return each.first == "undo"; };
  if (std::ranges::any_of(typed.options, is_undo)) return sent;
  if (typed.words.size() != 1 || typed.words.front() == "-")
    return usage("a server imports one file at a time", "name one FILE");
  const std::string path = std::exchange(typed.words, {}).front();
  auto content = content_of(path);
  if (!content) return refuse(content);
  sent.name = path.substr(path.find_last_of('/') + 1);
  sent.content += *content;
  return sent;
}

}  // namespace

bool is_remote(const std::string& store) {
  return store.starts_with("http://") || store.starts_with("https://");
}

bool goes_to_local_server(const TypedCommand& typed, Context& context) {
  const bool guesses =
      std::ranges::any_of(typed.options, [](const auto& each) { return each.first == "guess"; });
  const bool imports = typed.name == "import" && !guesses;  // to guess takes no store
  if (!imports && RecordingCommands::method_of(typed.name) != "POST") return false;
  const auto server = find_local_server(context.store);
  if (!server) return false;
  context.store = server->url;
  context.settings.give(Setting::token, server->token, "server.json");
  return true;
}

Outcome ask_remote(TypedCommand typed, Context& context, bool direct) {
  const std::vector<std::string> asked = Questions::commands();
  const std::string_view method = RecordingCommands::method_of(typed.name);
  const bool records = method == "POST";
  const bool imports = typed.name == "import";
  if (!imports && method.empty() && std::ranges::find(asked, typed.name) == asked.end())
    return usage(fmt::format("'{}' is not done over the network", typed.name),
                 fmt::format("name a directory as the store; a server does {} and {}",
                             fmt::join(asked, ", "), fmt::join(RecordingCommands::names(), ", ")));
  if ((records || imports) && context.trust_clock)
    return usage("--trust-clock: a server records by its own clock", "begin the server with it");
  auto file = imports ? file_of(typed) : Try<SentFile>();
  if (!file) return refuse(file);
  std::string url = context.store;
  while (url.ends_with('/')) url.pop_back();
  url += "/v1/" + typed.name;
  std::string values;  // as an address and a form have them
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!values.empty()) values += '&';
    values += percent_encoded(name);
    if (!value.empty()) values += "=" + percent_encoded(value);
  };
  std::string output;
  bool format = false;
  for (const auto& [name, value] : typed.options) {
    if (name == "output") {
      output = value;
    } else if (name == "json") {
      add("format", "json");
      format = true;
    } else {
      add(name, value);
      format = format || name == "format";
    }
  }
  // Left out, a terminal shows text where a program gets JSON.
  if (!format && !typed.usual_format.empty()) {
    const auto by_ending = format_of_file(output);
    add("format", by_ending ? std::string(*by_ending) : typed.usual_format);
  }
  const auto is_given = [&](std::string_view option) {
    return std::ranges::any_of(typed.options,
                               [&](const auto& each) { return each.first == option; });
  };
  const Held& language = context.settings[Setting::lang];
  if (typed.takes_language && !is_given("lang") && language.origin != Origin::otherwise)
    add("lang", language.value);
  // A comparison has another day for what is left out.
  if (!context.given_today.empty() && typed.takes_as_of && typed.name != "diff" &&
      !is_given("as-of"))
    add("as-of", context.given_today);
  for (const std::string& word : typed.words) add("q", word);
  // Today is where the user is, as with a directory.
  const std::string zone = context.variables ? context.variables("TZ").value_or("") : std::string();
  const bool zoned = !zone.empty() && local_day_in(zone);
  if (zoned && !records) add(std::string(kZoneOption), zone);
  if (imports && !file->name.empty()) add("name", file->name);

  HttpCall question{.url = url,
                    .patience = kPatience,
                    .most = kMostAnswer,
                    .authorities = context.settings[Setting::ca].value};
  question.direct = direct;
  if (const std::string& token = context.settings[Setting::token].value; !token.empty())
    question.headers.push_back("Authorization: Bearer " + token);
  if (imports) {
    question.headers.emplace_back("Content-Type: application/octet-stream");
    question.url += "?" + values;
    question.body = file->content;
  } else if (records) {
    question.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
    question.body = values;
    if (zoned) question.url += fmt::format("?{}={}", kZoneOption, percent_encoded(zone));
  } else if (!values.empty()) {
    question.url += "?" + values;
  }
  if ((records || imports) && !context.given_today.empty()) {
    auto today = context.today();
    if (!today) return refuse(today);
    question.headers.push_back(fmt::format("{}: {}", kTodayHeader, to_string(*today)));
  }
  auto reply = call(question);
  if (!reply) return refuse(reply);
  if (const auto notes = percent_decoded(reply->header("solnoma-note"), /*plus=*/false))
    (void)std::fputs(notes->c_str(), context.notes);
  constexpr long kDone = 200;
  constexpr long kRecorded = 201;
  constexpr long kHandedIn = 202;
  if (reply->status != kDone && reply->status != kRecorded && reply->status != kHandedIn) {
    if (const std::string said = said_of(*reply); !said.empty()) context.out.write(said);
    return std::unexpected(failure_of(*reply, context.store));
  }
  if (output.empty()) {
    context.page();
    context.out.write(reply->body);
    return {};
  }
  auto written = OutputFile::open(output);
  if (!written) return refuse(written);
  written->output().write(reply->body);
  return written->finish();
}

}  // namespace solnoma
