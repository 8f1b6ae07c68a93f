// What is no event in the exchange format, and how it is refused.

#include <doctest/doctest.h>

#include <string>

#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"
#include "tests/events/samples.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kRefusalSeed = 20250927;

/// The example with one part replaced, and the field it is then refused for.
struct Wrong {
  std::string_view from, to, where;
  std::string_view says = "";
};

/// No part of the parser's own source code may reach the user.
void check_wording(const Error& error) {
  for (const std::string_view internal : {": expected ", "()", "exhausted", "wrapped", "capnp"})
    CHECK_MESSAGE(error.what.find(internal) == std::string::npos, error.what);
}

void check_refused(const std::vector<Wrong>& cases) {
  for (const auto& [from, to, where, says] : cases) {
    CAPTURE(to);
    const auto read = event_from_json(replaced(std::string(kExample), from, to), "");
    REQUIRE(refused(read, where));
    const std::string message = read.error().what + "; " + read.error().remedy;
    CHECK_MESSAGE(message.find(says) != std::string::npos, message);
    check_wording(read.error());
  }
}

}  // namespace

TEST_CASE("attributes that must be there are named when they are missing or wrong") {
  check_refused({
      {R"("specversion":"1.0",)", "", "specversion", "missing"},
      {R"("specversion":"1.0")", R"("specversion":null)", "specversion", "missing"},
      {R"("specversion":"1.0")", R"("specversion":"0.3")", "specversion", "'0.3'"},
      {R"("specversion":"1.0")", R"("specversion":1.0)", "specversion", "text"},
      {R"("id":"s1-chirchik-start",)", "", "id", "missing"},
      {R"("id":"s1-chirchik-start")", R"("id":"")", "id", "missing"},
      {R"("type":"solnoma.construction-started",)", "", "type", "missing"},
      {R"(solnoma.construction-started)", "construction-started", "type", "solnoma."},
      {R"(solnoma.construction-started)", "com.github.push", "type", "solnoma."},
      {R"("source":"urn:solnoma:history",)", "", "source", "a default source"},
      {R"("known":"2024-02-02",)", "", "known", "missing"},
      {R"("known":"2024-02-02")", R"("known":"")", "known"},
      {R"("known":"2024-02-02")", R"("known":"2024-2")", "known", "YYYY-MM-DD"},
      {R"("known":"2024-02-02")", R"("known":"2024-21")", "known"},
      {R"("known":"2024-02-02")", R"("known":"2024~")", "known"},
      {R"("known":"2024-02-02")", R"("known":"2024-02-30")", "known"},
      {"application/json", "text/xml", "datacontenttype", "application/json"},
  });
}

TEST_CASE("unknown fields are named with their path and the name that was probably meant") {
  check_refused({
      {R"("occurred")", R"("ocurred")", "ocurred", "did you mean occurred?"},
      {R"("modality")", R"("modalty")", "data.modalty", "did you mean modality?"},
      {R"("unit")", R"("units")", "data.quantities[0].units", "did you mean unit?"},
      {R"("publisher")", R"("zzzzzzzzzz")", "data.sources[0].zzzzzzzzzz", "take it out"},
      {R"("id")", R"("":1,"id")", "the event", "unknown"},
      {R"("unit")", R"("zzzzzz")", "data.quantities[0].zzzzzz",
       "known there: measure, value, upper, unit, bound, period, flow"},
  });
  const std::string name(100'000, 'x');
  const auto read =
      event_from_json(replaced(std::string(kExample), "{", "{\"" + name + "\":1,"), "");
  REQUIRE_FALSE(read);
  CHECK(read.error().where.size() < 100);
}

TEST_CASE("what is no extension attribute of a CloudEvent is refused") {
  check_refused({
      {"{", R"({"title":"Works",)", "title", "within data"},
      {"{", R"({"sources":[],)", "sources", "within data"},
      {"{", R"({"trace":{"id":1},)", "trace", "take it out"},
      {"{", R"({"list":[1],)", "list", "take it out"},
      {"{", R"({"partitionKey":"7",)", "partitionKey", "take it out"},
      {"{", R"({"data_base64":"Nw==",)", "data_base64", "take it out"},
      {"{", R"({"urgent":true,"urgent":false,)", "urgent", "twice"},
      {R"("modality")", R"("urgent":true,"modality")", "data.urgent", "take it out"},
  });
}

TEST_CASE("a time that is no instant of RFC 3339 is refused") {
  for (const auto* time :
       {"yesterday", "2018-04-05", "2018-04-05T17:31:00", "2018-04-05T17:31Z",
        "2018-02-30T17:31:00Z", "2018-04-05T24:00:00Z", "2018-04-05T17:60:00Z",
        "2018-04-05T17:31:61Z", "2018-04-05T17:31:00.Z", "2018-04-05T17:31:00,5Z",
        "2018-04-05T17:31:00+05", "2018-04-05T17:31:00+24:00", "2018-04-05T17:31:00ZZ",
        "2018-04-05 17:31:00Z", "-2018-04-05T17:31:00Z"}) {
    CAPTURE(time);
    CHECK(refused(
        event_from_json(
            replaced(std::string(kExample), "{", "{\"time\":\"" + std::string(time) + "\","), ""),
        "time"));
  }
}

TEST_CASE("values of a wrong kind are named with their path") {
  check_refused({
      {R"("value":"10")", R"("value":10)", "data.quantities[0].value", "text in quotes"},
      {R"("id":"s1-chirchik-start")", R"("id":7)", "id", "text in quotes"},
      {R"(["Khimgrad technopolis"])", R"("Khimgrad")", "data.parties", "list"},
      {R"(["Khimgrad technopolis"])", "[7]", "data.parties[0]", "text"},
      {R"(["Khimgrad technopolis"])", "[null]", "data.parties[0]", "text"},
      {R"({"en":"Construction begins","ru":"…","uz":"…"})", "[7]", "data.title", "object"},
      {R"("modality":"actual")", R"("modality":"Actual")", "data.modality", "actual, planned"},
      {R"("modality":"actual")", R"("modality":0)", "data.modality", "actual, planned"},
      {R"("more-than")", R"("moreThan")", "data.quantities[0].bound", "slightly-more-than"},
      {R"("more-than")", R"("")", "data.quantities[0].bound", "less-than"},
      {R"({"specversion")", R"({"position":"41","specversion")", "position", "number"},
      {R"({"specversion")", R"({"revision":true,"specversion")", "revision", "number"},
      {R"({"specversion")", R"({"data":7,"specversion")", "data", "object"},
  });
}

TEST_CASE("a field that stands twice is refused") {
  check_refused({
      {R"("id":)", R"("id":"other","id":)", "id", "twice"},
      {R"("en":)", R"("en":"other","en":)", "data.title.en", "twice"},
      {R"("unit":)", R"("unit":"x","\u0075nit":)", "data.quantities[0].unit", "twice"},
  });
}

TEST_CASE("escapes that stand for no character are refused, when read or when validated") {
  for (const std::string_view escape : {R"(\u0000)", R"(\u001b)", R"(\ud83c)", R"(\udfd7)",
                                        R"(\ud83c\u0041)", R"(\u12)", R"(\u12g4)", R"(\x41)"}) {
    CAPTURE(escape);
    const auto read =
        event_from_json(replaced(std::string(kExample), "Construction begins", escape), "");
    if (read)
      CHECK(refused(validate(read->event), "data.title.en"));
    else
      CHECK(refused(read, ""));
  }
}

TEST_CASE("text that is no JSON is refused in words that a user understands") {
  const std::string example(kExample);
  std::vector<std::string> texts = {"",
                                    " ",
                                    "\n",
                                    "{",
                                    "}",
                                    "[",
                                    "]",
                                    "\"",
                                    "\"abc",
                                    "{\"id\"",
                                    "{\"id\":",
                                    "{\"id\":}",
                                    "{id:1}",
                                    "{'id':1}",
                                    "{,}",
                                    "{\"id\":1,}",
                                    "[1,]",
                                    "tru",
                                    "t",
                                    "nul",
                                    "fals",
                                    "-",
                                    "1.",
                                    "1e",
                                    "0x1",
                                    "01",
                                    "+1",
                                    "NaN",
                                    "Infinity",
                                    "//",
                                    "/* */{}",
                                    "\xef\xbb\xbf{}",
                                    "\x01",
                                    "\xff\xfe",
                                    example + "x",
                                    example + example,
                                    example + "]",
                                    example + ",",
                                    example + "// end",
                                    std::string(100'000, '['),
                                    std::string(100'000, '{'),
                                    "{\"a\":" + std::string(5'000, '[')};
  texts.push_back(example + std::string("\0garbage", 8));
  for (std::size_t size = 0; size < example.size(); ++size)
    texts.push_back(example.substr(0, size));
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 80));
    const auto one = event_from_json(text, "s");
    REQUIRE_FALSE(one);
    CHECK(one.error().code == Errc::invalid);
    check_wording(one.error());
    const auto many = events_from_json_array(text, "s");
    REQUIRE_FALSE(many);
    check_wording(many.error());
  }
}

TEST_CASE("plain values are valid JSON but no events") {
  for (const std::string_view text : {"null", "true", "7", "\"text\"", "[]"})
    CHECK(refused(event_from_json(text, "s"), "the event"));
  CHECK(refused(event_from_json("{}", "s"), "specversion"));
}

TEST_CASE("large input is refused or read in linear time") {
  const std::string example(kExample);
  const auto numbers = [](std::size_t n) {
    std::string list = "[0";
    for (std::size_t i = 1; i < n; ++i) list += ",0";
    return list + "]";
  };
  const std::string parties = R"(["Khimgrad technopolis"])";
  CHECK(refused(event_from_json(replaced(example, parties, numbers(200'000)), ""),
                "data.parties[0]"));
  std::string nulls = example;
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "\"n\":null,";
  CHECK(event_from_json(nulls.insert(1, many), ""));
  const std::string digits(100'000, '9');  // more than any number can hold
  CHECK(refused(event_from_json(std::string(example).insert(1, "\"position\":" + digits + ","), ""),
                ""));
}

TEST_CASE("whatever is done to its bytes, an event is read or refused, and never half") {
  Random random(kRefusalSeed);
  CAPTURE(kRefusalSeed);
  const std::string base = event_to_json(full_event());
  static constexpr std::string_view kTokens[] = {
      "\"", "\\",    "\\u",  "\\ud83c", "null", "{",      "}",    "[",  "]",  ",",
      ":",  "1e999", "true", "\x1b",    "\xff", "\u202E", "\"\"", "-1", "{}", "[]"};
  int valid = 0;
  int shaped = 0;
  constexpr int kRounds = 20'000;
  for (int round = 0; round < kRounds; ++round) {
    std::string json = base;
    for (auto n = random() % 3 + 1; n > 0; --n) {
      const std::size_t at = random() % json.size();
      switch (random() % 5) {
        case 0:
          json[at] = static_cast<char>(random());
          break;
        case 1:
          json.erase(at, random() % 4 + 1);
          break;
        case 2:
          json.insert(at, kTokens[random() % std::size(kTokens)]);
          break;
        case 3:
          json.insert(at, json.substr(random() % json.size(), random() % 40));
          break;
        default:
          json[at] = static_cast<char>(json[at] ^ (1 << random() % 8));
          break;
      }
      if (json.empty()) json = "{";
    }
    const auto read = event_from_json(json, "");
    if (!read) {
      CHECK(read.error().code == Errc::invalid);
      CHECK(read.error().what.find(": expected ") == std::string::npos);
      continue;
    }
    ++shaped;
    const auto mark = validate(read->event);
    if (!mark) {
      CHECK_FALSE(mark.error().where.empty());
      continue;
    }
    ++valid;
    const auto payload = encode(read->event);
    REQUIRE(payload);
    CHECK(index_payload(*payload) == mark);
    CHECK(event_from_json(event_to_json(read->event), "")->event == read->event);
  }
  INFO(kRounds, " mutations: ", shaped, " of the right shape, ", valid, " valid");
  CHECK(valid > 1000);
  CHECK(shaped > valid);
  CHECK(shaped < kRounds);
}
