#include "events/codec.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "engine/format/frame.hpp"
#include "events/event_type.hpp"
#include "events/exchange.hpp"
#include "events/validate.hpp"
#include "tests/events/samples.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kCodecSeed = 20240202;

/// As the log would hand it out, aligned.
Result<StoredEvent> decoded(std::string_view payload, const Event& of = {}) {
  std::vector<std::uint64_t> words(payload.size() / 8 + 1);
  std::memcpy(words.data(), payload.data(), payload.size());
  const std::string_view aligned(reinterpret_cast<const char*>(words.data()), payload.size());
  return decode({Position{7}, Revision{3}, Instant{}, SubjectNumber{0}, of.subject, of.source,
                 of.id, Revision{0}, aligned});
}

/// Shown or refused as damaged or newer, and nothing else. True if shown.
bool shown_or_refused(const std::string& payload) {
  const auto is_refusal = [](const Error& error) {
    return error.code == Errc::corrupt || error.code == Errc::unsupported;
  };
  if (const auto mark = index_payload(payload); !mark) CHECK(is_refusal(mark.error()));
  const auto stored = decoded(payload);
  if (!stored) {
    CHECK(is_refusal(stored.error()));
    return false;
  }
  CHECK(!event_to_json(*stored).empty());
  CHECK(encode(stored->event));
  return true;
}

/// Writes 8 bytes of a payload.
void set_word(std::string& payload, std::size_t word, std::uint64_t value) {
  std::memcpy(payload.data() + 8 * word, &value, sizeof value);
}

/// An event whose list of quantities holds `count` structs without any bytes.
std::string empty_structs(std::uint32_t count) {
  std::string payload(10 * 8, '\0');
  set_word(payload, 0, 1ULL << 32 | 5ULL << 48);    // the event: one word, five pointers
  set_word(payload, 1, 19'000);                     // known
  set_word(payload, 6, 2ULL << 48);                 // data: two pointers, next word
  set_word(payload, 8, 1ULL | 7ULL << 32);          // quantities: a list of structs
  set_word(payload, 9, std::uint64_t{count} << 2);  // its tag: so many, each of no words
  return payload;
}

}  // namespace

TEST_CASE("an event comes back from its payload as it was") {
  Random random(kCodecSeed);
  CAPTURE(kCodecSeed);
  for (int i = 0; i < 500; ++i) {
    const Event e = i == 0 ? full_event() : random_event(random);
    const auto payload = encode(e);
    REQUIRE(payload);
    CHECK(payload->size() % 8 == 0);
    const auto stored = decoded(*payload, e);
    REQUIRE(stored);
    CHECK(stored->event == e);
    CHECK(stored->position == Position{7});
    CHECK(stored->revision == Revision{3});
    const auto mark = validate(e);
    REQUIRE_MESSAGE(mark, mark.error().where, ": ", mark.error().what);
    CHECK(index_payload(*payload) == mark);
  }
}

TEST_CASE("equal events have equal bytes, other events have others") {
  Random random(kCodecSeed);
  for (int i = 0; i < 200; ++i) {
    const Event e = random_event(random);
    Event other = e;
    CHECK(encode(e) == encode(other));
    other.label += "x";
    CHECK(encode(e) != encode(other));
  }
}

TEST_CASE("what is empty takes no bytes") {
  Event e = event("a", "opened", "", "2024-02-02");
  e.title = {};
  // The root, the known day, five pointers of which type and data are set, "opened".
  CHECK(encode(e).value().size() == 8 * 8);
}

TEST_CASE("every byte of a text is kept, a zero byte too") {
  Event e = full_event();
  for (std::string* text :
       {&e.title.ru, &e.quantities[0].unit, &e.parties[1].en, &e.sources[0].note.others[0].text,
        &e.note.others[0].text, &e.description->names.uz, &e.occurred, &e.supersedes, &e.type})
    *text = std::string("a\0\xff", 3);
  CHECK(decoded(encode(e).value(), e).value().event == e);
}

TEST_CASE("a type that only a newer program knows is shown as it stands") {
  Event e = full_event();
  e.type = "privatised";
  const std::string payload = encode(e).value();
  CHECK(decoded(payload, e).value().event == e);
  CHECK(index_payload(payload).value().kind == row_kind(kUnknownType, false, true));
  e.modality = Modality::planned;
  CHECK(index_payload(encode(e).value()).value().kind == row_kind(kUnknownType, true, true));
}

TEST_CASE("a payload is at most 1 MiB") {
  Event e = event("a", "opened", "2022", "2024-02-02");
  e.note = "1234567";  // a word with its zero byte
  const std::size_t rest = encode(e).value().size() - 8;
  e.note = std::string(kMaxPayload - rest - 1, 'n');
  CHECK(encode(e).value().size() == kMaxPayload);
  e.note.others[0].text += 'n';
  CHECK(refused(encode(e), ""));
}

TEST_CASE("bytes that are no event are corrupt") {
  for (const std::string& payload :
       {std::string(), std::string(8, '\xff'), std::string(64, '\xff'), std::string(4096, '\x01'),
        std::string("\x01\x00\x00\x00\x00\x00\x00\x00", 8)}) {
    const auto stored = decoded(payload);
    if (!stored) CHECK(stored.error().code == Errc::corrupt);
    const auto mark = index_payload(payload);
    if (!mark) CHECK(mark.error().code == Errc::corrupt);
  }
  CHECK(refused(decoded(""), "", Errc::corrupt));
  CHECK(refused(index_payload(""), "", Errc::corrupt));
}

TEST_CASE("a truncated payload is corrupt or still an event, at every length") {
  const std::string payload = encode(full_event()).value();
  int corrupt = 0;
  for (std::size_t size = 0; size < payload.size(); size += 8) {
    const auto stored = decoded(std::string_view(payload).substr(0, size));
    if (!stored) {
      CHECK(stored.error().code == Errc::corrupt);
      CHECK(stored.error().what.find(": expected ") == std::string::npos);
      ++corrupt;
    }
  }
  CHECK(corrupt > 10);
}

TEST_CASE("with any single bit wrong a payload is an event that can be shown, or refused") {
  const std::string payload = encode(full_event()).value();
  int shown = 0;
  int refusals = 0;
  for (std::size_t bit = 0; bit < payload.size() * 8; ++bit) {
    std::string damaged = payload;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    ++(shown_or_refused(damaged) ? shown : refusals);
  }
  CHECK(shown > 1000);
  CHECK(refusals > 100);
}

TEST_CASE("with whole words wrong a payload is an event that can be shown, or refused") {
  Random random(kCodecSeed);
  CAPTURE(kCodecSeed);
  const std::string payload = encode(full_event()).value();
  const std::size_t words = payload.size() / 8;
  int shown = 0;
  constexpr int kRounds = 5'000;
  for (int round = 0; round < kRounds; ++round) {
    std::string damaged = payload;
    for (auto n = random() % 3 + 1; n > 0; --n) {
      // A wild word, a pointer from elsewhere, or one that has a small offset and size.
      std::uint64_t word = random();
      if (random() % 3 == 0) std::memcpy(&word, payload.data() + 8 * (random() % words), 8);
      if (random() % 2 == 0) word &= 0x0000'003F'0000'00FFULL;
      set_word(damaged, random() % words, word);
    }
    shown += shown_or_refused(damaged) ? 1 : 0;
  }
  CHECK(shown > 100);
  CHECK(shown < kRounds);
}

TEST_CASE("a known day that has no name is corrupt") {
  std::string payload = encode(full_event()).value();
  for (const std::int32_t known :
       {INT32_MIN, INT32_MAX, day("-9999-01-01").number - 1, day("9999-12-31").number + 1}) {
    std::memcpy(payload.data() + 8, &known, sizeof known);  // the event's one word of numbers
    CHECK(refused(decoded(payload), "", Errc::corrupt));
    CHECK(refused(index_payload(payload), "known", Errc::corrupt));
  }
}

TEST_CASE("a modality or bound that only a newer program knows is unsupported") {
  Event e = event("a", "opened", "", "2024-02-02");
  e.modality = Modality::planned;
  e.quantities = {{"residents", "1", "companies", Bound::less_than, ""}};
  const std::string payload = encode(e).value();
  bool modality = false;
  bool bound = false;
  for (std::size_t at = 16; at + 2 <= payload.size(); at += 2) {
    std::string newer = payload;
    newer[at] = 77;
    const auto stored = decoded(newer);
    if (stored || stored.error().code != Errc::unsupported) continue;
    if (stored.error().where == "data.modality") {
      modality = true;
      CHECK(refused(index_payload(newer), "data.modality", Errc::unsupported));
    }
    if (stored.error().where == "data.quantities[0].bound") bound = true;
  }
  CHECK(modality);
  CHECK(bound);
}

TEST_CASE("a payload cannot claim more than its bytes can hold") {
  REQUIRE(decoded(empty_structs(3)));
  CHECK(decoded(empty_structs(3))->event.quantities.size() == 3);
  for (const std::uint32_t count : {1'000U, 5'000'000U, (1U << 29) - 1})
    CHECK(refused(decoded(empty_structs(count)), "", Errc::corrupt));
}
