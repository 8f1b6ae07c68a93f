#include "tools/serve/questions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

#include "engine/tree_head.hpp"
#include "events/text/digits.hpp"
#include "events/text/quote.hpp"
#include "tools/report/formats.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/served_run.hpp"
#include "tools/shared/store_kinds.hpp"
#include "tools/shared/vantage.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kCacheBytes = 64 << 20;

/// What is asked over the network. Each reads the log, and nothing else.
constexpr std::array<std::string_view, 14> kAsked{
    "status", "timeline", "diff",  "explain", "report", "plans", "agenda",
    "search", "review",   "story", "log",     "show",   "head",  "prove"};
/// Their options that are taken. A new one is, once it is named here: some name files of this
/// machine, or servers that it would ask.
constexpr std::array<std::string_view, 26> kTaken{
    "as-of",    "at",        "brief",  "country", "for",      "format", "from",
    "height",   "kind",      "known",  "limit",   "known-by", "lang",   "only",
    "partner",  "publisher", "region", "since",   "source",   "state",  "source-of",
    "statuses", "subject",   "to",     "type",    "width"};

/// Endings of addresses that are not the names of formats.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kEndings{
    {{"md", "markdown"}, {"txt", "text"}, {"ndjson", "json"}}};

bool is_position(std::string_view text) {
  if (text.starts_with('@')) text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

}  // namespace

struct Questions::Asked {
  const CommandDescription* command = nullptr;
  std::multimap<std::string, std::string> options;  // by name without dashes
  std::vector<std::string> words;                   // what follows the command's name
  std::size_t of_path = 0;                          // how many of them stand in the path
  std::string format;
  std::string path;
  std::string sight;      // of who asks (Viewer)
  Position position{0};   // of the log that is asked
  std::string kinds;      // what the store calls them; empty: that makes no difference
  std::string today;      // the day it is; empty: that makes no difference to the answer
  bool absolute = false;  // as it was asked, the address says all of its vantage

  /// Whether the answer stays the same at this address.
  [[nodiscard]] bool fixed() const { return absolute && today.empty(); }

  [[nodiscard]] bool has(const char* option) const {
    return find_option(command->options, std::string("--") + option) != nullptr;
  }
  [[nodiscard]] std::string value(const char* option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string() : found->second;
  }
  void set(const char* option, std::string value) {
    options.erase(option);
    options.emplace(option, std::move(value));
  }
  /// The same for equal questions.
  [[nodiscard]] std::string address() const {
    std::string text = path;
    char separator = '?';
    for (std::size_t i = of_path; i < words.size(); ++i)
      text += std::exchange(separator, '&') + ("q=" + percent_encoded(words[i]));
    for (const auto& [name, value] : options) {
      text += std::exchange(separator, '&') + percent_encoded(name);
      if (!value.empty()) text += "=" + percent_encoded(value);
    }
    return text;
  }
  /// Of what is answered at that address now, by this version of the program.
  [[nodiscard]] std::string tag() const {
    const std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", SOLNOMA_VERSION, address(),
                                        position.value, today, sight, kinds);
    const XXH128_hash_t hash = XXH3_128bits(all.data(), all.size());
    return fmt::format("\"{:016x}{:016x}\"", hash.high64, hash.low64);
  }
};

Questions::Questions(const Context& world, const ProgramDescription& program, RunCommand run)
    : world_(world), program_(program), run_(std::move(run)), cache_(kCacheBytes) {}

std::string Questions::media_type(std::string_view command, std::string_view format) {
  if (command == "log" && format == "json") return "application/x-ndjson";
  if (const Format* found = find_format(format)) return std::string(found->media_type);
  return format == "json" ? "application/json" : "text/plain; charset=utf-8";
}

bool Questions::is_asked(const OptionDescription& option) {
  const std::string name = option.names.back().substr(2);
  return std::ranges::find(kTaken, name) != kTaken.end();
}

std::vector<std::string> Questions::commands() {
  return {kAsked.begin(), kAsked.end()};
}

bool Questions::is_question(const HttpRequest& request) const {
  if (request.path.size() < 2 || request.path[0] != "v1") return false;
  const std::string_view name = request.path[1];
  return std::ranges::find(kAsked, name.substr(0, name.find('.'))) != kAsked.end();
}

std::expected<Questions::Asked, HttpAnswer> Questions::read(const HttpRequest& request,
                                                            const Viewer& viewer) const {
  Asked asked;
  asked.sight = viewer.sight;
  std::vector<std::string> path = request.path;
  const std::size_t dot = path.back().rfind('.');
  std::string ending = dot == std::string::npos ? std::string() : path.back().substr(dot + 1);
  for (const auto& [end, format] : kEndings)
    if (ending == end) ending = format;
  std::string name = path[1].substr(0, path.size() == 2 ? dot : std::string::npos);
  asked.command = program_.find(name);
  if (asked.command == nullptr)
    return std::unexpected(problem_answer(404, fmt::format("nothing is called '{}'", clipped(name)),
                                          fmt::format("ask one of {}", fmt::join(kAsked, ", "))));
  const CommandDescription& command = *asked.command;

  const OptionDescription* const format = find_option(command.options, "--format");
  const auto is_format = [&](const std::string& text) {
    return format != nullptr && std::ranges::find(format->choices, text) != format->choices.end();
  };
  if (is_format(ending)) {
    asked.format = ending;
    path.back().resize(dot);
  }
  asked.path = "/v1/" + name;
  if (path.size() > 2) {
    std::string subject;
    for (std::size_t i = 2; i < path.size(); ++i) {
      asked.path += "/" + percent_encoded(path[i]);
      subject += (subject.empty() ? "" : "/") + path[i];
    }
    asked.words.push_back(std::move(subject));
    asked.of_path = 1;
  }

  for (const auto& [option, value] : request.query) {
    if (option == "min-at" || option == kZoneOption) continue;
    if (option == "q" && !command.arguments.empty()) {
      asked.words.push_back(value);
      continue;
    }
    const OptionDescription* const known = find_option(command.options, "--" + option);
    if (known == nullptr || !is_asked(*known)) {
      std::vector<std::string> names;
      for (const OptionDescription& each : command.options)
        if (is_asked(each)) names.push_back(each.names.back().substr(2));
      return std::unexpected(
          problem_answer(400, fmt::format("'{}' cannot be asked of {}", clipped(option), name),
                         fmt::format("it takes {}", fmt::join(names, ", "))));
    }
    if (!known->repeated && asked.options.contains(option))
      return std::unexpected(
          problem_answer(400, fmt::format("'{}' is said twice", option), "say it once"));
    if (option == "format") {
      asked.format = value;
      continue;
    }
    if (known->type.empty()) {  // a flag
      if (value == "false") continue;
      if (!value.empty() && value != "true")
        return std::unexpected(problem_answer(400, fmt::format("'{}' takes no value", option)));
      asked.options.emplace(option, "");
      continue;
    }
    asked.options.emplace(option, value);
  }
  if (asked.format.empty() && format != nullptr)
    asked.format = is_format("json") ? "json" : format->choices.front();
  if (format != nullptr) asked.options.emplace("format", asked.format);
  if (const Format* known = find_format(asked.format); known != nullptr && known->calls_kinds)
    asked.kinds = store_kinds_text(world_.store);
  return asked;
}

/// Whether the answer depends on the day on which it is asked, beyond the vantage: by what is left
/// out, by words ("next quarter"), by dates as they are typed ("yesterday").
bool Questions::is_relative(const Asked& asked) {
  constexpr std::array<std::string_view, 4> kDates{"from", "to", "since", "at"};
  const auto says_when = [](std::string text) {
    for (const std::string_view axis : {"as-of=", "known-by=", "at="})
      if (const auto found = text.find(axis); found != std::string::npos)
        text.erase(found, axis.size());
    return std::ranges::none_of(text, [](unsigned char c) { return c >= 'a' || c >= 0x80; });
  };
  if (asked.command->name == "diff" || asked.command->name == "agenda") return true;
  if (!asked.has("as-of")) return true;
  return std::ranges::any_of(asked.options, [&](const auto& each) {
    return std::ranges::find(kDates, each.first) != kDates.end() && !says_when(each.second);
  });
}

std::expected<void, HttpAnswer> Questions::fix_vantage(Asked& asked, const Viewer& viewer,
                                                       bool may_read) const {
  const Log& log = viewer.log;
  asked.position = log.head();
  Context context = served_context(world_, viewer);
  auto today = context.today();
  if (!today) return std::unexpected(problem_answer(today.error()));
  if (is_relative(asked)) asked.today = to_string(*today);
  if (!asked.has("at")) return {};
  const std::string was = asked.address();
  VantageOptions options{asked.value("as-of"), asked.value("known-by"), asked.value("at")};
  std::optional<TreeHead> promised;
  if (auto head = tree_head_from(options.at)) {
    promised = *head;
    options.at = fmt::format("@{}", head->position.value);
  }
  if (!may_read && (promised || (!options.at.empty() && !is_position(options.at))))
    return std::unexpected(HttpAnswer{});
  const auto vantage = resolve(options, context, log);
  if (!vantage) return std::unexpected(problem_answer(vantage.error()));
  if (promised) {
    const auto head = log.tree_head(vantage->at);
    if (!head) return std::unexpected(problem_answer(Failure(head.error())));
    if (*head != *promised)
      return std::unexpected(problem_answer(
          409,
          fmt::format("the log at {} has another head, {}", vantage->at.value, to_string(*head)),
          "this is another log than the one that was meant, or it was rewritten"));
  }
  asked.position = vantage->at;
  asked.set("at", fmt::format("@{}", vantage->at.value));
  // A comparison of two days has another day for what is left out.
  const bool compared = asked.command->name == "diff" && options.as_of.empty();
  if (asked.has("as-of") && !compared) asked.set("as-of", to_string(vantage->as_of));
  if (!options.known_by.empty()) asked.set("known-by", to_string(vantage->known_by));
  asked.absolute = was == asked.address();
  return {};
}

HttpAnswer Questions::run(const Asked& asked, const Viewer& viewer) {
  std::vector<std::string> words{asked.command->name};
  for (const auto& [name, value] : asked.options)
    words.push_back(value.empty() ? "--" + name : "--" + name + "=" + value);
  words.emplace_back("--");
  words.insert(words.end(), asked.words.begin(), asked.words.end());
  ServedRun ran = run_served(world_, viewer, run_, words, [](Context&) {});
  if (!ran.done) {
    HttpAnswer refused = problem_answer(ran.done.error());
    add_notes(refused, ran.notes);
    return refused;
  }
  HttpAnswer answer{.type = media_type(asked.command->name, asked.format)};
  answer.say(std::move(ran.said));
  add_notes(answer, ran.notes);
  if (std::string head = head_.of(viewer.log, asked.position); !head.empty())
    answer.headers.emplace_back("Solnoma-Head", std::move(head));
  answer.headers.emplace_back("Content-Location", asked.address());
  answer.headers.emplace_back("ETag", asked.tag());
  return answer;
}

namespace {

/// For how long whom the answer reaches may keep it.
std::string keeping(bool fixed, const Viewer& viewer) {
  if (!fixed) return viewer.everyone ? "no-cache" : "private, no-cache";
  return fmt::format("{}, max-age=31536000, immutable", viewer.everyone ? "public" : "private");
}

/// What the answer is to this request, which may have it already, or ask from where time moves.
HttpAnswer with_validity(const HttpAnswer& answer, const HttpRequest& request, bool fixed,
                         const Viewer& viewer) {
  HttpAnswer sent = answer;
  if (answer.status != 200) return sent;
  sent.headers.emplace_back("Cache-Control", keeping(fixed, viewer));
  sent.headers.emplace_back("Vary", "Authorization, Cookie");
  const auto tag = std::ranges::find(sent.headers, "ETag", &NamedValues::value_type::first);
  const auto known = request.header("if-none-match");
  if (known && tag != sent.headers.end() && known->find(tag->second) != std::string_view::npos) {
    sent.status = 304;
    sent.body.reset();
  }
  return sent;
}

}  // namespace

std::optional<HttpAnswer> Questions::at_once(const HttpRequest& request, const Viewer& viewer) {
  if (request.asked("min-at")) return std::nullopt;
  auto asked = read(request, viewer);
  if (!asked || !fix_vantage(*asked, viewer, /*may_read=*/false)) return std::nullopt;
  if (const auto known = request.header("if-none-match");
      known && known->find(asked->tag()) != std::string_view::npos) {
    HttpAnswer same{.status = 304};
    same.headers = {{"ETag", asked->tag()}, {"Content-Location", asked->address()}};
    same.headers.emplace_back("Cache-Control", keeping(asked->fixed(), viewer));
    same.headers.emplace_back("Vary", "Authorization, Cookie");
    return same;
  }
  const auto kept = cache_.find(asked->tag());
  if (!kept) return std::nullopt;
  return with_validity(*kept, request, asked->fixed(), viewer);
}

HttpAnswer Questions::answer(const HttpRequest& request, const Viewer& viewer) {
  auto asked = read(request, viewer);
  if (!asked) return asked.error();
  if (const auto least = request.asked("min-at")) {
    std::uint64_t position = 0;
    if (!is_position(*least) || std::from_chars(least->data() + least->starts_with('@'),
                                                least->data() + least->size(), position)
                                        .ec != std::errc{})
      return problem_answer(400, "min-at is a position of the log", "give a number");
    if (viewer.log.head() < Position{position}) {
      HttpAnswer later = problem_answer(
          503,
          fmt::format("the log reaches up to {}, not yet to {}", viewer.log.head().value, position),
          "ask again in a moment");
      later.headers.emplace_back("Retry-After", "1");
      return later;
    }
  }
  if (auto ok = fix_vantage(*asked, viewer, /*may_read=*/true); !ok) return ok.error();
  const auto answer = cache_.get(asked->tag(), [&] { return run(*asked, viewer); });
  return with_validity(*answer, request, asked->fixed(), viewer);
}

}  // namespace solnoma
