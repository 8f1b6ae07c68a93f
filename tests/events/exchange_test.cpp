#include "events/exchange.hpp"

#include <doctest/doctest.h>

#include <string>

#include "events/validate.hpp"
#include "tests/events/samples.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

constexpr std::uint64_t kExchangeSeed = 20251112;

Event read(std::string_view json) {
  const auto read = event_from_json(json, "");
  REQUIRE_MESSAGE(read, read.error().where, ": ", read.error().what);
  return read->event;
}

}  // namespace

TEST_CASE("the example of the design reads as it says") {
  Event e = event("s1-chirchik-start", "construction-started", "2022-03", "2024-02-02");
  e.source = "urn:solnoma:history";
  e.title = {"Construction begins", "…", "…"};
  e.quantities = {{"residents", "10", "companies", Bound::more_than, ""}};
  e.parties = {"Khimgrad technopolis"};
  e.sources = {{"RIA Novosti", "2024-02-02", "", ""}};
  CHECK(read(kExample) == e);
  CHECK(validate(e));
}

TEST_CASE("an event is written on one line, in one order, without what is empty") {
  CHECK(event_to_json(read(kExample)) ==
        R"({"specversion":"1.0","id":"s1-chirchik-start","source":"urn:solnoma:history",)"
        R"("type":"solnoma.construction-started","subject":"park/chirchik",)"
        R"("datacontenttype":"application/json","occurred":"2022-03","known":"2024-02-02",)"
        R"("data":{"modality":"actual","title":{"en":"Construction begins","ru":"…","uz":"…"},)"
        R"("quantities":[{"measure":"residents","value":"10","unit":"companies",)"
        R"("bound":"more-than"}],"parties":["Khimgrad technopolis"],)"
        R"("sources":[{"publisher":"RIA Novosti","published":"2024-02-02"}]}})");
}

TEST_CASE("what the log adds is written and read back") {
  const StoredEvent stored{read(kExample), Position{41}, Revision{7},
                           Instant{std::chrono::microseconds{1'700'000'000'000'001}}};
  const std::string json = event_to_json(stored);
  CHECK(json.find(R"("time":"2023-11-14T22:13:20.000001Z")") != std::string::npos);
  CHECK(json.find(R"("position":41,"revision":7)") != std::string::npos);
  const auto exchanged = event_from_json(json, "");
  REQUIRE(exchanged);
  CHECK(exchanged->event == stored.event);
  CHECK(exchanged->position == Position{41});
  CHECK(exchanged->revision == Revision{7});
  CHECK_FALSE(event_from_json(kExample, "")->position);
  CHECK_FALSE(event_from_json(kExample, "")->revision);
}

TEST_CASE("a position or revision that no log gives is taken as none") {
  const auto with = [](std::string_view position) {
    return event_from_json(
        replaced(std::string(kExample), "{", R"({"position":)" + std::string(position) + ","), "");
  };
  for (const auto* none : {"0", "-1", "1.5", "1e300", "9007199254740994"}) {
    CAPTURE(none);
    REQUIRE(with(none));
    CHECK_FALSE(with(none)->position);
  }
  CHECK(with("9007199254740992")->position == Position{9007199254740992});
  CHECK(with("4.1e1")->position == Position{41});
}

TEST_CASE("any valid event comes back from JSON as it was, and its JSON is canonical") {
  Random random(kExchangeSeed);
  CAPTURE(kExchangeSeed);
  for (int i = 0; i < 600; ++i) {
    const Event e = i == 0 ? full_event() : random_event(random);
    CAPTURE(i);
    REQUIRE(validate(e));
    const std::string json = event_to_json(e);
    CHECK(json.find('\n') == std::string::npos);
    const Event back = read(json);
    CHECK(back == e);
    CHECK(event_to_json(back) == json);

    const StoredEvent stored{e, Position{random() % 1'000'000 + 1},
                             Revision{static_cast<std::uint32_t>(random() % 1000 + 1)}, Instant{}};
    const auto exchanged = event_from_json(event_to_json(stored), "");
    REQUIRE(exchanged);
    CHECK(exchanged->event == e);
    CHECK(exchanged->position == stored.position);
    CHECK(exchanged->revision == stored.revision);
  }
}

TEST_CASE("escapes of every kind are read as the characters they stand for") {
  const auto title = [](std::string_view json) {
    return read(replaced(std::string(kExample), "Construction begins", json)).title.en;
  };
  CHECK(title(R"(\u0427\u0438\u0440)") == "Чир");
  CHECK(title(R"(\u00e9\u00E9\uABcd)") == "éé\uABCD");
  CHECK(title(R"(\ud83c\udfd7\uD83C\uDFD7)") == "🏗🏗");
  CHECK(title(R"(\u0022\u005c\u002F)") == "\"\\/");
  CHECK(title(R"(\"\\\/)") == "\"\\/");
  CHECK(title(R"(\\u0041)") == "\\u0041");
  CHECK(title(R"(\u005cu0041)") == "\\u0041");
  CHECK(title(R"(\n\t)") == "\n\t");  // of the right shape; validate() refuses it
  CHECK(title(R"(a\u0000b)") == std::string("a\0b", 3));  // this too
}

TEST_CASE("a value that follows a null of the same name is read") {
  const std::string json =
      replaced(std::string(kExample), R"("occurred":)", R"("occurred":null,"occurred":)");
  CHECK(read(json) == read(kExample));
}

TEST_CASE("order, white space and absent data do not matter") {
  const Event e = read(
      "\t{ \"data\" : { } ,\r\n \"known\":\"2024-02-02\", \"type\":\"solnoma.opened\",\n"
      "\"subject\":\"park/x\",\"source\":\"s\",\"id\":\"1\",\"specversion\":\"1.0\"}\n ");
  CHECK(e.modality == Modality::actual);
  CHECK(e.occurred.empty());
  CHECK(e == read(R"({"specversion":"1.0","id":"1","source":"s","type":"solnoma.opened",)"
                  R"("subject":"park/x","known":"2024-02-02"})"));
}

TEST_CASE("a null attribute is an absent one, and an empty one too where it may be absent") {
  std::string json = replaced(std::string(kExample), R"("occurred":"2022-03")",
                              R"("occurred":null,"supersedes":null,"time":null,"position":null)");
  json = replaced(json, R"("url":"","note":"")", R"("url":null)");
  json = replaced(json, R"(["Khimgrad technopolis"])", "null");
  Event e = read(kExample);
  e.occurred.clear();
  e.parties.clear();
  CHECK(read(json) == e);
  CHECK(read(replaced(json, R"("occurred":null)", R"("occurred":"")")) == e);
  CHECK(read(R"({"specversion":"1.0","id":"1","source":"s","type":"solnoma.opened",)"
             R"("subject":"park/x","known":"2024-02-02","data":null})")
            .title.empty());
}

TEST_CASE("an event without a source takes the default one") {
  const std::string json =
      replaced(std::string(kExample), R"("source":"urn:solnoma:history",)", "");
  CHECK(event_from_json(json, "urn:default")->event.source == "urn:default");
  CHECK(event_from_json(kExample, "urn:default")->event.source == "urn:solnoma:history");
  CHECK(refused(event_from_json(json, ""), "source"));
}

TEST_CASE("every bound is read by its name") {
  const auto bound = [](std::string_view name) {
    return read(replaced(std::string(kExample), "more-than", name)).quantities[0].bound;
  };
  CHECK(bound("exact") == Bound::exact);
  CHECK(bound("more-than") == Bound::more_than);
  CHECK(bound("slightly-more-than") == Bound::slightly_more_than);
  CHECK(bound("less-than") == Bound::less_than);
  CHECK(bound("about") == Bound::about);
  CHECK(read(replaced(std::string(kExample), R"(,"bound":"more-than")", "")).quantities[0].bound ==
        Bound::exact);
}

TEST_CASE("a text has its languages as fields, named by their tags, in one order") {
  const Event e =
      read(replaced(std::string(kExample), R"({"en":"Construction begins","ru":"…","uz":"…"})",
                    R"({"zh-Hans":"开工","en":"Works","fa":"آغاز","uz":"Ish","kk":""})"));
  CHECK(e.title == LocalText{"Works", "", "Ish", {{"fa", "آغاز"}, {"zh-Hans", "开工"}}});
  CHECK(validate(e));
  CHECK(
      event_to_json(e).find(R"("title":{"en":"Works","uz":"Ish","fa":"آغاز","zh-Hans":"开工"})") !=
      std::string::npos);
}

TEST_CASE("what became known in a month or a year counts from its last day, and stays so written") {
  const auto known = [](std::string_view text) {
    const Event e = read(replaced(std::string(kExample), R"("known":"2024-02-02")",
                                  "\"known\":\"" + std::string(text) + "\""));
    CHECK(validate(e));
    CHECK(event_to_json(e).find("\"known\":\"" + std::string(text) + "\"") != std::string::npos);
    return to_string(e.known);
  };
  CHECK(known("2024-02") == "2024-02-29");
  CHECK(known("2024") == "2024-12-31");
  CHECK(known("2024-02-02") == "2024-02-02");
}

TEST_CASE("flow is true, false or not said") {
  const auto accrual = [](std::string_view flow) {
    return read(replaced(std::string(kExample), R"("unit":"companies")",
                         R"("unit":"companies","flow":)" + std::string(flow)))
        .quantities[0]
        .accrual;
  };
  CHECK(accrual("true") == Accrual::flow);
  CHECK(accrual("false") == Accrual::level);
  CHECK(accrual("null") == Accrual::by_measure);
}

TEST_CASE("a geometry stands as the object that it is") {
  Event e = full_event();
  const std::string json = event_to_json(e);
  CHECK(
      json.find(R"("geometry":{"type":"LineString","coordinates":[[69.58,41.47],[69.6,41.5]]})") !=
      std::string::npos);
  CHECK(read(json) == e);
}

TEST_CASE("what a damaged log holds for a geometry is written as a text, and refused when read") {
  for (const std::string& damaged : {std::string("{\"a\":1"), std::string("{\0}", 3),
                                     std::string("7"), std::string("{\"\xff\":1}")}) {
    Event e = full_event();
    e.description->geometry = damaged;
    CHECK(refused(event_from_json(event_to_json(e), ""), "data.description.geometry"));
  }
}

TEST_CASE("attributes that others added to a CloudEvent are told of, and not kept") {
  const auto exchanged = event_from_json(
      replaced(std::string(kExample), "{",
               R"({"dataschema":"https://example.org/s","traceparent":"00-1","sampledrate":7,)"
               R"("urgent":true,"nothing":null,)"),
      "");
  REQUIRE(exchanged);
  CHECK(exchanged->unknown ==
        std::vector<std::string>{"dataschema", "traceparent", "sampledrate", "urgent"});
  CHECK(exchanged->event == read(kExample));
  CHECK(event_from_json(kExample, "")->unknown.empty());
}

TEST_CASE("a media type may have parameters, and letters of either case") {
  for (const auto* type : {"application/json; charset=utf-8", "application/json;charset=UTF-8",
                           "Application/JSON", "application/json ; a=b", ""}) {
    CAPTURE(type);
    CHECK(read(replaced(std::string(kExample), "application/json", type)) == read(kExample));
  }
}

TEST_CASE("the time of a CloudEvent is any instant of RFC 3339, and none is kept") {
  for (const auto* time :
       {"2018-04-05T17:31:00Z", "2018-04-05t17:31:00z", "2018-04-05T17:31:00.123456789Z",
        "2016-12-31T23:59:60Z", "2018-04-05T17:31:00+05:30", "2018-04-05T17:31:00-00:00", ""}) {
    CAPTURE(time);
    CHECK(read(replaced(std::string(kExample), "{", "{\"time\":\"" + std::string(time) + "\",")) ==
          read(kExample));
  }
}

TEST_CASE("a reader reads one event after the other, and goes on after one that is refused") {
  ExchangeReader reader("urn:default");
  const std::string example(kExample);
  const std::string without = replaced(example, R"("source":"urn:solnoma:history",)", "");
  const std::string large =
      replaced(example, R"(["Khimgrad technopolis"])", "[\"" + std::string(100'000, 'x') + "\"]");
  for (int round = 0; round < 3; ++round) {
    CHECK(reader.read(kExample)->event == read(kExample));
    CHECK(reader.read(large)->event == read(large));
    CHECK(refused(reader.read("{"), ""));
    CHECK(refused(reader.read(replaced(example, "more-than", "over")), "data.quantities[0].bound"));
    CHECK(reader.read(without)->event.source == "urn:default");
    CHECK(reader.read_array("[" + example + "]")->size() == 1);
    CHECK(refused(reader.read_array(example), ""));
  }
}

TEST_CASE("an event on many lines is read as on one") {
  std::string pretty = replaced(std::string(kExample), "{", "{\n  ");
  pretty = replaced(pretty, R"("known":)", "\r\n\t\"known\" :\n ");
  CHECK(read(pretty) == read(kExample));
}

TEST_CASE("events written one after the other stand as each alone") {
  const StoredEvent first{full_event(), Position{1}, Revision{1}, Instant{}};
  const StoredEvent second{read(kExample), Position{2}, Revision{1}, Instant{}};
  std::string lines = "[";
  event_to_json(first, lines);
  event_to_json(second, lines);
  CHECK(lines == "[" + event_to_json(first) + event_to_json(second));
}

TEST_CASE("texts of every length are written with what JSON escapes wherever it stands") {
  for (std::size_t size = 0; size < 20; ++size)
    for (std::size_t at = 0; at <= size; ++at)
      for (const std::string_view part :
           {"\"", "\\", "\n", "\x1f", "é", "\x7f", "\x80", "!", "[", "]"}) {
        Event e = read(kExample);
        e.title.en = std::string(at, 'x') + std::string(part) + std::string(size - at, 'y');
        CAPTURE(e.title.en);
        CHECK(read(event_to_json(e)).title.en == e.title.en);
      }
}

TEST_CASE("an array of events reads one by one and names the wrong one") {
  const std::string example(kExample);
  CHECK(events_from_json_array("[]", "")->empty());
  const auto two = events_from_json_array("[" + example + " ,\n" + example + "]", "");
  REQUIRE(two);
  REQUIRE(two->size() == 2);
  CHECK((*two)[1].event == read(kExample));
  const std::string wrong = replaced(example, R"("value":"10")", R"("value":10)");
  CHECK(refused(events_from_json_array("[" + example + "," + wrong + "]", ""),
                "event 2, data.quantities[0].value"));
  CHECK(refused(events_from_json_array("[" + example + ",7]", ""), "event 2, the event"));
  CHECK(refused(events_from_json_array(example, ""), ""));
  CHECK(refused(event_from_json("[" + example + "]", ""), "the event"));
}
