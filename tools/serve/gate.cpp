#include "tools/serve/gate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <semaphore>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hash.hpp"
#include "engine/proof/base64.hpp"
#include "engine/proof/sha256.hpp"
#include "events/text/ascii_lower.hpp"
#include "events/text/quote.hpp"
#include "tools/io/file_state.hpp"
#include "tools/serve/problem_answer.hpp"
#include "tools/serve/random_hex.hpp"
#include "tools/serve/tokens.hpp"

namespace solnoma {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
constexpr std::chrono::hours kSignedIn{12};
constexpr std::string_view kCookie = "solnoma-session";

HttpAnswer unknown(std::string what, std::string remedy) {
  HttpAnswer answer = problem_answer(401, std::move(what), std::move(remedy));
  answer.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"solnoma\"");
  return answer;
}

HttpAnswer not_known() {
  return unknown("the token is not known here", "ask for another one");
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// What the request gives as a token: after Bearer; or as the password of a feed reader or a
/// calendar, which know Basic alone (RFC 7617). Other passwords are for a web server before us.
std::optional<std::string> token_of(const HttpRequest& request) {
  const auto given = request.header("authorization");
  if (!given) return std::nullopt;
  const std::size_t space = given->find(' ');
  const std::string scheme = ascii_lower(given->substr(0, space));
  std::string_view value = space == std::string_view::npos ? "" : given->substr(space + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  if (scheme == "bearer") return std::string(value);
  if (scheme != "basic") return std::nullopt;
  const auto user = from_base64(value);
  if (!user || user->find(':') == std::string::npos) return std::nullopt;
  std::string password = user->substr(user->find(':') + 1);
  return token_id(password).empty() ? std::nullopt : std::optional(std::move(password));
}

bool changes_something(const HttpRequest& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

}  // namespace

struct Gate::Impl {
  GateOptions options;
  std::function<Day()> today;

  std::mutex mutex;
  FileState seen;
  bool has_file = false;
  std::vector<Token> tokens;
  // What was looked at already, by its hash: which token it is, or none. Of what is wrong only so
  // much is remembered.
  std::map<Hash, std::string> known;
  struct SignedIn {
    std::string token_id;  // empty: the server's own
    SteadyTime until;
  };
  std::map<Hash, SignedIn> sessions;  // by the hash of the cookie
  // Who may look at a token at the same time: each takes a processor and 16 MB.
  std::counting_semaphore<2> lookers{2};

  /// A file that is there now decides, though it be gone before anybody comes.
  Impl(GateOptions o, std::function<Day()> t) : options(std::move(o)), today(std::move(t)) {
    look();
  }

  /// Takes in the file of tokens where it has changed. With the mutex held.
  void look() {
    const FileState now(options.tokens);
    if (now == seen) return;
    seen = now;
    known.clear();
    // A file that was there and is gone opens nothing.
    has_file = has_file || now.is_there();
    tokens.clear();
    auto read = read_tokens(options.tokens);
    if (read) {
      tokens = std::move(*read);
      return;
    }
    const Error& error = read.error().error;
    (void)std::fputs(fmt::format("solnoma: {}{}{}; nobody is let in until then: {}\n", error.where,
                                 error.where.empty() ? "" : ": ", error.what, error.remedy)
                         .c_str(),
                     stderr);
  }

  [[nodiscard]] bool reads_freely() const { return options.public_read || !has_file; }
  [[nodiscard]] bool is_own(std::string_view text) const {
    return !has_file && !options.own_token.empty() && same_secret(text, options.own_token);
  }

  [[nodiscard]] bool is_local(std::string_view text) const {
    return !options.local_token.empty() && same_secret(text, options.local_token);
  }

  std::variant<Grant, HttpAnswer> by_nothing() {
    const std::lock_guard lock(mutex);
    look();
    if (reads_freely()) return Grant{};
    return unknown("who asks here has a token", "send it as Authorization: Bearer TOKEN");
  }

  [[nodiscard]] std::variant<Grant, HttpAnswer> by_id(const std::string& id) const {
    const auto token = std::ranges::find(tokens, id, &Token::id);
    if (token == tokens.end()) return not_known();
    if (token->expires && *token->expires < today())
      return unknown(fmt::format("the token '{}' has expired, on {}", clipped(token->grant.name),
                                 to_string(*token->expires)),
                     "ask for another one");
    return token->grant;
  }

  [[nodiscard]] static Grant steward() { return {"steward", Scope::steward, {}}; }

  std::optional<std::variant<Grant, HttpAnswer>> by_token(const std::string& text, bool may_wait) {
    const Hash hash = sha256({text});
    std::optional<Token> claimed;
    if (is_local(text)) return Grant{options.local_name, Scope::steward, {}};
    {
      const std::lock_guard lock(mutex);
      look();
      if (is_own(text)) return steward();
      if (const auto found = known.find(hash); found != known.end()) {
        if (found->second.empty()) return not_known();
        return by_id(found->second);
      }
      const auto token = std::ranges::find(tokens, token_id(text), &Token::id);
      if (token == tokens.end() || token->id.empty()) return not_known();
      if (!may_wait) return std::nullopt;
      claimed = *token;
    }
    lookers.acquire();
    const bool right = is_token(*claimed, text);
    lookers.release();
    const std::lock_guard lock(mutex);
    constexpr std::size_t kMost = 10'000;
    if (known.size() >= kMost) known.clear();
    const auto token = std::ranges::find(tokens, claimed->id, &Token::id);
    // It may have been taken away, or replaced, meanwhile.
    const bool stands = right && token != tokens.end() && token->verifier == claimed->verifier;
    known[hash] = stands ? claimed->id : "";
    if (!stands) return not_known();
    return by_id(claimed->id);
  }

  std::variant<Grant, HttpAnswer> by_cookie(std::string_view cookie, const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    look();
    const auto found = sessions.find(sha256({cookie}));
    const bool signed_in =
        found != sessions.end() && found->second.until > std::chrono::steady_clock::now();
    if (!signed_in) {
      if (reads_freely() && !changes_something(request)) return Grant{};
      return unknown("you are not signed in any more", "sign in at /sign-in");
    }
    // A browser says where a page comes from that sends something; one that does not is not asked.
    if (changes_something(request) && !request.header("origin"))
      return problem_answer(403, "what a signed-in browser sends names its origin",
                            "send it from a page of this server, or with a token");
    if (found->second.token_id.empty()) {
      if (!has_file) return steward();
      return unknown("the store has tokens now", "sign in with one, at /sign-in");
    }
    return by_id(found->second.token_id);
  }

  /// So often one token is signed in at once: the oldest makes room. With the mutex held.
  void make_room(const std::string& id) {
    constexpr std::ptrdiff_t kMost = 100;
    const auto is_of = [&](const auto& each) { return each.second.token_id == id; };
    if (std::ranges::count_if(sessions, is_of) < kMost) return;
    auto oldest = sessions.end();
    for (auto each = sessions.begin(); each != sessions.end(); ++each)
      if (is_of(*each) && (oldest == sessions.end() || each->second.until < oldest->second.until))
        oldest = each;
    sessions.erase(oldest);
  }

  [[nodiscard]] std::string set_cookie(const std::string& value, std::chrono::seconds age) const {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", kCookie, value,
                       age.count(), options.secure ? "; Secure" : "");
  }
};

Gate::Gate(GateOptions options, std::function<Day()> today)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(today))) {}
Gate::~Gate() = default;

std::optional<std::variant<Grant, HttpAnswer>> Gate::admit(const HttpRequest& request,
                                                           bool may_wait) {
  if (const auto token = token_of(request)) return impl_->by_token(*token, may_wait);
  if (const auto cookie = request.cookie(kCookie); !cookie.empty())
    return impl_->by_cookie(cookie, request);
  return impl_->by_nothing();
}

bool Gate::reads_freely() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->reads_freely();
}

HttpAnswer Gate::sign_in(const HttpRequest& request) {
  constexpr std::string_view kField = "token=";
  std::string_view text = request.body;
  if (text.starts_with(kField)) text.remove_prefix(kField.size());
  while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  auto admitted = impl_->by_token(std::string(text), /*may_wait=*/true);
  if (auto* refused = std::get_if<HttpAnswer>(&*admitted)) return std::move(*refused);
  constexpr std::size_t kCookieBytes = 32;
  const std::string cookie = random_hex(kCookieBytes);
  {
    const std::lock_guard lock(impl_->mutex);
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(impl_->sessions, [&](const auto& each) { return each.second.until <= now; });
    const std::string id(impl_->has_file ? token_id(text) : "");
    impl_->make_room(id);
    impl_->sessions[sha256({cookie})] = {id, now + kSignedIn};
  }
  HttpAnswer answer{.status = 303};
  answer.headers = {{"Set-Cookie", impl_->set_cookie(cookie, kSignedIn)},
                    {"Location", "/"},
                    {"Cache-Control", "no-store"}};
  return answer;
}

HttpAnswer Gate::sign_out(const HttpRequest& request) {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->sessions.erase(sha256({request.cookie(kCookie)}));
  }
  HttpAnswer answer{.status = 303};
  answer.headers = {{"Set-Cookie", impl_->set_cookie("", std::chrono::seconds{0})},
                    {"Location", "/"},
                    {"Cache-Control", "no-store"}};
  return answer;
}

HttpAnswer not_permitted(const Grant& grant, Scope wanted) {
  if (grant.name.empty())
    return unknown(
        fmt::format("who comes without a token may {} only", name(grant.scope)),
        fmt::format("send one that may {}, as Authorization: Bearer TOKEN", name(wanted)));
  return problem_answer(403,
                        fmt::format("the token '{}' may {}, not {}", clipped(grant.name),
                                    name(grant.scope), name(wanted)),
                        "ask for another one");
}

HttpAnswer not_theirs(const Grant& grant, const std::string& subject) {
  return problem_answer(403,
                        fmt::format("the token '{}' is not for the subject '{}'",
                                    clipped(grant.name), clipped(subject)),
                        fmt::format("it is for {}", fmt::join(grant.subjects, ", ")));
}

}  // namespace solnoma
