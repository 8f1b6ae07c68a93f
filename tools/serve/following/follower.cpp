#include "tools/serve/following/follower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/head_note.hpp"
#include "tools/io/http.hpp"
#include "tools/serve/change_question.hpp"
#include "tools/serve/choices.hpp"
#include "tools/serve/following/followed_log.hpp"
#include "tools/serve/following/told.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/tiles/tile_answers.hpp"

namespace solnoma {
namespace {

constexpr std::chrono::milliseconds kLook{500};
constexpr std::chrono::seconds kLongestRest{30};
constexpr std::chrono::seconds kPatience{60};
/// So long whoever records waits until it is here too.
constexpr std::chrono::seconds kMostWaited{10};
/// So old may be what a follower that is up to date has heard last.
constexpr std::chrono::seconds kFresh{60};

constexpr std::array<std::string_view, 9> kForwarded{
    "authorization", "content-type",   "accept",        "if-match",   "if-none-match",
    "user-agent",    "solnoma-expect", "solnoma-today", "traceparent"};
constexpr std::array<std::string_view, 8> kReturned{
    "location", "solnoma-position", "solnoma-note",     "etag",
    "allow",    "retry-after",      "www-authenticate", "cache-control"};

/// Through how many servers a request has come that is sent on.
constexpr std::string_view kHops = "solnoma-hops";
constexpr std::uint64_t kMostHops = 5;

}  // namespace

Follower::Follower(FollowOptions options, Journal& journal, Clock& clock)
    : options_(std::move(options)), journal_(journal), clock_(clock) {}

Follower::~Follower() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Follower::begin() {
  thread_ = std::thread([this] { run(); });
}

void Follower::run() {
  for (;;) {
    bool more = false;
    const auto done = step(more);
    std::unique_lock lock(mutex_);
    if (ending_) return;
    std::chrono::milliseconds rest = kLook;
    if (done) {
      if (state_.wrong) tell("following again");
      state_.wrong.reset();
      state_.failures = 0;
    } else {
      const Error& error = done.error().error;
      if (!state_.wrong || state_.wrong->error.what != error.what)
        tell(fmt::format("not following {}: {}{}{}", options_.server.url, in_words(error),
                         error.remedy.empty() ? "" : "; ", error.remedy));
      state_.wrong = done.error();
      constexpr std::uint64_t kDoublings = 6;
      rest = std::min<std::chrono::milliseconds>(
          kLook * (1U << std::min(state_.failures, kDoublings)), kLongestRest);
      ++state_.failures;
    }
    due_ = done && more;
    changed_.notify_all();
    changed_.wait_for(lock, rest, [&] { return ending_ || due_; });
    if (ending_) return;
    due_ = false;
  }
}

Outcome Follower::step(bool& more) {
  const auto give_up = [this] { return is_ending(); };
  HttpClient client;
  auto text = fetch(client, options_.server, "checkpoint", give_up);
  if (!text) return refuse(text);
  auto note = head_note_from(*text);
  if (!note) return refuse(at("checkpoint", note.error()));
  if (auto ok = check(*note, options_.key); !ok) return refuse(at("checkpoint", ok.error()));
  {
    const std::lock_guard lock(mutex_);
    state_.promised = std::max(state_.promised, note->head.position);
    state_.seen = clock_.now();
  }
  auto end = copy_towards(journal_, note->head, [&](const std::string& path) {
    return fetch(client, options_.server, path, give_up);
  });
  if (!end) return refuse(end);
  more = *end < note->head.position;
  return {};
}

bool Follower::is_ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

Follower::State Follower::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::uint64_t Follower::behind() const {
  const Position promised = state().promised;
  const Position head = journal_.log().head();
  return promised > head ? promised.value - head.value : 0;
}

std::string Follower::why_not_ready() const {
  const State now = state();
  if (!now.seen) {
    if (now.wrong) return fmt::format("no head was seen yet: {}", in_words(now.wrong->error));
    return "no head was seen yet";
  }
  // One try that failed is no news.
  if (now.wrong && (now.failures > 1 || now.wrong->error.code == Errc::conflict))
    return fmt::format("not following since {}: {}", to_string(*now.seen),
                       in_words(now.wrong->error));
  if (clock_.now() - *now.seen > kFresh)
    return fmt::format("the last head was seen at {}", to_string(*now.seen));
  if (const std::uint64_t missing = behind(); missing > 0)
    return fmt::format("{} events behind", missing);
  return {};
}

HttpAnswer Follower::lead_there(const HttpRequest& request) const {
  HttpAnswer answer{.status = 307};
  answer.headers = {{"Location", options_.server.url + address_with(request, "", std::nullopt)},
                    {"Cache-Control", "no-store"}};
  return answer;
}

/// Until it is here, or that takes too long: then it comes later.
void Follower::wait_for(Position position) {
  std::unique_lock lock(mutex_);
  due_ = true;
  changed_.notify_all();
  changed_.wait_for(lock, kMostWaited,
                    [&] { return ending_ || given_up_ || journal_.log().head() >= position; });
}

/// Also whoever waits until what was recorded there is here.
void Follower::give_up() {
  {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
  }
  changed_.notify_all();
}

HttpAnswer Follower::forward(const HttpRequest& request) {
  const auto authorization = request.header("authorization");
  if (!authorization) return lead_there(request);
  const std::uint64_t hops = number_from(request.header(kHops).value_or("0")).value_or(kMostHops);
  if (hops >= kMostHops)
    return problem_answer(508, "servers that follow each other have no log that records",
                          "have one of them follow nobody");
  HttpCall call_there{.url = options_.server.url + address_with(request, "", std::nullopt),
                      .patience = kPatience,
                      .most = kMostRecordBytes,
                      .authorities = options_.server.authorities,
                      .give_up = [this] { return given_up_.load(); }};
  if (request.method == "POST") call_there.body = request.body;
  for (const auto& [name, value] : request.headers)
    if (std::ranges::find(kForwarded, name) != kForwarded.end() || name.starts_with("ce-"))
      call_there.headers.push_back(fmt::format("{}: {}", name, value));
  const bool local =
      !options_.local_token.empty() && *authorization == "Bearer " + options_.local_token;
  if (local) {
    std::erase_if(call_there.headers,
                  [](const std::string& each) { return each.starts_with("authorization:"); });
    call_there.headers.push_back("Authorization: Bearer " + options_.server.token);
  }
  call_there.headers.emplace_back("Expect:");
  call_there.headers.push_back(fmt::format("{}: {}", kHops, hops + 1));
  const auto reply = call(call_there);
  if (!reply)
    return problem_answer(502,
                          "the server that records does not answer: " + reply.error().error.what,
                          "send it again: what is recorded already is not recorded twice");
  HttpAnswer answer{.status = static_cast<unsigned>(reply->status),
                    .type = reply->header("content-type")};
  for (const auto& [name, value] : reply->headers)
    if (std::ranges::find(kReturned, name) != kReturned.end())
      answer.headers.emplace_back(name, value);
  answer.say(reply->body);
  if (const auto position = number_from(reply->header("solnoma-position"));
      position && answer.status == 201)
    wait_for(Position{*position});
  return answer;
}

}  // namespace solnoma
