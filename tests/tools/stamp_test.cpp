// Stamps of time on heads, by an authority on this machine (stamps/authority.py), with openssl's
// own idea of what a stamp is.

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Serves until it is destroyed.
class Authority {
 public:
  Authority() {
    setenv("no_proxy", "127.0.0.1", 1);
    const std::string port = work_.path("port");
    REQUIRE(mkfifo(port.c_str(), 0600) == 0);
    const std::string command = "exec /usr/bin/python3 '" SOLNOMA_STAMP_AUTHORITY "' '" +
                                work_.path(".") + "' >'" + port + "'";
    process_ = popen(command.c_str(), "we");
    REQUIRE(process_ != nullptr);
    std::ifstream told(port);  // opens once the authority is begun, and has a line once it serves
    REQUIRE_MESSAGE(std::getline(told, port_), "the authority did not begin");
  }
  ~Authority() { (void)pclose(process_); }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  [[nodiscard]] std::string url(const std::string& answer) const {
    return "http://127.0.0.1:" + port_ + "/" + answer;
  }
  [[nodiscard]] std::string trusted() const { return work_.path("authority.pem"); }
  [[nodiscard]] std::string stranger() const { return work_.path("unknown.pem"); }

 private:
  Workshop work_;
  std::FILE* process_ = nullptr;
  std::string port_;
};

/// The making of its keys takes longer than all that is asked of it.
const Authority& authority() {
  static const Authority one;
  return one;
}

struct Desk : Workshop {
  Desk() {
    REQUIRE(solnoma({"history", "--init"}).exit == 0);
    REQUIRE(solnoma({"keygen", path("me")}).exit == 0);
  }
  [[nodiscard]] Run stamped(const std::string& answer, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"sign", "--key", path("me"), "--timestamp",
                                   authority().url(answer)};
    words.insert(words.end(), more.begin(), more.end());
    return solnoma(words);
  }
};

}  // namespace

TEST_CASE("a stamped head says by when it was there, to who trusts the authority") {
  const Desk desk;
  const Run sign = desk.stamped("good", {"--authority", authority().trusted()});
  REQUIRE_MESSAGE(sign.exit == 0, sign.err);
  CHECK(contains(sign.err, "stamped by Stamps of the test at 20"));
  const std::string head = desk.file("head", sign.out);

  Run run = desk.solnoma({"verify", "--signed", head, "--authority", authority().trusted(), "--key",
                          desk.path("me.pub")});
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "it extends the head "));
  CHECK(contains(run.out, "\n  stamped by Stamps of the test at 20"));
  // The signature alone, and the stamp alone, are enough; what is not checked says so.
  run = desk.solnoma({"verify", "--signed", head, "--key", desk.path("me.pub")});
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "\n  said to be stamped by Stamps of the test at 20"));
  CHECK(desk.solnoma({"verify", "--signed", head, "--authority", authority().trusted()}).exit == 0);
  CHECK(desk.solnoma({"verify", "--signed", head}).exit == 2);

  // Nobody need sign what is stamped.
  run = desk.solnoma({"sign", "--timestamp", authority().url("good")});
  REQUIRE(run.exit == 0);
  CHECK(contains(run.err, "said to be stamped by Stamps of the test"));
  const std::string unsigned_head = desk.file("unsigned", run.out);
  CHECK(desk.solnoma({"verify", "--signed", unsigned_head, "--authority", authority().trusted()})
            .exit == 0);
  CHECK(desk.solnoma({"verify", "--signed", unsigned_head, "--key", desk.path("me.pub")}).exit ==
        1);
  CHECK(desk.solnoma({"sign"}).exit == 2);
}

TEST_CASE("openssl finds in a stamp the hash of the lines that are stamped") {
  const Desk desk;
  const Run sign = desk.stamped("good");
  REQUIRE(sign.exit == 0);
  const std::string body = desk.file("body", sign.out.substr(0, sign.out.find("\n\n") + 1));
  const std::string line = sign.out.substr(sign.out.rfind(' ') + 1);
  const std::string token = desk.file("token", line);
  // The first four bytes say that it is a stamp.
  const std::string command = "base64 -d '" + token + "' | tail -c +5 >'" + token +
                              ".der' && openssl ts -verify -data '" + body + "' -token_in -in '" +
                              token + ".der' -CAfile '" + authority().trusted() + "' >'" + token +
                              ".out' 2>&1";
  CHECK_MESSAGE(std::system(command.c_str()) == 0, read(token + ".out"));
}

TEST_CASE("a proof tells that its event was recorded no later than a stamp") {
  const Desk desk;
  const Run sign = desk.stamped("good");
  REQUIRE(sign.exit == 0);
  const std::string head = desk.file("head", sign.out);
  REQUIRE(desk.solnoma({"append", "visited", "park/navoi", "--known", "2026-02-03"}).exit == 0);
  const std::vector<std::vector<std::string>> ways{
      {"prove", "s3-navoi-completed", "--signed", head},
      {"prove", "s3-navoi-completed", "--key", desk.path("me"), "--timestamp",
       authority().url("good")}};
  for (const auto& words : ways) {
    const Run prove = desk.solnoma(words);
    REQUIRE_MESSAGE(prove.exit == 0, prove.err);
    const std::string proof = desk.file("proof", prove.out);
    Run run = desk.solnoma({"verify-proof", proof, "--authority", authority().trusted()});
    CHECK(run.exit == 0);
    CHECK(contains(run.out, "\nrecorded no later than 20"));
    CHECK(contains(run.out, ", by Stamps of the test\n"));
    CHECK(contains(run.out, "is the head of your log is not shown"));
    run = desk.solnoma({"verify-proof", proof, "--key", desk.path("me.pub"), "--authority",
                        authority().trusted()});
    CHECK(run.exit == 0);
    CHECK_FALSE(contains(run.out, "is not shown"));
    run = desk.solnoma({"verify-proof", proof, "--key", desk.path("me.pub")});
    CHECK(run.exit == 0);
    CHECK(contains(run.out, "said to be stamped by"));
    CHECK_FALSE(contains(run.out, "no later than"));
    CHECK(desk.solnoma({"verify-proof", proof, "--authority", authority().stranger()}).exit == 1);
  }
  // The stamp may also stand in a head that is kept beside the proof.
  const std::string plain =
      desk.file("plain", desk.solnoma({"prove", "s3-navoi-completed", "--at", "50"}).out);
  const Run run =
      desk.solnoma({"verify-proof", plain, "--signed", head, "--authority", authority().trusted()});
  CHECK(contains(run.out, "\nrecorded no later than 20"));
  CHECK(desk.solnoma({"verify-proof", plain, "--authority", authority().trusted()}).exit == 1);
  // An event that came later is not in the head.
  CHECK(desk.solnoma({"prove", "s3-navoi-completed", "--signed", head, "--at", "50"}).exit == 2);
  const Workshop other;
  REQUIRE(other.solnoma({"init"}).exit == 0);
  REQUIRE(other.solnoma({"append", "opened", "park/a", "--id", "one-event"}).exit == 0);
  CHECK(contains(other.solnoma({"prove", "one-event", "--signed", head}).err, "does not extend"));
}

TEST_CASE("what an authority answers wrongly is refused, whatever is wrong with it") {
  const Desk desk;
  REQUIRE(desk.stamped("good").exit == 0);  // the answer that "replay" gives again
  struct Case {
    const char* answer;
    int exit;
    const char* why;
  };
  for (const auto& [answer, exit, why] :
       std::vector<Case>{{"replay", 1, "another nonce"},
                         {"other", 1, "something else than this head"},
                         {"expired", 1, "certificate has expired"},
                         {"unknown", 1, "no authority that is trusted"},
                         {"garbage", 1, "no stamp, or half of one"},
                         {"half", 1, "no stamp, or half of one"},
                         {"empty", 1, "no stamp, or half of one"},
                         {"large", 1, "answered more than"},
                         {"missing", 1, "HTTP status 404"},
                         {"cut", 3, "broke off its answer"},
                         {"hang", 3, "did not answer within 1 s"}}) {
    CAPTURE(answer);
    const Run run = desk.stamped(answer, {"--authority", authority().trusted(), "--timeout", "1"});
    CHECK(run.exit == exit);
    CHECK(run.out == "");
    CHECK_MESSAGE(contains(run.err, why), run.err);
  }
  // Without an authority that is trusted a stamp still has to be of this head, this request and
  // a certificate that held.
  for (const char* answer : {"replay", "other", "expired"}) CHECK(desk.stamped(answer).exit == 1);
  CHECK(desk.stamped("unknown").exit == 0);
}

TEST_CASE("who cannot be asked is told, and so is what is no address or no certificate") {
  const Desk desk;
  const std::string key = desk.path("me");
  CHECK(desk.solnoma({"sign", "--key", key, "--timestamp", "http://127.0.0.1:1/"}).exit == 3);
  for (const char* address : {"ftp://127.0.0.1/", "file:///etc/passwd", "http://", "no address"}) {
    CAPTURE(address);
    CHECK(desk.solnoma({"sign", "--key", key, "--timestamp", address}).exit == 2);
  }
  CHECK(desk.stamped("good", {"--authority", desk.path("none")}).exit == 2);
  CHECK(desk.stamped("good", {"--authority", desk.path("me.pub")}).exit == 2);
  CHECK(desk.stamped("good", {"--policy", "a policy"}).exit == 2);
  CHECK(desk.solnoma({"sign", "--key", key, "--authority", authority().trusted()}).exit == 2);
}

TEST_CASE("a policy that an authority does not have is refused by it, one that it has is kept") {
  const Desk desk;
  CHECK(desk.stamped("good", {"--policy", "1.2.3.4.2"}).exit == 0);
  const Run run = desk.stamped("good", {"--policy", "1.2.3.4.9"});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "the authority refuses to stamp"));
}

TEST_CASE("a head or a stamp that is changed is found out") {
  const Desk desk;
  const Run sign = desk.stamped("good", {"--at", "40"});
  REQUIRE(sign.exit == 0);
  const auto check = [&](const std::string& text) {
    return desk.solnoma(
        {"verify", "--signed", desk.file("changed", text), "--authority", authority().trusted()});
  };
  REQUIRE(check(sign.out).exit == 0);
  std::string changed = sign.out;
  changed.replace(changed.find("40"), 2, "41");
  Run run = check(changed);
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "something else than this head"));
  const std::size_t token = sign.out.rfind(' ') + 1;
  int found_out = 0;
  for (std::size_t at = token + 40; at + 40 < sign.out.size(); at += 97) {
    changed = sign.out;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    // What no signature covers, and says nothing, may be changed; never what is told.
    run = check(changed);
    found_out += run.exit == 1 ? 1 : 0;
    if (run.exit != 1) CHECK(contains(run.out, "stamped by Stamps of the test"));
  }
  CHECK(found_out > 10);
  // A stamp that is taken away.
  run = check(sign.out.substr(0, sign.out.rfind("\u2014")));
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "bears no stamp"));
}
