#include "engine/head_note.hpp"
#include "engine/proof/sha256.hpp"

#include <doctest/doctest.h>

#include "engine/proof/base64.hpp"
#include "engine/proof_text.hpp"
#include "tests/engine/support/damage.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

TreeHead some_head() {
  return {Position{50}, sha256({"x"})};
}

}  // namespace

TEST_CASE("base64 is that of RFC 4648, and nothing else is read") {
  const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, digits] : vectors) {
    CHECK(to_base64(bytes) == digits);
    CHECK(from_base64(digits) == bytes);
  }
  for (const char* wrong : {"Zg", "Zg=", "Zg===", "Zh==", "Zg==\n",
                            " Zg==", "====", "Z===", "Zm9v!", "Zm 9", "Zm9vZg==Zm9v"})
    CHECK(from_base64(wrong).error().code == Errc::invalid);
}

TEST_CASE("a head is read as it is written") {
  const TreeHead head = some_head();
  CHECK(tree_head_from(to_string(head)) == head);
  for (const char* wrong : {"", "@", "50", "@50", "zz@50"})
    CHECK(tree_head_from(wrong).error().code == Errc::invalid);
  CHECK(!tree_head_from(to_string(head) + " "));
  CHECK(!tree_head_from(to_string(head) + "99999999999999999999"));
}

TEST_CASE("keys go through their texts, and the wrong kind is refused") {
  const PrivateKey key = PrivateKey::generate();
  const auto again = PrivateKey::from_pem(key.to_pem());
  REQUIRE(again);
  const auto open = PublicKey::from_pem(key.public_key().to_pem());
  REQUIRE(open);
  CHECK(open->raw() == again->public_key().raw());
  CHECK(open->verifies("message", again->sign("message")));
  CHECK(!open->verifies("massage", again->sign("message")));
  CHECK(!open->verifies("message", ""));
  CHECK(PublicKey::from_pem(key.to_pem()).error().code == Errc::invalid);
  CHECK(PrivateKey::from_pem(key.public_key().to_pem()).error().code == Errc::invalid);
  CHECK(PrivateKey::from_pem("").error().code == Errc::invalid);
}

TEST_CASE("a signature is that of RFC 8032, test 1") {
  const auto key = PrivateKey::from_pem(
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
      "-----END PRIVATE KEY-----\n");
  REQUIRE(key);
  const std::string signature = key->sign("");
  REQUIRE(signature.size() == 64);
  Hash half;
  std::memcpy(half.data(), signature.data(), half.size());
  CHECK(to_hex(half) == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
  std::memcpy(half.data(), signature.data() + half.size(), half.size());
  CHECK(to_hex(half) == "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST_CASE("a signed head is read back, and its signature holds") {
  const PrivateKey key = PrivateKey::generate();
  HeadNote note = note_of(some_head(), "example.org/chronicle");
  CHECK(head_note_from(to_string(note))->signatures.empty());
  CHECK(check(note, key.public_key()).error().what.find("not signed") != std::string::npos);
  sign(note, PrivateKey::generate());
  sign(note, key);
  const auto read = head_note_from(to_string(note));
  REQUIRE(read);
  CHECK(read->origin == "example.org/chronicle");
  CHECK(read->head == some_head());
  CHECK(read->signatures.size() == 2);
  CHECK(check(*read, key.public_key()));
  CHECK(!check(*read, PrivateKey::generate().public_key()));
}

TEST_CASE("lines that another program adds to a head are signed, too") {
  const PrivateKey key = PrivateKey::generate();
  HeadNote note = note_of(some_head(), "log");
  note.body += "an extension\n";
  sign(note, key);
  auto read = head_note_from(to_string(note));
  REQUIRE(read);
  CHECK(read->body == note.body);
  CHECK(check(*read, key.public_key()));
  read->body = note_of(some_head(), "log").body;
  CHECK(!check(*read, key.public_key()));
}

TEST_CASE("no changed bit of a signed head passes for what was signed") {
  const PrivateKey key = PrivateKey::generate();
  HeadNote note = note_of(some_head(), "log");
  sign(note, key);
  Random random(base_seed());
  damaged_in_many_ways(to_string(note), random, [&](std::string_view text) {
    const auto read = head_note_from(text);
    if (!read || !check(*read, key.public_key())) return;
    CHECK(read->head == some_head());
    CHECK(read->origin == "log");
  });
}

TEST_CASE("a proof goes through its text, and no changed byte of it proves another event") {
  TestJournal t;
  t.record({{"park/a", "1", "one"}, {"park/b", "2", "two"}, {"park/a", "3"}});
  auto proof = t.log().prove(Position{2}, Position{3}).value();
  const std::string record = proof.record;
  const TreeHead head = proof.head;
  const std::string text = to_string(ProofText{std::move(proof), note_of(head, "solnoma")});
  const auto read = proof_text_from(text);
  REQUIRE(read);
  CHECK(read->proof.record == record);
  CHECK(check(read->proof));
  Random random(base_seed());
  damaged_in_many_ways(text, random, [&](std::string_view damaged) {
    const auto other = proof_text_from(damaged);
    if (!other || !check(other->proof) || other->proof.head != head) return;
    CHECK(other->proof.record == record);
  });
}
