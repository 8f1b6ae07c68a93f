#include "tools/serve/sharing/etcd_places.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <charconv>
#include <thread>
#include <utility>

#include "engine/proof/base64.hpp"
#include "tools/io/json_values.hpp"
#include "tools/serve/sharing/forgettable.hpp"
#include "tools/serve/sharing/turns.hpp"

namespace solnoma {
namespace {

constexpr long kAnswered = 200;
constexpr long kUnknownToken = 401;
constexpr std::size_t kMostFound = 40 << 20;
/// So many places are asked for at a time: as many of the largest as an answer holds.
constexpr int kMostAtOnce = 24;
constexpr std::chrono::milliseconds kBeforeNext{100};

std::string hex_of(PlaceNumber place) {
  return fmt::format("{:016x}", place.value);
}

std::optional<PlaceNumber> place_of(std::string_view digits) {
  constexpr int kHexadecimal = 16;
  std::uint64_t value = 0;
  const auto read =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, kHexadecimal);
  if (digits.size() != 16 || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
    return std::nullopt;
  return PlaceNumber{value};
}

std::unexpected<Error> silent(std::string why) {
  return fail(Errc::unavailable, std::move(why),
              "look whether a majority of etcd's members can be reached");
}

std::unexpected<Error> nonsense(std::string_view what) {
  return fail(Errc::unavailable, fmt::format("etcd's answer is none: {}", what),
              "look whether it is etcd 3.4 or later");
}

/// A number as etcd writes it: a string of digits.
std::int64_t number_of(const rapidjson::Value& object, const char* name) {
  const std::string digits = member_text(object, name);
  std::int64_t value = 0;
  (void)std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string put(const std::string& key, std::string_view value) {
  return fmt::format(R"({{"request_put":{{"key":"{}","value":"{}"}}}})", to_base64(key),
                     to_base64(value));
}

/// Whether a transaction did what it was to do where its conditions hold.
Result<bool> succeeded(const std::string& answer) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(answer.data(), answer.size());
  if (json.HasParseError() || !json.IsObject() || !json.HasMember("header"))
    return nonsense("it is no answer to a transaction");
  const auto found = json.FindMember("succeeded");
  return found != json.MemberEnd() && found->value.IsBool() && found->value.GetBool();
}

}  // namespace

/// Keys and their values, in order, and the revision of etcd at which they were found.
struct EtcdPlaces::Found {
  std::vector<std::pair<std::string, std::string>> values;
  bool more = false;
  std::int64_t revision = 0;
};

EtcdPlaces::EtcdPlaces(EtcdOptions options) : options_(std::move(options)) {}

std::string EtcdPlaces::key(std::string_view name) const {
  return fmt::format("{}/{}", options_.prefix, name);
}
std::string EtcdPlaces::place_key(PlaceNumber place) const {
  return key("place/") + hex_of(place);
}
std::string EtcdPlaces::places_end() const {
  return key("place0");  // '0' follows '/'
}

/// By the first member that answers before patience ends.
Result<std::string> EtcdPlaces::ask(const std::string& path, const std::string& body) {
  std::unique_ptr<HttpClient> client;
  std::size_t first = 0;
  {
    const std::lock_guard lock(mutex_);
    first = member_;
    if (!clients_.empty()) {
      client = std::move(clients_.back());
      clients_.pop_back();
    }
  }
  if (!client) client = std::make_unique<HttpClient>();
  std::string why = "nobody answers";
  std::string stale;  // a token that is taken no more
  for (Turns turns(options_.patience, options_.endpoints.size(), first, given_up_); turns.next();) {
    const std::string& member = options_.endpoints[turns.member()];
    if (auto known = log_in(*client, turns.member(), turns.left(), stale); !known) {
      why = fmt::format("{} says {}", member, known.error().what);
      continue;
    }
    auto reply = client->call(call(turns.member(), path, body, turns.left()));
    if (reply && reply->status == kAnswered) {
      const std::lock_guard lock(mutex_);
      member_ = turns.member();
      clients_.push_back(std::move(client));
      return std::move(reply->body);
    }
    const std::lock_guard lock(mutex_);
    if (reply && reply->status == kUnknownToken) stale = token_;
    why = reply ? fmt::format("{} says {}", member, reply->body) : reply.error().error.what;
  }
  return silent("etcd does not answer: " + why);
}

/// A token for the password, unless there is one that is not `stale`: etcd forgets them after five
/// minutes (https://etcd.io/docs/v3.4/op-guide/authentication/).
Result<void> EtcdPlaces::log_in(HttpClient& client, std::size_t member,
                                std::chrono::milliseconds patience, const std::string& stale) {
  if (options_.access.user.empty()) return {};
  {
    const std::lock_guard lock(mutex_);
    if (token_ != stale) return {};
    token_.clear();
  }
  const auto quoted = [](const std::string& text) {
    return json_of(rapidjson::Value(rapidjson::StringRef(text.data(), text.size())));
  };
  const std::string body =
      fmt::format(R"({{"name":{},"password":{}}})", quoted(options_.access.user),
                  quoted(options_.access.password));
  auto reply = client.call(call(member, "/v3/auth/authenticate", body, patience));
  if (!reply) return std::unexpected(reply.error().error);
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(reply->body.data(), reply->body.size());
  std::string token = json.HasParseError() ? std::string() : member_text(json, "token");
  if (reply->status != kAnswered || token.empty())
    return fail(Errc::unavailable,
                fmt::format("{} (of the user '{}')", reply->body, options_.access.user));
  const std::lock_guard lock(mutex_);
  token_ = std::move(token);
  return {};
}

HttpCall EtcdPlaces::call(std::size_t member, const std::string& path, std::string_view body,
                          std::chrono::milliseconds patience) {
  HttpCall call{.url = options_.endpoints[member] + path,
                .headers = {"Content-Type: application/json"},
                .body = body,
                .patience = patience,
                .most = kMostFound,
                .authorities = options_.access.authorities,
                .certificate = options_.access.certificate,
                .certificate_key = options_.access.certificate_key,
                .direct = true,
                .give_up = [this] { return given_up_.load(); }};
  const std::lock_guard lock(mutex_);
  if (!token_.empty()) call.headers.push_back("Authorization: " + token_);
  return call;
}

/// The condition of taking a place names what was forgotten, which must be there for that.
Result<void> EtcdPlaces::prepare() {
  {
    const std::lock_guard lock(mutex_);
    if (prepared_) return {};
  }
  auto answer = ask(
      "/v3/kv/txn",
      fmt::format(
          R"({{"compare":[{{"key":"{}","target":"CREATE","result":"EQUAL","create_revision":"0"}}],)"
          R"("success":[{}]}})",
          to_base64(key("forgotten")), put(key("forgotten"), hex_of(PlaceNumber{0}))));
  if (!answer) return std::unexpected(answer.error());
  if (auto made = succeeded(*answer); !made) return std::unexpected(made.error());
  const std::lock_guard lock(mutex_);
  prepared_ = true;
  return {};
}

Result<Places::Answer> EtcdPlaces::take(PlaceNumber place, std::string_view content) {
  if (auto ok = prepare(); !ok) return std::unexpected(ok.error());
  auto answer = ask(
      "/v3/kv/txn",
      fmt::format(
          R"({{"compare":[{{"key":"{}","target":"CREATE","result":"EQUAL","create_revision":"0"}},)"
          R"({{"key":"{}","target":"VALUE","result":"LESS","value":"{}"}}],)"
          R"("success":[{}]}})",
          to_base64(place_key(place)), to_base64(key("forgotten")), to_base64(hex_of(place)),
          put(place_key(place), content)));
  if (!answer) return std::unexpected(answer.error());
  auto taken = succeeded(*answer);
  if (!taken) return std::unexpected(taken.error());
  return *taken ? Answer::taken : Answer::refused;
}

Result<EtcdPlaces::Found> EtcdPlaces::range(const std::string& first, const std::string& end,
                                            const std::string& more) {
  auto answer = ask(
      "/v3/kv/range",
      fmt::format(R"({{"key":"{}",{}"sort_target":"KEY"{}}})", to_base64(first),
                  end.empty() ? std::string() : fmt::format(R"("range_end":"{}",)", to_base64(end)),
                  more));
  if (!answer) return std::unexpected(answer.error());
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(answer->data(), answer->size());
  if (json.HasParseError() || !json.IsObject() || !json.HasMember("header"))
    return nonsense("it is no answer to a range");
  Found found;
  found.revision = number_of(json["header"], "revision");
  const auto is_more = json.FindMember("more");
  found.more = is_more != json.MemberEnd() && is_more->value.IsBool() && is_more->value.GetBool();
  const auto values = json.FindMember("kvs");
  if (values == json.MemberEnd()) return found;
  if (!values->value.IsArray()) return nonsense("it has no list of values");
  for (const auto& each : values->value.GetArray()) {
    auto name = from_base64(member_text(each, "key"));
    auto value = from_base64(member_text(each, "value"));
    if (!name || !value) return nonsense("a value is no base64");
    found.values.emplace_back(std::move(*name), std::move(*value));
  }
  return found;
}

Result<PlaceNumber> EtcdPlaces::last() {
  auto newest = range(place_key(PlaceNumber{0}), places_end(),
                      R"(,"sort_order":"DESCEND","limit":"1","keys_only":true)");
  if (!newest) return std::unexpected(newest.error());
  if (newest->values.empty()) return PlaceNumber{0};
  const std::string& name = newest->values.front().first;
  const auto place = place_of(std::string_view(name).substr(key("place/").size()));
  if (!place) return nonsense(fmt::format("'{}' is no place", name));
  return *place;
}

Result<void> EtcdPlaces::read(PlaceNumber from, std::chrono::milliseconds patience,
                              const PlaceVisitor& visit) {
  const std::string limit = fmt::format(R"(,"limit":"{}")", kMostAtOnce);
  auto found = range(place_key(from), places_end(), limit);
  if (found && found->values.empty() && patience.count() > 0) {
    wait(from, found->revision + 1, patience);
    found = range(place_key(from), places_end(), limit);
  }
  for (; found; found = range(place_key(from), places_end(), limit)) {
    for (const auto& [name, value] : found->values) {
      const auto place = place_of(std::string_view(name).substr(key("place/").size()));
      if (!place) return nonsense(fmt::format("'{}' is no place", name));
      if (!visit(*place, value)) return {};
      from = place->next();
    }
    if (!found->more) return {};
  }
  return std::unexpected(found.error());
}

/// Until something is taken there, or patience ends. What it says of that is not looked at.
void EtcdPlaces::wait(PlaceNumber from, std::int64_t revision, std::chrono::milliseconds patience) {
  std::size_t member = 0;
  {
    const std::lock_guard lock(mutex_);
    member = member_;
  }
  const auto begun = std::chrono::steady_clock::now();
  const std::string body =
      fmt::format(R"({{"create_request":{{"key":"{}","range_end":"{}","start_revision":"{}"}}}})",
                  to_base64(place_key(from)), to_base64(places_end()), revision);
  HttpCall watch = call(member, "/v3/watch", body, patience);
  watch.enough = [](std::string_view answer) { return answer.contains("\"events\""); };
  const auto reply = HttpClient().call(watch);
  if (reply && reply->status == kAnswered) return;
  // A member that is away answers at once that it is none; whoever asks again and again rests.
  if (std::chrono::steady_clock::now() - begun < kBeforeNext)
    std::this_thread::sleep_for(std::min(kBeforeNext, patience));
}

Result<void> EtcdPlaces::forget(PlaceNumber upto) {
  if (auto ok = prepare(); !ok) return std::unexpected(ok.error());
  const std::string machine = key("machine/") + options_.machine;
  // That it is there takes nothing back of what it said before.
  const std::string condition = upto.value > 0
                                    ? std::string()
                                    : fmt::format(R"("compare":[{{"key":"{}","target":"CREATE",)"
                                                  R"("result":"EQUAL","create_revision":"0"}}],)",
                                                  to_base64(machine));
  auto said = ask("/v3/kv/txn",
                  fmt::format(R"({{{}"success":[{}]}})", condition, put(machine, hex_of(upto))));
  if (!said || upto.value == 0)
    return said ? Result<void>() : Result<void>(std::unexpected(said.error()));
  auto machines = range(key("machine/"), key("machine0"));
  if (!machines) return std::unexpected(machines.error());
  std::vector<PlaceNumber> all;
  for (const auto& [name, value] : machines->values)
    if (const auto place = place_of(value)) all.push_back(*place);
  const PlaceNumber end = forgettable(std::move(all));
  if (end.value == 0) return {};
  const std::string mark = hex_of(end);
  auto done = ask(
      "/v3/kv/txn",
      fmt::format(R"({{"compare":[{{"key":"{}","target":"VALUE","result":"LESS","value":"{}"}}],)"
                  R"("success":[{},{{"request_delete_range":{{"key":"{}","range_end":"{}"}}}}]}})",
                  to_base64(key("forgotten")), to_base64(mark), put(key("forgotten"), mark),
                  to_base64(place_key(PlaceNumber{0})), to_base64(place_key(end.next()))));
  if (!done) return std::unexpected(done.error());
  return {};
}

}  // namespace solnoma
