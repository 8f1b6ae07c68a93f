#include "engine/head_stamp.hpp"

#include <doctest/doctest.h>

#include "engine/proof/sha256.hpp"
#include "tests/engine/support/damage.hpp"
#include "tests/engine/support/stamp_authority.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::time_t kYear = 365 * 86'400;
constexpr std::time_t k2020 = 1'577'836'800;
constexpr std::time_t k2021 = k2020 + 366 * 86'400;

HeadNote some_note() {
  return note_of({Position{50}, sha256({"x"})}, "solnoma");
}

/// Stamped in 2020, with the certificate of that year.
HeadNote stamped(const StampAuthority& authority, std::time_t at = k2020 + 86'400) {
  HeadNote note = some_note();
  const auto request = StampRequest::of(note);
  REQUIRE(request);
  const auto trusted = Authorities::from_pem(authority.pem());
  REQUIRE(trusted);
  const auto stamp =
      request->take(authority.answer(request->to_der(), at), &*trusted, "host", note);
  REQUIRE_MESSAGE(stamp, (stamp ? "" : stamp.error().what));
  return note;
}

}  // namespace

TEST_CASE(
    "a stamp outlives the certificate of its authority, which must have held at its instant") {
  const StampAuthority of_2020(k2020, k2021);
  const auto trusted = Authorities::from_pem(of_2020.pem());
  REQUIRE(trusted);
  const auto stamps = check_stamps(stamped(of_2020), *trusted);
  REQUIRE(stamps);
  CHECK(*stamps ==
        std::vector<HeadStamp>{{"Вакт Institute", *instant_from_text("2020-01-02T00:00:00Z")}});

  for (const std::time_t at : {k2020 - 1, k2021 + 1}) {
    HeadNote note = some_note();
    const auto request = StampRequest::of(note);
    CHECK_FALSE(request->take(of_2020.answer(request->to_der(), at), &*trusted, "host", note));
    CHECK_FALSE(request->take(of_2020.answer(request->to_der(), at), nullptr, "host", note));
    CHECK(note.signatures.empty());
  }
}

TEST_CASE("a certificate that is not for stamps makes none") {
  const StampAuthority any(k2020, k2020 + 50 * kYear, "critical,timeStamping");
  const StampAuthority web(k2020, k2020 + 50 * kYear, "serverAuth");
  HeadNote note = some_note();
  const auto request = StampRequest::of(note);
  CHECK(request->take(any.answer(request->to_der(), k2021), nullptr, "host", note));
  const auto trusted = Authorities::from_pem(web.pem());
  CHECK_FALSE(request->take(web.answer(request->to_der(), k2021), &*trusted, "host", note));
  CHECK_FALSE(request->take(web.answer(request->to_der(), k2021), nullptr, "host", note));
}

TEST_CASE("an instant is the latest that the authority allows for") {
  const StampAuthority authority(k2020, k2020 + 50 * kYear);
  HeadNote note = some_note();
  const auto request = StampRequest::of(note);
  const auto at = [&](long micros, int accuracy) {
    return to_string(request
                         ->take(authority.answer(request->to_der(), k2021, micros, accuracy),
                                nullptr, "host", note)
                         ->at);
  };
  CHECK(at(0, 0) == "2021-01-01T00:00:00.000000Z");
  CHECK(at(0, 60) == "2021-01-01T00:01:00.000000Z");
  CHECK(at(250'000, 1) == "2021-01-01T00:00:01.250000Z");
  CHECK(at(123'456, 0) == "2021-01-01T00:00:00.123456Z");
}

TEST_CASE("of several stamps those that hold are told, beside signatures of other kinds") {
  const StampAuthority one(k2020, k2021), other(k2020, k2021);
  HeadNote note = stamped(one);
  sign(note, PrivateKey::generate());
  const auto request = StampRequest::of(note);
  REQUIRE(request->take(other.answer(request->to_der(), k2020 + 9), nullptr, "other", note));
  const auto again = head_note_from(to_string(note));
  REQUIRE(again);
  CHECK(stamps_of(*again).size() == 2);
  const auto trusts_one = Authorities::from_pem(one.pem());
  CHECK(check_stamps(*again, *trusts_one)->size() == 1);
  CHECK(check_stamps(*again, *Authorities::from_pem(one.pem() + other.pem()))->size() == 2);
  // A name is part of the signature: a stamp under another one is none.
  HeadNote renamed = *again;
  for (auto& each : renamed.signatures) each.name = "elsewhere";
  CHECK(check_stamps(renamed, *trusts_one).error().code == Errc::invalid);
}

TEST_CASE("no damaged stamp, answer or certificate is believed or read beyond its end") {
  const StampAuthority authority(k2020, k2021);
  const auto trusted = Authorities::from_pem(authority.pem());
  const HeadNote note = stamped(authority);
  const auto stamp = stamps_of(note).at(0);
  Random random(20261127);
  HeadNote damaged = note;
  damaged_in_many_ways(note.signatures.at(0).bytes, random, [&](std::string_view bytes) {
    damaged.signatures.at(0).bytes = bytes;
    if (bytes.size() < 4) return;
    const auto checked = check_stamps(damaged, *trusted);
    // What no signature covers may be damaged; what is told never is.
    if (checked) CHECK(checked->at(0).at == stamp.at);
  });
  const auto request = StampRequest::of(note);
  const std::string answer = authority.answer(request->to_der(), k2020 + 5);
  damaged_in_many_ways(answer, random, [&](std::string_view bytes) {
    HeadNote fresh = some_note();
    const auto taken = request->take(bytes, &*trusted, "host", fresh);
    if (!taken) CHECK(fresh.signatures.empty());
  });
  for (const std::string& pem : {std::string(), std::string("-----BEGIN CERTIFICATE-----\n"),
                                 authority.pem().substr(0, 300), PrivateKey::generate().to_pem()})
    CHECK(Authorities::from_pem(pem).error().code == Errc::invalid);
}
