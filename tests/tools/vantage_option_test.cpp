// Where a question is asked from, as it is typed.

#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// The instants at which the log stamped its events.
std::vector<std::string> stamps(const Workshop& shop) {
  std::vector<std::string> all;
  const std::string exported = shop.exported();
  const std::string field = "\"time\":\"";
  for (auto at = exported.find(field); at != std::string::npos; at = exported.find(field, at + 1))
    all.push_back(exported.substr(at + field.size(), 27));
  return all;
}

/// Three events that were recorded one after another.
struct ThreeVisits : Workshop {
  ThreeVisits() {
    REQUIRE(solnoma({"init"}).exit == 0);
    for (const char* day : {"2024-05-01", "2024-05-02", "2024-05-03"})
      REQUIRE(solnoma({"append", "visited", "park/x", "--known", day}).exit == 0);
  }
  [[nodiscard]] bool stands_at(const std::string& at, const std::string& position) const {
    return solnoma({"head", "--at", at}).out.ends_with("@" + position + "\n");
  }
};

}  // namespace

TEST_CASE("an instant is taken to the microsecond, everywhere that takes one") {
  const ThreeVisits shop;
  const std::string second = stamps(shop).at(1);
  CHECK(shop.stands_at(second, "2"));
  CHECK(shop.stands_at(second.substr(0, 26), "2"));  // without a zone it is UTC
  CHECK(shop.stands_at("1999-12-31T23:59:59.999999Z", "0"));
  CHECK(shop.stands_at("2999-12-31", "3"));
  CHECK(
      contains(shop.solnoma({"status", "--format", "json", "--at", second}).out, "\"position\":2"));
  CHECK(contains(
      shop.solnoma({"diff", "--format", "json", "--from", "at=" + second, "--to", "at=2999-01-01"})
          .out,
      "\"position\":2"));
  REQUIRE(shop.solnoma({"backup", shop.path("backup")}).exit == 0);
  CHECK(contains(
      shop.solnoma({"--store", shop.path("again"), "restore", shop.path("backup"), "--at", second})
          .out,
      "now at position 2"));
}

TEST_CASE("an instant that is none is refused with the form that would do") {
  const ThreeVisits shop;
  for (const char* wrong :
       {"2026-11-26T11:09", "2026-11-26T25:00:00Z", "2026-11-26T11:09:38.1234567Z",
        "2026-11-26T11:09:38.Z", "2026-11-26T11:09:38+5", "2026-02-30T11:09:38Z"}) {
    CAPTURE(wrong);
    const Run run = shop.solnoma({"status", "--at", wrong});
    CHECK(run.exit == 2);
    CHECK(contains(run.err, "--at"));
  }
}

TEST_CASE("what may be a year or a position is refused, however long the log is") {
  const ThreeVisits shop;
  for (const std::string& option : {std::string("--at"), std::string("--from")}) {
    std::vector<std::string> command{"status", "--at", "2026"};
    if (option == "--from") command = {"diff", "--from", "at=2026", "--to", "at=3"};
    const Run run = shop.solnoma(command);
    CHECK(run.exit == 2);
    CHECK(contains(run.err, "2026 may be a year or a position"));
    CHECK(contains(run.err, "2026-12-31"));
    CHECK(contains(run.err, "@2026"));
  }
  CHECK(shop.stands_at("2", "2"));
  CHECK(shop.stands_at("@2", "2"));
  CHECK(shop.stands_at("2999-12", "3"));
  CHECK(contains(shop.solnoma({"head", "--at", "@2026"}).err, "lies beyond the newest"));
}

TEST_CASE("a brief status says in the same words since when") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  int parks = 0;
  for (const char* occurred :
       {"2024-03", "2024-03-05", "2023", "2024~", "2023-22", "[..2024-02]", "2023-05/2023-07"})
    REQUIRE(shop.solnoma({"append", "opened", "park/p" + std::to_string(++parks), "--known",
                          "2025-01-01", "--occurred", occurred})
                .exit == 0);
  REQUIRE(shop.solnoma({"append", "opened", "park/p8", "--known", "2024-05-01"}).exit == 0);
  REQUIRE(shop.solnoma({"append", "opened", "park/p9", "--known", "2024-05-01", "--plan"}).exit ==
          0);
  const std::string whole = shop.solnoma({"status"}).out;
  CHECK(contains(whole, "2024~"));
  const auto rows = [](const std::string& board) {
    std::string all;
    std::istringstream lines(board);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("park/")) all += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    return all;
  };
  CHECK(rows(shop.solnoma({"status", "--brief"}).out) == rows(whole));
}
