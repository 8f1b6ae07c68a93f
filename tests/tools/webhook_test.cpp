// Webhooks without a network: signatures, when what failed is tried again, where may be posted to,
// and what is kept.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tests/support/random.hpp"
#include "tools/serve/webhooks/hook_folder.hpp"
#include "tools/serve/webhooks/hook_reach.hpp"
#include "tools/serve/webhooks/retry_delays.hpp"
#include "tools/serve/webhooks/signature.hpp"
#include "tools/serve/webhooks/webhook.hpp"

using namespace solnoma;
using namespace solnoma::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Instant instant(const char* text) {
  return instant_from_text(text).value();
}

/// Why an address is refused; empty: it is not.
std::string refused(const char* text, HookReach reach = HookReach::internet) {
  sockaddr_storage storage{};
  sockaddr_in inet{};
  sockaddr_in6 inet6{};
  inet.sin_family = AF_INET;
  inet6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET, text, &inet.sin_addr) == 1) {
    std::memcpy(&storage, &inet, sizeof inet);
  } else {
    REQUIRE(inet_pton(AF_INET6, text, &inet6.sin6_addr) == 1);
    std::memcpy(&storage, &inet6, sizeof inet6);
  }
  return refusal_of(reinterpret_cast<const sockaddr&>(storage), reach);
}

Webhook drawn_hook(int number) {
  Webhook hook;
  hook.id = "0123456" + std::to_string(number);
  hook.name = "ministry \"of\" \\ Бухоро " + std::to_string(number);
  hook.url = "https://example.org/news?a=b&c=%20";
  hook.secret = new_hook_secret();
  hook.created = day_from_text("2026-01-15").value();
  return hook;
}

DeadLetter drawn_letter(std::string at) {
  return {.message = {std::move(at), "application/json", "{\"a\":\"\\u0000 \\\" \xD0\x91\"}"},
          .attempts = 8,
          .answer = "HTTP 500: \"no\"",
          .first = instant("2026-01-15T10:00:00.000001Z"),
          .given_up = instant("2026-01-16T10:00:00Z")};
}

Checkpoint drawn_checkpoint() {
  Checkpoint checkpoint{.position = Position{52},
                        .day = day_from_text("2026-01-15").value(),
                        .head = {Position{50}, {}}};
  checkpoint.pending = {"msg_01234567_53", 3, instant("2026-01-15T10:00:00Z"),
                        instant("2026-01-15T12:00:00Z"), "HTTP 500: \"no\""};
  checkpoint.disabled = "its receiver answered HTTP 410";
  return checkpoint;
}

}  // namespace

TEST_CASE("a signature is what Standard Webhooks has in its own example") {
  const auto key = hook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  REQUIRE(key);
  CHECK(
      hook_signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("a secret is made anew each time, and what is none is refused") {
  const std::string secret = new_hook_secret();
  CHECK(secret != new_hook_secret());
  REQUIRE(hook_key(secret));
  CHECK(hook_key(secret)->size() == 32);
  for (const char* wrong : {"", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"})
    CHECK_FALSE(hook_key(wrong));
}

TEST_CASE("delays are read as they are written, and what is too long or none is refused") {
  CHECK(retry_delays_from("5s,5m,2h,1d").value() ==
        RetryDelays{seconds{5}, seconds{300}, seconds{7200}, seconds{86400}});
  CHECK(retry_delays_from("none").value().empty());
  for (const char* text : {"none", "1s", "5s,5m,30m,2h,5h,8h,8h", "90s,1d"})
    CHECK(to_string(retry_delays_from(text).value()) == text);
  CHECK(to_string(retry_delays_from("60s,86400s").value()) == "1m,1d");
  for (const char* wrong : {"", ",", "5", "s", "5s,", ",5s", "0s", "-1s", "5 s", "5S", "2d", "25h",
                            "99999999999999999999s", "5s;5m", "none,5s"})
    CHECK_FALSE(retry_delays_from(wrong));
  std::string many = "1s";
  for (int i = 1; i < 20; ++i) many += ",1s";
  CHECK(retry_delays_from(many));
  CHECK_FALSE(retry_delays_from(many + ",1s"));
  // About a day, as it is promised.
  seconds sum{0};
  const RetryDelays usual = retry_delays_from(kUsualRetry).value();
  for (const seconds each : usual) sum += each;
  CHECK(sum > std::chrono::hours{20});
  CHECK(sum < std::chrono::hours{28});
}

TEST_CASE("a delay is made longer by up to a fifth, and is never shorter than what is asked for") {
  CHECK(retry_delay(seconds{10}, 0, std::nullopt) == seconds{10});
  CHECK(retry_delay(seconds{10}, 1, std::nullopt) == seconds{12});
  Random random(base_seed());
  for (int i = 0; i < 1000; ++i) {
    const seconds delay{random.between(1, 86'400)};
    const seconds asked{random.between(0, 86'400)};
    const double jitter = random.between(0, 1'000) / 1'000.0;
    const milliseconds waited = retry_delay(delay, jitter, asked);
    CHECK(waited >= delay);
    CHECK(waited >= asked);
    CHECK((waited <= delay * 1.2 + milliseconds{1} || waited == asked));
  }
}

TEST_CASE("what a receiver asks to wait is seconds or a date, and a day at most") {
  const Instant now = instant("2026-11-28T12:00:00.5Z");
  CHECK(retry_after("120", now) == seconds{120});
  CHECK(retry_after("0", now) == seconds{0});
  CHECK(retry_after("99999999999999999999", now) == kLongestDelay);
  CHECK(retry_after("Sat, 28 Nov 2026 12:01:00 GMT", now) == seconds{60});
  CHECK(retry_after("Fri, 27 Nov 2026 12:00:00 GMT", now) == seconds{0});
  CHECK(retry_after("Sun, 28 Nov 2027 12:00:00 GMT", now) == kLongestDelay);
  for (const char* wrong : {"", "soon", "-5", "1.5", "Sat, 31 Feb 2026 12:00:00 GMT", "28 Nov"})
    CHECK_FALSE(retry_after(wrong, now));
}

TEST_CASE("only what is routed everywhere is posted to, unless the owner said otherwise") {
  for (const char* open : {"93.184.216.34", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1",
                           "100.128.0.1", "192.167.0.1", "169.253.0.1", "2606:4700::1111",
                           "2a00:1450::1", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1", "2002:101:101::"})
    CHECK_MESSAGE(refused(open).empty(), open);
  for (const char* machine : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"}) {
    CHECK_MESSAGE(contains(refused(machine), "of this machine"), machine);
    CHECK(refused(machine, HookReach::anywhere).empty());
    CHECK(refused(machine, HookReach::this_machine).empty());
  }
  for (const char* closed :
       {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "169.254.169.254",
        "fe80::1", "febf::1", "fec0::1", "fc00::1", "fdff::1", "64:ff9b::10.0.0.1",
        "2002:a00:1::", "::ffff:192.168.1.1"}) {
    CHECK_MESSAGE(contains(refused(closed), "of a private network"), closed);
    CHECK(refused(closed, HookReach::anywhere).empty());
    CHECK_FALSE(refused(closed, HookReach::this_machine).empty());
  }
  for (const char* none : {"0.0.0.0", "0.1.2.3", "192.0.2.1", "198.51.100.1", "203.0.113.1",
                           "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "ff02::1",
                           "2001:db8::1", "2001::1", "::1.2.3.4", "4000::1", "::ffff:0.0.0.0"})
    for (const HookReach reach :
         {HookReach::internet, HookReach::anywhere, HookReach::this_machine})
      CHECK_MESSAGE(!refused(none, reach).empty(), none);
  sockaddr other{};
  other.sa_family = AF_UNIX;
  CHECK_FALSE(refusal_of(other, HookReach::anywhere).empty());
}

TEST_CASE("a message has one id wherever it is told of, and 2xx alone acknowledges it") {
  CHECK(message_id("3f9a01bc", "52") == "msg_3f9a01bc_52");
  CHECK(message_id("3f9a01bc", "52/2026-11-25") == "msg_3f9a01bc_52_2026-11-25");
  for (const long status : {200, 201, 202, 204, 299})
    CHECK(receipt_of(status) == Receipt::acknowledged);
  for (const long status : {0, 100, 199, 300, 301, 304, 400, 404, 429, 500, 503, 599})
    CHECK(receipt_of(status) == Receipt::failed);
  CHECK(receipt_of(410) == Receipt::gone);
}

TEST_CASE("checkpoints and dead letters are read as they were written, and never in part") {
  const Checkpoint checkpoint = drawn_checkpoint();
  CHECK(checkpoint_from_json(to_json(checkpoint)).value() == checkpoint);
  Checkpoint plain = checkpoint;
  plain.pending = {};
  plain.disabled = {};
  CHECK(checkpoint_from_json(to_json(plain)).value() == plain);
  Checkpoint ahead = checkpoint;
  ahead.head.position = Position{53};
  CHECK_FALSE(checkpoint_from_json(to_json(ahead)));
  const DeadLetter letter = drawn_letter("52/2026-11-25");
  CHECK(dead_letter_from_json(to_json(letter)).value() == letter);
  for (const std::string& whole : {to_json(checkpoint), to_json(plain), to_json(letter)})
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CHECK_FALSE(checkpoint_from_json(whole.substr(0, size)));
      CHECK_FALSE(dead_letter_from_json(whole.substr(0, size)));
    }
  for (const char* wrong : {"[]", "null", "52", R"({"position":"52"})", R"({"position":-1})"})
    CHECK_FALSE(checkpoint_from_json(wrong));
}

TEST_CASE("the file of webhooks is read as it was written, whatever stands in it") {
  const Workshop shop;
  const std::string file = shop.path("webhooks.toml");
  CHECK(read_webhooks(file).value().empty());
  Webhook one = drawn_hook(1);
  one.news = HookNews::changes;
  one.choices.selection.subjects = {"park/*", "park/\"x\"\\"};
  one.choices.selection.regions = {"Бухоро"};
  one.reach = HookReach::anywhere;
  one.authorities = "/etc/ca.pem";
  Webhook two = drawn_hook(2);
  two.choices.publishers = {"gazette"};
  two.choices.from = "2026-01";
  two.retry = {seconds{1}};
  two.reach = HookReach::this_machine;
  two.old_secret = new_hook_secret();
  two.old_until = *instant_from_text("2026-01-16T10:00:00Z");
  REQUIRE(write_webhooks(file, {one, two}, two.old_until - seconds{1}));
  const auto read = read_webhooks(file);
  REQUIRE(read);
  REQUIRE(read->size() == 2);
  CHECK(are_same((*read)[0], one));
  CHECK(are_same((*read)[1], two));
  CHECK_FALSE(are_same(one, two));
  CHECK(filters_of(one) == "--subject park/* --subject park/\"x\"\\ --region Бухоро");
  CHECK(filters_of(two) == "--publisher gazette --from 2026-01");

  REQUIRE(write_webhooks(file, {one, one}, two.old_until));
  CHECK(contains(read_webhooks(file).error().error.what, "twice"));
  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  CHECK(contains(read_webhooks(file).error().error.what, "others than its owner"));
}

TEST_CASE("an old secret that has ended is not written any more") {
  const Workshop shop;
  const std::string file = shop.path("webhooks.toml");
  Webhook one = drawn_hook(1);
  Webhook two = drawn_hook(2);
  CHECK_FALSE(next_end({one, two}));
  one.old_secret = new_hook_secret();
  one.old_until = *instant_from_text("2026-01-16T10:00:00Z");
  two.old_secret = new_hook_secret();
  two.old_until = one.old_until + seconds{1};
  CHECK(next_end({two, one}) == one.old_until);
  REQUIRE(write_webhooks(file, {one, two}, one.old_until));
  const auto read = read_webhooks(file);
  REQUIRE(read);
  CHECK((*read)[0].old_secret.empty());
  CHECK(are_same((*read)[1], two));
  CHECK(next_end(*read) == two.old_until);
}

TEST_CASE("a message is signed by the old secret, too, until that has ended") {
  Webhook hook = drawn_hook(1);
  const Instant until = *instant_from_text("2026-01-16T10:00:00Z");
  CHECK(secrets_at(hook, until) == std::vector{hook.secret});
  hook.old_secret = new_hook_secret();
  hook.old_until = until;
  const std::vector both{hook.secret, hook.old_secret};
  CHECK(secrets_at(hook, until - seconds{1}) == both);
  CHECK(secrets_at(hook, until) == std::vector{hook.secret});
  CHECK(hook_signatures(both, "msg_1", 1, "x") ==
        hook_signature(*hook_key(both[0]), "msg_1", 1, "x") + " " +
            hook_signature(*hook_key(both[1]), "msg_1", 1, "x"));
}

TEST_CASE("a filter that cannot be read lets nothing through: the file is refused") {
  const Workshop shop;
  Webhook hook = drawn_hook(1);
  hook.choices.selection.subjects = {"park/navoi"};
  const std::string file = shop.path("webhooks.toml");
  for (const char* wrong :
       {"subjects = []", "subjects = [1]", "subjects = \"park/navoi\"", "subjects = [\"a\", 1]"}) {
    REQUIRE(write_webhooks(file, {hook}, {}));
    std::string text;
    {
      std::ifstream in(file);
      text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const std::string right = "subjects = [\"park/navoi\"]";
    text.replace(text.find(right), right.size(), wrong);
    std::ofstream(file) << text;
    const auto read = read_webhooks(file);
    REQUIRE_FALSE(read);
    CHECK(contains(read.error().error.what, "'subjects'"));
  }
}

TEST_CASE("letters lie in the order of the log, and each is in one place") {
  const Workshop shop;
  std::filesystem::create_directory(shop.path("s"));
  const HookFolder folder(shop.path("s"), "01234567");
  REQUIRE(folder.make(drawn_checkpoint()));
  CHECK(folder.checkpoint().value() == drawn_checkpoint());
  for (const char* at : {"100", "52/2026-11-25", "9", "52/2026-11-26"})
    REQUIRE(folder.bury(drawn_letter(at)));
  CHECK(folder.dead() == std::vector<std::string>{"9", "52/2026-11-25", "52/2026-11-26", "100"});
  CHECK(folder.dead_letter("52/2026-11-25").value() == drawn_letter("52/2026-11-25"));

  REQUIRE(folder.raise("9"));
  CHECK_FALSE(folder.raise("9"));
  CHECK(folder.again() == std::vector<std::string>{"9"});
  CHECK(folder.letter_again("9").value() == drawn_letter("9"));
  CHECK_FALSE(folder.dead_letter("9"));
  REQUIRE(folder.bury(drawn_letter("9")));
  CHECK(folder.again().empty());
  REQUIRE(folder.raise("100"));
  folder.settle("100");
  REQUIRE(folder.drop("9"));
  CHECK(folder.dead() == std::vector<std::string>{"52/2026-11-25", "52/2026-11-26"});
  for (const char* wrong : {"", "9", "../checkpoint", "52", "52_2026-11-25"}) {
    CHECK_FALSE(folder.drop(wrong));
    CHECK_FALSE(folder.raise(wrong));
    CHECK_FALSE(folder.dead_letter(wrong));
  }
  folder.remove();
  CHECK_FALSE(folder.checkpoint());
  CHECK_FALSE(folder.write(drawn_checkpoint()));
}
