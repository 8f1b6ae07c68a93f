// What changes is told once, in whatever pieces it is asked for, and is what comparing each vantage
// with the one before finds.

#include "tools/serve/change_feed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/tools/changing_chronicle.hpp"
#include "tools/report/json/answers.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

struct Neighbour {
  Vantage to;
  std::string cursor;
  std::string line;  // empty: nothing differs from the vantage before
};

/// Every vantage that the log and the days have come by, each compared with the one before.
std::vector<Neighbour> compared(Chronicle& chronicle) {
  const Log& log = chronicle.log();
  std::vector<Neighbour> all;
  Vantage now{chronicle.today(), kOpenFuture, Position{0}};
  REQUIRE(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& each) {
    now.as_of = day_of(each.recorded);
    return false;
  }));
  const auto go_to = [&](const Vantage& to, const std::string& cause) {
    std::vector<NamedSubject> subjects = choose(log, {}, to).value();
    const Differences differences(log, subjects, now, to, {}, DiffScope::statuses);
    std::string text;
    REQUIRE(json_diff(differences, [&](std::string_view part) { text += part; }));
    text.pop_back();
    const std::string cursor = fmt::format("{}/{}", to.at.value, to_string(to.as_of));
    now = to;
    const bool differs = !contains(text, R"("subjects":[])");
    all.push_back(
        {to, cursor,
         differs ? fmt::format(R"({{"cursor":"{}","cause":{},"diff":{}}})", cursor, cause, text)
                 : ""});
  };
  const auto days_up_to = [&](Day day) {
    while (now.as_of < day) {
      const Day next{now.as_of.number + 1};
      go_to({next, kOpenFuture, now.at}, fmt::format(R"({{"day":"{}"}})", to_string(next)));
    }
  };
  REQUIRE(log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& each) {
    days_up_to(day_of(each.recorded));
    go_to({now.as_of, kOpenFuture, each.position},
          fmt::format(R"({{"event":"{}","source":"{}","position":{}}})", each.id, each.source,
                      each.position.value));
    return true;
  }));
  days_up_to(chronicle.today());
  return all;
}

TextLines lines_from(const std::vector<Neighbour>& all, std::size_t begin) {
  TextLines lines;
  for (std::size_t i = begin; i < all.size(); ++i)
    if (!all[i].line.empty()) lines.push_back(all[i].line);
  return lines;
}

/// The messages of a stream until it has nothing to say for now: "id", "event" and "data" of each.
struct Message {
  std::string id, event, data;
};
std::vector<Message> heard(const Pieces& pieces) {
  std::vector<Message> all;
  for (;;) {
    const auto piece = pieces();
    REQUIRE(piece);
    if (piece->empty()) return all;
    Message message;
    for (const std::string& line : split_lines(*piece)) {
      if (line.starts_with("id: ")) message.id = line.substr(4);
      if (line.starts_with("event: ")) message.event = line.substr(7);
      if (line.starts_with("data: ")) message.data = line.substr(6);
      if (line.empty()) all.push_back(std::exchange(message, {}));
    }
  }
}

std::string subjects_of(const std::string& line) {
  rapidjson::Document json;
  json.Parse(line.c_str());
  std::string names;
  const auto& diff = json.HasMember("diff") ? json["diff"] : json;
  for (const auto& each : diff["subjects"].GetArray())
    names += std::string(each["subject"].GetString()) + " ";
  return names;
}

}  // namespace

TEST_CASE("pages from any vantage on tell what comparing neighbouring vantages finds, once each") {
  for (std::uint64_t n = 0; n < 12; ++n) {
    const std::uint64_t seed = base_seed() + n;
    CAPTURE(seed);
    Random random(seed);
    Chronicle chronicle;
    // One who asks now and then, and one who comes at the end.
    std::string cursor = "0";
    TextLines now_and_then;
    int recorded = 0;
    for (int step = 0; step < 24; ++step) {
      if (random.one_in(3)) chronicle.sleep(random.between(1, 9));
      recorded +=
          static_cast<int>(chronicle.record(drawn(random, chronicle.today().number, recorded + 1)));
      if (recorded > 0 && random.one_in(3))
        for (std::string& line : chronicle.all_after(cursor, {{"limit", "2"}}))
          now_and_then.push_back(std::move(line));
    }
    chronicle.sleep(15);
    for (std::string& line : chronicle.all_after(cursor)) now_and_then.push_back(std::move(line));
    REQUIRE(recorded > 8);

    const std::vector<Neighbour> all = compared(chronicle);
    const TextLines whole = lines_from(all, 0);
    CHECK(whole.size() > 5);
    CHECK(now_and_then == whole);
    for (std::size_t i = 0; i < all.size(); ++i) {
      CAPTURE(all[i].cursor);
      std::string from = all[i].cursor;
      CHECK(chronicle.all_after(from, {{"limit", "3"}}) == lines_from(all, i + 1));
      CHECK(from.ends_with("@" + all.back().cursor));
    }
    // A position alone is that position as of the day on which it was recorded.
    std::string first = "1";
    std::size_t behind = 0;
    while (all[behind].to.at.value < 1) ++behind;
    CHECK(chronicle.all_after(first) == lines_from(all, behind + 1));
  }
}

TEST_CASE("a stream tells the same, over midnight too, and goes on at each of its ids") {
  for (std::uint64_t n = 0; n < 6; ++n) {
    const std::uint64_t seed = base_seed() + 100 + n;
    CAPTURE(seed);
    Random random(seed);
    Chronicle chronicle;
    while (!chronicle.record(drawn(random, chronicle.today().number, 1))) continue;
    const HttpAnswer open = chronicle.stream("0");
    REQUIRE(open.pieces);
    std::vector<Message> said = heard(open.pieces);
    CHECK(said.back().event == "caught-up");
    int recorded = 1;
    for (int step = 0; step < 40; ++step) {
      if (random.one_in(2))
        chronicle.sleep(1);
      else
        recorded += static_cast<int>(
            chronicle.record(drawn(random, chronicle.today().number, recorded + 1)));
      for (Message& message : heard(open.pieces)) said.push_back(std::move(message));
    }
    const std::vector<Neighbour> all = compared(chronicle);
    TextLines told;
    std::set<std::string> ids;
    for (const Message& message : said) {
      if (!message.id.empty()) CHECK(ids.insert(message.id).second);
      if (message.event == "change") told.push_back(message.data);
    }
    CHECK(told == lines_from(all, 0));
    for (const std::string& id : ids) {
      CAPTURE(id);
      TextLines rest;
      for (const Message& message : heard(chronicle.stream(id).pieces))
        if (message.event == "change") rest.push_back(message.data);
      const auto at = std::ranges::find(all, id, &Neighbour::cursor);
      const std::size_t behind =
          at == all.end() ? 0 : static_cast<std::size_t>(at - all.begin()) + 1;
      CHECK(rest == lines_from(all, behind));
    }
  }
}

TEST_CASE(
    "one difference in place of all is that of the two vantages, and the next goes on there") {
  Random random(base_seed());
  Chronicle chronicle;
  record_some(chronicle, random, 30);
  const std::vector<Neighbour> all = compared(chronicle);
  const Vantage now = all.back().to;
  std::size_t told = 0;
  for (const Neighbour& from : all) {
    const HttpAnswer answer = chronicle.ask({{"after", from.cursor}, {"summed", ""}});
    REQUIRE(answer.status == 200);
    const Log& log = chronicle.log();
    const Differences differences(log, choose(log, {}, now).value(), from.to, now, {},
                                  DiffScope::statuses);
    std::string text;
    REQUIRE(json_diff(differences, [&](std::string_view part) { text += part; }));
    CHECK(*answer.body == text);
    told += static_cast<std::size_t>(!subjects_of(text).empty());
    CHECK(answer.headers.front().second.ends_with("@" + all.back().cursor));
  }
  CHECK(told > all.size() / 2);
}

TEST_CASE("who asks for one subject hears of that one alone, and of all that concerns it") {
  std::size_t told = 0;
  for (std::uint64_t n = 0; n < 6; ++n) {
    const std::uint64_t seed = base_seed() + 200 + n;
    CAPTURE(seed);
    Random random(seed);
    Chronicle chronicle;
    record_some(chronicle, random, 40);
    TextLines of_one, wanted;
    std::string cursor = "0";
    for (const std::string& line : chronicle.all_after(cursor, {{"subject", "park/p1"}})) {
      CHECK(subjects_of(line) == "park/p1 ");
      of_one.push_back(line.substr(0, line.find("\"diff\"")));
    }
    for (const Neighbour& each : compared(chronicle))
      if (!each.line.empty() && contains(subjects_of(each.line), "park/p1"))
        wanted.push_back(each.line.substr(0, each.line.find("\"diff\"")));
    CHECK(of_one == wanted);
    told += wanted.size();
  }
  CHECK(told > 12);
}

TEST_CASE("who may see some subjects is told what comparing vantages finds of these, once each") {
  // Where events lie that are not seen, positions are others than those of neighbours that are.
  const auto essence = [](const std::string& line) {
    const std::size_t cause = line.find("\"cause\"");
    return line.substr(cause, line.find("\"diff\"") - cause) +
           line.substr(line.find("\"subjects\""));
  };
  std::size_t told = 0;
  for (std::uint64_t n = 0; n < 6; ++n) {
    const std::uint64_t seed = base_seed() + 300 + n;
    CAPTURE(seed);
    Random random(seed);
    Chronicle chronicle;
    chronicle.show_only([](std::string_view subject) { return subject != "park/p2"; });
    TextLines now_and_then, wanted;
    std::string cursor = "0";
    int recorded = 0;
    for (int step = 0; step < 10; ++step) {
      recorded = record_some(chronicle, random, 4, recorded);
      for (const std::string& line : chronicle.all_after(cursor, {{"limit", "2"}}))
        now_and_then.push_back(essence(line));
    }
    for (const Neighbour& each : compared(chronicle))
      if (!each.line.empty()) wanted.push_back(essence(each.line));
    CHECK(now_and_then == wanted);
    for (const std::string& line : wanted) CHECK_FALSE(contains(line, "park/p2"));
    told += wanted.size();
  }
  CHECK(told > 30);
}

TEST_CASE("what a cursor cannot be is refused with what it is") {
  Chronicle chronicle;
  REQUIRE(chronicle.record(event("e1", "opened", "2025-12-01", "2025-12-02")));
  Chronicle other;
  REQUIRE(other.record(event("e9", "opened", "2025-12-01", "2025-12-02")));
  std::string of_other = "0";
  (void)other.all_after(of_other);
  const auto status = [&](const std::string& after) {
    return chronicle.ask({{"after", after}}).status;
  };
  CHECK(status("1/2026-01-01") == 200);
  CHECK(status("1/2026-01-02") == 400);  // tomorrow
  CHECK(status("yesterday") == 400);
  CHECK(status("1/2026-02-30") == 400);
  CHECK(status("x@1/2026-01-01") == 400);
  CHECK(status("2") == 503);
  CHECK(status(of_other) == 409);
  CHECK(chronicle.ask({{"publisher", "ria"}}).status == 400);
  CHECK(chronicle.ask({{"limit", "0"}}).status == 400);
  CHECK(chronicle.ask({{"subject", "park/nowhere"}}).status == 404);
}
