#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/support/program.hpp"

using namespace solnoma::test;

namespace {

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n') + 1;
  const std::size_t begin = text.rfind('\n', end - 1) + 1;
  return text.substr(begin, end - begin);
}

std::string head(const Workshop& w, const std::string& at = "") {
  const auto run = at.empty() ? w.solnoma({"head"}) : w.solnoma({"head", "--at", at});
  REQUIRE(run.exit == 0);
  return last_line(run.out);
}

}  // namespace

TEST_CASE("a head that was written down proves later that nothing before it changed") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string before = head(w);
  REQUIRE(before.ends_with("@50"));
  REQUIRE(w.solnoma({"append", "opened", "park/navoi", "--known", "2026-02-03"}).exit == 0);
  CHECK(head(w, "50") == before);

  auto run = w.solnoma({"verify", "--head", before, "--head", head(w, "7")});
  CHECK(run.exit == 0);
  CHECK(run.out.find("it extends the head " + before) != std::string::npos);
  CHECK(last_line(run.out) == "head " + head(w));

  std::string wrong = before;
  wrong[0] = wrong[0] == '0' ? '1' : '0';
  run = w.solnoma({"verify", "--head", wrong});
  CHECK(run.exit == 1);
  CHECK(run.err.find("does not extend the head") != std::string::npos);
  CHECK(w.solnoma({"verify", "--head", head(w).replace(65, 2, "99")}).exit == 1);
  CHECK(w.solnoma({"verify", "--head", "nonsense"}).exit == 2);
}

TEST_CASE("a restored store has the head that it had") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(w.solnoma({"backup", w.path("copy")}).exit == 0);
  const std::string at_41 = head(w, "41");
  CHECK(last_line(w.solnoma({"--store", w.path("copy"), "verify"}).out) == "head " + head(w));
  REQUIRE(w.solnoma({"--store", w.path("again"), "restore", w.path("copy"), "--at", "41"}).exit ==
          0);
  CHECK(last_line(w.solnoma({"--store", w.path("again"), "verify"}).out) == "head " + at_41);
}

TEST_CASE("a signed head is checked with the public key") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(w.solnoma({"keygen", w.path("me")}).exit == 0);
  REQUIRE(w.solnoma({"keygen", w.path("other")}).exit == 0);
  CHECK(std::filesystem::status(w.path("me")).permissions() == std::filesystem::perms(0600));
  CHECK(w.solnoma({"keygen", w.path("me")}).exit == 1);  // a key is never written over

  const auto signed_head = w.solnoma({"sign", "--key", w.path("me"), "--at", "40"});
  REQUIRE(signed_head.exit == 0);
  const std::string note = w.file("note", signed_head.out);
  CHECK(w.solnoma({"verify", "--signed", note, "--key", w.path("me.pub")}).exit == 0);
  CHECK(w.solnoma({"verify", "--signed", note, "--key", w.path("other.pub")}).exit == 1);
  CHECK(w.solnoma({"verify", "--signed", note}).exit == 2);
  CHECK(w.solnoma({"verify", "--key", w.path("me.pub")}).exit == 2);
  CHECK(w.solnoma({"verify", "--signed", note, "--key", note}).exit == 2);
  std::string forged = signed_head.out;
  forged.replace(forged.find("40"), 2, "41");
  CHECK(
      w.solnoma({"verify", "--signed", w.file("forged", forged), "--key", w.path("me.pub")}).exit ==
      1);
  CHECK(w.solnoma({"sign", "--key", w.path("me.pub")}).exit == 2);
  CHECK(w.solnoma({"sign", "--key", w.path("me"), "--origin", "two words"}).exit == 2);
}

TEST_CASE("a proof of an event is checked without the store") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(w.solnoma({"keygen", w.path("me")}).exit == 0);
  const std::string top = head(w);
  const auto proof = w.solnoma({"prove", "s3-navoi-completed", "--key", w.path("me")});
  REQUIRE(proof.exit == 0);
  const std::string file = w.file("proof", proof.out);
  CHECK(proof.out.size() < 3'000);
  std::filesystem::remove_all(w.store());

  auto run = w.solnoma({"verify-proof", file, "--key", w.path("me.pub"), "--head", top});
  CHECK(run.exit == 0);
  CHECK(run.out.find("\"id\":\"s3-navoi-completed\"") != std::string::npos);
  CHECK(last_line(run.out) == "is event 39 of the log 'solnoma' with the head " + top);
  run = w.solnoma({"verify-proof", file, "--key", w.path("me.pub")});
  CHECK(run.exit == 0);
  CHECK(run.out.find("is not shown") == std::string::npos);

  std::string other = top;
  other[3] = other[3] == 'a' ? 'b' : 'a';
  CHECK(w.solnoma({"verify-proof", file, "--head", other}).exit == 1);
  std::string forged = proof.out;
  const std::size_t at = forged.find("extra ") + 400;
  forged[at] = forged[at] == 'A' ? 'B' : 'A';
  CHECK(w.solnoma({"verify-proof", w.file("forged", forged), "--head", top}).exit == 1);
  CHECK(w.solnoma({"verify-proof", w.path("none")}).exit == 2);
}

TEST_CASE(
    "a proof for whose head nothing speaks proves nothing, and is shown only when that is wanted") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string proof = w.solnoma({"prove", "s3-navoi-completed"}).out;
  auto run = w.solnoma({"verify-proof", "-"}, proof);
  CHECK(run.exit == 1);
  CHECK(run.out == "");
  CHECK(run.err.find("nothing shows that its head is that of your log") != std::string::npos);
  CHECK(run.err.find("--unanchored") != std::string::npos);
  // A name that is demanded speaks for nothing: anybody can write it.
  CHECK(w.solnoma({"verify-proof", "-", "--origin", "solnoma"}, proof).exit == 1);

  run = w.solnoma({"verify-proof", "-", "--unanchored"}, proof);
  CHECK(run.exit == 0);
  CHECK(run.out.find("\"id\":\"s3-navoi-completed\"") != std::string::npos);
  CHECK(last_line(run.out).find("is not shown") != std::string::npos);
  // What is wrong in itself is wrong all the same.
  std::string forged = proof;
  const std::size_t at = forged.find("extra ") + 400;
  forged[at] = forged[at] == 'A' ? 'B' : 'A';
  CHECK(w.solnoma({"verify-proof", "-", "--unanchored"}, forged).exit == 1);
}

TEST_CASE("an event is proved by what its id says, or the reason why not is given") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  CHECK(w.solnoma({"prove", "nothing"}).exit == 1);
  CHECK(w.solnoma({"prove", "s3-navoi-completed", "--at", "38"}).exit == 2);
  CHECK(w.solnoma({"prove", "s3-navoi-completed", "--at", "39"}).exit == 0);
  CHECK(w.solnoma({"prove", "s3-navoi-completed", "--source", "urn:solnoma:history"}).exit == 0);
  CHECK(w.solnoma({"prove", "s3-navoi-completed", "--source", "urn:other"}).exit == 1);
}
