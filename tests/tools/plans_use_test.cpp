// What becomes of plans, asked of the program.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// A line of an exchange file; `data` holds what else there is.
std::string line(std::string_view id, std::string_view type, std::string_view occurred,
                 std::string_view known, bool planned, const std::string& data = "") {
  std::string text = R"({"specversion":"1.0","source":"urn:t","subject":"park/x","id":")";
  text.append(id).append(R"(","type":"solnoma.)").append(type).append(R"(","known":")");
  text.append(known).append(R"(",)");
  if (!occurred.empty()) text.append(R"("occurred":")").append(occurred).append(R"(",)");
  text.append(R"("data":{"modality":")").append(planned ? "planned" : "actual").append("\"");
  return text + (data.empty() ? "" : "," + data) + "}}\n";
}

/// What `status` says as of the end of 2024.
std::string status_of(const std::string& lines, const std::string& format = "json") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const Run import = workshop.solnoma({"import", "-"}, lines);
  REQUIRE_MESSAGE(import.exit == 0, import.err);
  return workshop.solnoma({"status", "park/x", "--as-of", "2024-12-31", "--format", format}).out;
}

}  // namespace

TEST_CASE("planned and actual day of one report of later years pair: met, with the days between") {
  const std::string told = line("p", "construction-started", "2012-04-15", "2014-02-01", true) +
                           line("a", "construction-started", "2012-04-28", "2014-02-01", false);
  CHECK(contains(status_of(told), R"("state":"met")"));
  CHECK(contains(status_of(told), R"("slippageDays":{"least":13,"most":13})"));
  CHECK(contains(status_of(told, "text"), "met, 13 days late"));
}

TEST_CASE("a plan of 2022, told in 2023, is met by the opening of 2023 that 2024 told of") {
  const std::string told = line("p", "opened", "2022", "2023-08-01", true) +
                           line("a", "opened", "2023-05-10", "2024-08-01", false);
  CHECK(contains(status_of(told), R"("state":"met")"));
}

TEST_CASE("a plan that was moved before it was due says how far, and is not overdue") {
  const std::string told = line("p", "opened", "2024-06-30", "2022-01-01", true) +
                           line("q", "opened", "2025-06-30", "2024-01-01", true);
  const std::string json = status_of(told);
  CHECK(contains(json, R"("state":"moved")"));
  CHECK(contains(json, R"("movedTo":"q")"));
  CHECK(contains(json, R"("movedByDays":{"least":365,"most":365})"));
  const std::string text = status_of(told, "text");
  CHECK(contains(text, "moved, 365 days later"));
  CHECK(contains(text, "pending (revised)"));
  CHECK_FALSE(contains(text, "overdue"));
}

TEST_CASE("plans of a cancelled park lapse") {
  const std::string told = line("p", "opened", "2024-06-30", "2022-01-01", true) +
                           line("c", "cancelled", "2023-06-30", "2023-07-01", false);
  CHECK(contains(status_of(told), R"("state":"lapsed")"));
}

TEST_CASE("forecasts of three parts are three plans, and each says which part it is about") {
  std::string told;
  for (const std::string part : {"share-50", "share-75", "share-100"})
    told +=
        line(part, "building-completed", "2025", "2023-01-10", true, R"("part":")" + part + "\"");
  const std::string json = status_of(told);
  for (const std::string part : {"share-50", "share-75", "share-100"}) {
    CHECK(contains(json, R"("part":")" + part + "\""));
    CHECK(contains(json, R"("baseline":")" + part + "\""));
  }
  CHECK(contains(status_of(told, "text"), "share-75 (2025): pending;"));
}

TEST_CASE("a meeting that says which plan it fulfils leaves the others alone") {
  const std::string told =
      line("may", "meeting-held", "2024-05", "2024-01-10", true) +
      line("visit", "visited", "2024-12", "2024-01-10", true) +
      line("held", "meeting-held", "2024-05-20", "2024-05-21", false, R"("fulfils":["visit"])");
  const std::string json = status_of(told);
  CHECK(contains(json, R"("event":"may","target":"2024-05","state":"overdue")"));
  CHECK(contains(json, R"("event":"visit","target":"2024-12","state":"met")"));
}

TEST_CASE("the difference of two days names a plan that lapsed between them") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  REQUIRE(
      workshop
          .solnoma({"import", "-"}, line("p", "opened", "2030", "2022-01-01", true) +
                                        line("c", "cancelled", "2023-06-30", "2023-07-01", false))
          .exit == 0);
  const Run run = workshop.solnoma({"diff", "--from", "2023-01-01", "--to", "2024-01-01"});
  CHECK(contains(run.out, "pending → lapsed"));
}
