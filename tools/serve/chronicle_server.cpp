#include "tools/serve/chronicle_server.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "events/text/quote.hpp"
#include "tools/serve/event_feed.hpp"
#include "tools/serve/openapi.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/recording.hpp"

namespace solnoma {
namespace {

/// Whether two texts are the same, in a time that tells nothing of where they differ.
bool same_secret(std::string_view one, std::string_view other) {
  unsigned char differs = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i)
    differs |= static_cast<unsigned char>(one[i] ^ other[i]);
  return differs == 0;
}

/// "localhost:8417" without the port.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
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
  ServeOptions options;
  Questions questions;
  Recording recording;
  std::shared_ptr<const std::string> openapi;
  HttpServer http;
  std::uint16_t port = 0;
  std::atomic<bool> ending = false;

  Impl(const Context& w, Journal& j, const ProgramDescription& program, RunCommand run,
       const ServeOptions& o)
      : world(w),
        journal(j),
        options(o),
        questions(w, j.log(), program, std::move(run)),
        recording(j),
        openapi(std::make_shared<const std::string>(openapi_of(program))),
        http(
            HttpLimits{}, [this](const HttpRequest& request) { return at_once(request); },
            [this](const HttpRequest& request) { return answer(request); }) {}

  /// A page elsewhere that a browser shows can name this machine as its own (DNS rebinding), or
  /// send what its reader did not mean to.
  [[nodiscard]] std::optional<HttpAnswer> refuse_stranger(const HttpRequest& request) const {
    const std::string_view host = request.header("host").value_or("");
    const std::string_view name = host_name(host);
    const bool known = name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
                       std::ranges::find(options.hosts, name) != options.hosts.end();
    if (!known)
      return problem_answer(421, fmt::format("this server is not called '{}'", clipped(name)),
                            "start it with --host NAME");
    const auto origin = request.header("origin");
    if (origin && *origin != fmt::format("http://{}", host) &&
        *origin != fmt::format("https://{}", host))
      return problem_answer(403, "a page of another server asks", "ask from one of this server");
    return std::nullopt;
  }

  std::optional<HttpAnswer> at_once(const HttpRequest& request) {
    if (auto refused = refuse_stranger(request)) return refused;
    if (request.path.empty()) {
      HttpAnswer answer{.status = 302};
      answer.headers = {{"Location", "/v1/report.html"}};
      return answer;
    }
    if (request.path.size() == 1) {
      if (request.path[0] == "livez") return plain_answer("alive\n");
      if (request.path[0] == "readyz") return plain_answer("ready\n");
      if (request.path[0] == "metrics") return metrics();
    }
    if (request.path.size() == 2 && request.path[0] == ".well-known" &&
        request.path[1] == "openapi") {
      HttpAnswer answer{.type = "application/json"};
      answer.body = openapi;
      return answer;
    }
    const bool asks = request.method == "GET" || request.method == "HEAD";
    if (asks && questions.is_question(request)) return questions.at_once(request);
    return std::nullopt;
  }

  HttpAnswer metrics() {
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
    tell("streams", "gauge", "Streams of events", counts.streams);
    tell("events_recorded_total", "counter", "Events recorded over HTTP", recording.recorded());
    tell("records_refused_total", "counter", "Requests to record that were refused",
         recording.refused());
    HttpAnswer answer = plain_answer(std::move(text));
    answer.type = "text/plain; version=0.0.4; charset=utf-8";
    return answer;
  }

  HttpAnswer answer(const HttpRequest& request) {
    const bool asks = request.method == "GET" || request.method == "HEAD";
    const bool events =
        request.path.size() == 2 && request.path[0] == "v1" && request.path[1] == "events";
    if (events && request.method == "POST") {
      if (auto refused = refuse_recording(request)) return std::move(*refused);
      return recording.record(request);
    }
    if (!asks) {
      HttpAnswer refused =
          problem_answer(405, fmt::format("{} is not done here", clipped(request.method)),
                         events ? "GET or POST" : "GET");
      refused.headers.emplace_back("Allow", events ? "GET, HEAD, POST" : "GET, HEAD");
      return refused;
    }
    if (events) return feed_events(request, world, journal.log());
    if (questions.is_question(request)) return questions.answer(request);
    return problem_answer(404, "there is nothing at this address",
                          fmt::format("ask /v1/ followed by events, or one of {}",
                                      fmt::join(Questions::commands(), ", ")));
  }

  [[nodiscard]] std::optional<HttpAnswer> refuse_recording(const HttpRequest& request) const {
    constexpr std::string_view kBearer = "Bearer ";
    const std::string_view given = request.header("authorization").value_or("");
    if (given.starts_with(kBearer) && same_secret(given.substr(kBearer.size()), options.token))
      return std::nullopt;
    HttpAnswer refused =
        problem_answer(401, "who records says the token that the server printed when it began",
                       "send it as Authorization: Bearer TOKEN");
    refused.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refused;
  }

  /// Tells streams when there is more in the log.
  void watch() {
    using std::chrono::milliseconds;
    constexpr milliseconds kLook{200};
    Position seen = journal.log().head();
    while (!ending) {
      const auto head = journal.log().wait_past(seen, kLook);
      if (!head || *head == seen) continue;
      seen = *head;
      http.wake();
    }
  }
};

ChronicleServer::ChronicleServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChronicleServer::~ChronicleServer() = default;

Result<std::unique_ptr<ChronicleServer>> ChronicleServer::open(const Context& world,
                                                               Journal& journal,
                                                               const ProgramDescription& program,
                                                               RunCommand run,
                                                               const ServeOptions& options) {
  auto impl = std::make_unique<Impl>(world, journal, program, std::move(run), options);
  auto port = impl->http.listen(options.address, options.port);
  if (!port) return std::unexpected(port.error());
  impl->port = *port;
  return std::unique_ptr<ChronicleServer>(new ChronicleServer(std::move(impl)));
}

std::uint16_t ChronicleServer::port() const {
  return impl_->port;
}

void ChronicleServer::run() {
  std::thread watcher([this] { impl_->watch(); });
  impl_->http.run();
  impl_->ending = true;
  watcher.join();
}

}  // namespace solnoma
