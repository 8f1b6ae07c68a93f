#include "tools/serve/chronicle_server.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <initializer_list>
#include <mutex>
#include <thread>

#include "events/text/quote.hpp"
#include "events/text/text.hpp"
#include "tools/serve/asked_zone.hpp"
#include "tools/serve/assets.hpp"
#include "tools/serve/atom.hpp"
#include "tools/serve/change_feed.hpp"
#include "tools/serve/event_feed.hpp"
#include "tools/serve/importing.hpp"
#include "tools/serve/local_server.hpp"
#include "tools/serve/mcp.hpp"
#include "tools/serve/openapi.hpp"
#include "tools/serve/pages/pages.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/recording.hpp"
#include "tools/serve/recording_commands.hpp"
#include "tools/serve/served_context.hpp"
#include "tools/serve/sign_in_page.hpp"
#include "tools/serve/stranger.hpp"
#include "tools/serve/tiles/tile_answers.hpp"
#include "tools/serve/viewer.hpp"

namespace solnoma {
namespace {

/// A line for each request, as logfmt has it, on standard error.
void tell_request(const HttpExchange& exchange) {
  constexpr std::size_t kMost = 1'000;
  std::string target = visible(exchange.target.substr(0, kMost));
  std::ranges::replace(target, '"', '\'');
  std::string line = fmt::format(
      "time={} method={} target=\"{}\" status={} bytes={} us={} trace={}",
      to_string(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())),
      visible(exchange.method), target, exchange.status, exchange.bytes, exchange.took.count(),
      exchange.trace);
  if (!exchange.by.empty()) line += fmt::format(" token=\"{}\"", visible(exchange.by));
  (void)std::fputs((line + "\n").c_str(), stderr);
}

bool is_at(const HttpRequest& request, std::initializer_list<std::string_view> path) {
  return std::ranges::equal(request.path, path);
}

HttpAnswer plain_answer(std::string text) {
  HttpAnswer answer;
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.say(std::move(text));
  return answer;
}

}  // namespace

struct ChronicleServer::Impl {
  const Context& world;
  Journal& journal;
  Webhooks& webhooks;
  ServeOptions options;
  Gate gate;
  Viewers viewers;
  Questions questions;
  Recording recording;
  RecordingCommands commands;
  Mcp mcp;
  std::mutex trials;  // held by who makes a trial of the log
  Importing importing;
  Pages pages;
  TileAnswers tiles;
  std::shared_ptr<const std::string> openapi;
  HttpServer http;
  std::uint16_t port = 0;
  std::atomic<bool> ending = false;

  Impl(const Context& w, Journal& j, Webhooks& h, const ProgramDescription& program,
       const RunCommand& run, const ServeOptions& o)
      : world(w),
        journal(j),
        webhooks(h),
        options(o),
        gate(o.gate,
             [&w] {
               // Where no day is known, nothing is taken that expires.
               auto today = served_context(w, *w.served).today();
               return today ? *today : kOpenFuture;
             }),
        viewers(j.log()),
        questions(w, program, run),
        recording(w, j),
        commands(w, j, program, run),
        mcp({questions, commands, program}),
        importing(w, j, trials, program, run),
        pages(w, j, trials, questions, commands, importing),
        tiles(j.log(), o.signing),
        openapi(std::make_shared<const std::string>(openapi_of(program))),
        http(
            HttpLimits{}, o.security,
            [this](const HttpRequest& request) {
              auto given = at_once(request);
              if (given) tell_lag(*given);
              return given;
            },
            &work_of,
            [this](const HttpRequest& request) {
              HttpAnswer given = answer(request);
              tell_lag(given);
              return given;
            },
            &tell_request) {
    if (options.others != nullptr) http.when_late([this] { options.others->give_up(); });
  }

  /// A copy says how far behind it is, as far as it knows.
  void tell_lag(HttpAnswer& answer) const {
    if (options.others == nullptr) return;
    answer.headers.emplace_back("Solnoma-Behind", fmt::format("{}", options.others->behind()));
    if (const auto heard = options.others->heard())
      answer.headers.emplace_back("Solnoma-Followed", to_string(*heard));
  }

  [[nodiscard]] HttpAnswer readiness() const {
    const std::string why =
        options.others == nullptr ? std::string() : options.others->why_not_ready();
    HttpAnswer answer = plain_answer(why.empty() ? "ready\n" : why + "\n");
    if (!why.empty()) answer.status = 503;
    return answer;
  }

  /// What records does so at the server that is followed, which knows its tokens.
  enum class Elsewhere { no, forwarded, led };
  [[nodiscard]] Elsewhere elsewhere(const HttpRequest& request) const {
    constexpr std::array<std::string_view, 5> kRecordingPages{"record", "correct", "retract",
                                                              "import", "proposals"};
    if (options.follower == nullptr || is_at(request, {"sign-in"}) || is_at(request, {"sign-out"}))
      return Elsewhere::no;
    const std::string_view first =
        request.path.empty() ? std::string_view() : std::string_view(request.path[0]);
    const bool proposals =
        first == "v1" && request.path.size() >= 2 && request.path[1] == "proposals";
    if ((request.method == "POST" && first != "mcp") || proposals) return Elsewhere::forwarded;
    const bool page = std::ranges::find(kRecordingPages, first) != kRecordingPages.end();
    return page ? Elsewhere::led : Elsewhere::no;
  }

  [[nodiscard]] HttpAnswer alive(const HttpRequest& request) const {
    constexpr std::size_t kMost = 128;
    HttpAnswer answer = plain_answer("alive\n");
    const auto challenge = request.header(kChallenge);
    if (challenge && challenge->size() <= kMost && !options.gate.local_token.empty())
      answer.headers.emplace_back(kProof, proof_of(options.gate.local_token, *challenge));
    return answer;
  }

  /// What everybody is answered; none: it depends on who asks.
  std::optional<HttpAnswer> open_to_all(const HttpRequest& request) {
    if (asks(request)) {
      if (is_at(request, {"livez"})) return alive(request);
      if (is_at(request, {"readyz"})) return readiness();
      if (is_at(request, {"sign-in"})) return sign_in_page(request);
      if (request.path.size() == 2 && request.path[0] == "assets") return asset_answer(request);
    }
    if (is_at(request, {".well-known", "openapi"})) {
      HttpAnswer answer{.type = "application/json"};
      answer.body = openapi;
      return answer;
    }
    return std::nullopt;
  }

  std::optional<HttpAnswer> at_once(const HttpRequest& request) {
    if (auto refused = refuse_stranger(request, options.hosts)) return refused;
    if (auto open = open_to_all(request)) return open;
    if (!asks(request) || elsewhere(request) != Elsewhere::no) return std::nullopt;
    auto admitted = gate.admit(request, /*may_wait=*/false);
    if (!admitted) return std::nullopt;
    if (auto* refused = std::get_if<HttpAnswer>(&*admitted))
      return to_sign_in(request, std::move(*refused));
    const auto& grant = std::get<Grant>(*admitted);
    if (is_at(request, {"metrics"})) return metrics(grant);
    if (!questions.is_question(request) || refuse_zone(request)) return std::nullopt;
    auto known = questions.at_once(request, viewer_of(request, grant));
    if (known) known->by = grant.name;
    return known;
  }

  static HttpServer::Work work_of(const HttpRequest& request) {
    using Work = HttpServer::Work;
    const bool below_v1 = request.path.size() >= 2 && request.path[0] == "v1";
    const bool events = below_v1 && request.path[1] == "events";
    if (below_v1 && request.method == "POST" &&
        (events || !RecordingCommands::method_of(request.path[1]).empty()))
      return Work::recording;
    const bool streams = events || is_at(request, {"v1", "changes"});
    return streams && asks_for_stream(request) ? Work::stream : Work::question;
  }

  /// Whom a browser brings is shown where to sign in.
  static HttpAnswer to_sign_in(const HttpRequest& request, HttpAnswer refused) {
    if (!is_of_browser(request) || !asks(request) || refused.status != 401) return refused;
    HttpAnswer answer{.status = 303};
    answer.headers = {{"Location", "/sign-in"}, {"Cache-Control", "no-store"}};
    return answer;
  }

  Viewer viewer_of(const HttpRequest& request, const Grant& grant) {
    Viewer viewer = viewers.of(grant);
    viewer.local_day = day_of_asker(request, world.local_day);
    viewer.everyone = grant.subjects.empty() && gate.reads_freely();
    return viewer;
  }

  static bool asks(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
  }

  HttpAnswer metrics(const Grant& grant) {
    const HttpServer::Counts counts = http.counts();
    std::string text;
    const auto tell = [&](const char* name, const char* type, const char* help,
                          std::uint64_t value) {
      text += fmt::format("# HELP solnoma_{0} {1}\n# TYPE solnoma_{0} {2}\nsolnoma_{0} {3}\n", name,
                          help, type, value);
    };
    tell("head_position", "gauge", "Position of the newest event", journal.log().head().value);
    tell("requests_total", "counter", "Requests that were read", counts.requests);
    tell("requests_refused_total", "counter", "Requests that were none, or too many",
         counts.refused);
    tell("connections", "gauge", "Open connections", counts.connections);
    if (options.others != nullptr) {
      tell("follow_behind_events", "gauge", "Events that were recorded elsewhere, and are not here",
           options.others->behind());
      tell("follow_failures", "gauge", "Tries to hear of those that failed, in a row",
           options.others->failures());
    }
    if (options.follower != nullptr)
      tell("follow_promised_position", "gauge", "Position of the newest head that was seen",
           options.follower->state().promised.value);
    tell("streams", "gauge", "Streams of events", counts.streams);
    tell("events_recorded_total", "counter", "Events recorded over HTTP",
         recording.recorded() + commands.recorded());
    tell("records_refused_total", "counter", "Requests to record that were refused",
         recording.refused());
    // Whom the owner tells of news is nobody's business who may see a part of it.
    if (grant.subjects.empty()) text += webhooks.metrics();
    HttpAnswer answer = plain_answer(std::move(text));
    answer.type = "text/plain; version=0.0.4; charset=utf-8";
    return answer;
  }

  HttpAnswer answer(const HttpRequest& request) {
    if (request.method == "POST") {
      if (is_at(request, {"sign-in"})) return sign_in(request);
      if (is_at(request, {"sign-out"})) return gate.sign_out(request);
    }
    switch (elsewhere(request)) {
      case Elsewhere::forwarded:
        return options.follower->forward(request);
      case Elsewhere::led:
        return options.follower->lead_there(request);
      case Elsewhere::no:
        break;
    }
    auto admitted = gate.admit(request, /*may_wait=*/true);
    if (auto* refused = std::get_if<HttpAnswer>(&*admitted))
      return to_sign_in(request, std::move(*refused));
    const auto& grant = std::get<Grant>(*admitted);
    HttpAnswer given = to_sign_in(request, answer(request, grant));
    // A person reads a page, not JSON, but for what was asked of the API.
    const bool of_api = !request.path.empty() && request.path[0] == "v1";
    if (is_of_browser(request) && !of_api && given.type == kProblemType)
      given = pages.problem(request, grant, std::move(given));
    given.by = grant.name;
    return given;
  }

  /// Whoever says which day it is where they are does not record by another one.
  [[nodiscard]] std::optional<HttpAnswer> refuse_other_day(const HttpRequest& request,
                                                           const Viewer& viewer) const {
    const auto theirs = request.header(kTodayHeader);
    if (!theirs) return std::nullopt;
    auto today = served_context(world, viewer).today();
    if (!today) return problem_answer(today.error());
    if (*theirs == to_string(*today)) return std::nullopt;
    return problem_answer(
        400,
        fmt::format("today is {} for this command, and {} for the server", clipped(*theirs),
                    to_string(*today)),
        "say when it became known with --known, or begin the server with the same --today");
  }

  static bool is_of_browser(const HttpRequest& request) {
    return request.header("accept").value_or("").find("text/html") != std::string_view::npos;
  }

  /// The streamable HTTP of the Model Context Protocol, without sessions and streams, which it
  /// leaves to a server.
  HttpAnswer answer_mcp(const HttpRequest& request, const Grant& grant,
                        const Viewer& viewer) const {
    if (request.method != "POST") {
      HttpAnswer refused = problem_answer(405, "a message is sent here", "POST");
      refused.headers.emplace_back("Allow", "POST");
      return refused;
    }
    const auto version = request.header("mcp-protocol-version");
    if (version && std::ranges::find(Mcp::kVersions, *version) == Mcp::kVersions.end())
      return problem_answer(400, fmt::format("the revision '{}' is not spoken", clipped(*version)),
                            fmt::format("speak one of {}", fmt::join(Mcp::kVersions, ", ")));
    if (!request.header("content-type").value_or("").starts_with("application/json"))
      return problem_answer(415, "a message is JSON", "send application/json");
    const auto said = mcp.answer(request.body, grant, viewer, site_of(request));
    HttpAnswer answer{.status = said ? 200U : 202U, .type = "application/json"};
    answer.headers.emplace_back("Cache-Control", "no-store");
    if (said) answer.say(*said);
    return answer;
  }

  /// A stream ends when who reads it may read no more.
  HttpAnswer for_the_admitted(const HttpRequest& request, HttpAnswer answer) {
    if (!answer.pieces) return answer;
    answer.pieces = [this, request,
                     pieces = std::move(answer.pieces)]() -> std::optional<std::string> {
      const auto admitted = gate.admit(request, /*may_wait=*/true);
      if (!std::holds_alternative<Grant>(*admitted)) return std::nullopt;
      return pieces();
    };
    return answer;
  }

  HttpAnswer sign_in(const HttpRequest& request) {
    HttpAnswer answer = gate.sign_in(request);
    const bool again = answer.status == 401 && is_of_browser(request);
    return again ? sign_in_page(request, /*refused=*/true) : answer;
  }

  HttpAnswer answer(const HttpRequest& request, const Grant& grant) {
    const Viewer viewer = viewer_of(request, grant);
    if (auto refused = refuse_zone(request)) return std::move(*refused);
    const bool events = is_at(request, {"v1", "events"});
    if (events && request.method == "POST") {
      if (!grant.may(Scope::propose))
        return not_permitted(grant, request.asked("dry-run") ? Scope::propose : Scope::record);
      return recording.record(request, grant, viewer);
    }
    if (asks(request))
      if (auto part = tiles.answer(request, grant, viewer)) return std::move(*part);
    if (auto page = pages.answer(request, grant, viewer)) return std::move(*page);
    if (is_at(request, {"mcp"})) return answer_mcp(request, grant, viewer);
    if (auto refused = refuse_other_day(request, viewer)) return std::move(*refused);
    if (is_at(request, {"v1", "import"}) && request.method == "POST")
      return importing.run(request, grant, viewer);
    const bool below_v1 = request.path.size() >= 2 && request.path[0] == "v1";
    const std::string_view command =
        below_v1 ? RecordingCommands::method_of(request.path[1]) : std::string_view();
    if (command == (asks(request) ? "GET" : request.method) && !command.empty())
      return commands.run(request, grant, viewer);
    if (!asks(request) || !command.empty()) {
      HttpAnswer refused =
          problem_answer(405, fmt::format("{} is not done here", clipped(request.method)),
                         events              ? "GET or POST"
                         : command == "POST" ? "POST"
                                             : "GET");
      refused.headers.emplace_back("Allow", events              ? "GET, HEAD, POST"
                                            : command == "POST" ? "POST"
                                                                : "GET, HEAD");
      return refused;
    }
    if (events) return for_the_admitted(request, feed_events(request, world, viewer));
    if (is_at(request, {"v1", "changes"}))
      return for_the_admitted(request, feed_changes(request, world, viewer));
    if (is_at(request, {"v1", "changes.atom"})) return atom_of_changes(request, world, viewer);
    if (questions.is_question(request)) return questions.answer(request, viewer);
    return problem_answer(404, "there is nothing at this address",
                          fmt::format("ask /v1/ followed by events, changes, or one of {}",
                                      fmt::join(Questions::commands(), ", ")));
  }

  /// Tells streams and webhooks when there is more in the log than up to `seen`.
  void watch(Position seen) {
    using std::chrono::milliseconds;
    constexpr milliseconds kLook{200};
    while (!ending) {
      const auto head = journal.log().wait_past(seen, kLook);
      if (!head || *head == seen) continue;
      seen = *head;
      http.wake();
      webhooks.wake();
    }
  }
};

ChronicleServer::ChronicleServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChronicleServer::~ChronicleServer() = default;

Result<std::unique_ptr<ChronicleServer>> ChronicleServer::open(const Context& world,
                                                               Journal& journal, Webhooks& webhooks,
                                                               const ProgramDescription& program,
                                                               RunCommand run,
                                                               const ServeOptions& options) {
  auto impl = std::make_unique<Impl>(world, journal, webhooks, program, std::move(run), options);
  auto port = impl->http.listen(options.address, options.port);
  if (!port) return std::unexpected(port.error());
  impl->port = *port;
  return std::unique_ptr<ChronicleServer>(new ChronicleServer(std::move(impl)));
}

std::uint16_t ChronicleServer::port() const {
  return impl_->port;
}

void ChronicleServer::run() {
  // Before anybody reads: what comes while they begin is told.
  const Position seen = impl_->journal.log().head();
  impl_->webhooks.begin();
  std::thread watcher([this, seen] { impl_->watch(seen); });
  impl_->http.run();
  impl_->ending = true;
  watcher.join();
  impl_->webhooks.end();
}

}  // namespace solnoma
