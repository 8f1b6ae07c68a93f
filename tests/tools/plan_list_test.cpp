// What is planned, and what is due.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// Two parks and a relation, with plans of every kind as of 1 July 2026.
struct Planned : Workshop {
  Planned() {
    REQUIRE(solnoma({"init"}).exit == 0);
    plan("opened", "park/late", "2026-03", "To open late");
    plan("opened", "park/soon", "2026-Q4", "To open soon");
    plan("production-started", "park/soon", "", "To produce one day");
    plan("visited", "relation/a-b", "2026-10-05", "A mission to come");
    plan("announced", "park/late", "2026-05", "Was announced");
    REQUIRE(solnoma({"append", "announced", "park/late", "--occurred", "2026-05-02", "--known",
                     "2026-05-03"})
                .exit == 0);
  }
  void plan(const std::string& type, const std::string& subject, const std::string& target,
            const std::string& title) const {
    std::vector<std::string> arguments{"append",  type,         subject,   "--plan",
                                       "--known", "2026-01-10", "--title", title};
    if (!target.empty()) arguments.insert(arguments.end(), {"--occurred", target});
    REQUIRE(solnoma(arguments).exit == 0);
  }
  [[nodiscard]] std::string as_of_july(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--as-of", "2026-07-01"});
    const Run run = solnoma(arguments);
    CAPTURE(run.err);
    CHECK(run.exit == 0);
    return run.out;
  }
};

}  // namespace

TEST_CASE("plans that are overdue on a day, of every kind of subject") {
  const Planned shop;
  const std::string overdue = shop.as_of_july({"plans", "--state", "overdue"});
  CHECK(contains(overdue, "To open late"));
  CHECK_FALSE(contains(overdue, "soon"));
  CHECK_FALSE(contains(overdue, "mission"));
  const std::string later =
      shop.solnoma({"plans", "--state", "overdue", "--as-of", "2026-12-31"}).out;
  CHECK(contains(later, "A mission to come"));
  CHECK(contains(later, "To open soon") == false);  // its quarter ends that day
  const std::string met = shop.as_of_july({"plans", "--state", "met", "--format", "csv"});
  CHECK(contains(met,
                 "park/late,,announced,,2026-05,2026-05-01,2026-05-31,met,2026-01-10,Was "
                 "announced"));
  CHECK(contains(shop.as_of_july({"plans", "--state", "all"}), "Was announced"));
  CHECK(shop.solnoma({"plans", "--state", "late"}).exit == 2);
}

TEST_CASE("plans stand in the order of their last days, those without one at the end") {
  const Planned shop;
  const std::string text = shop.as_of_july({"plans"});
  CHECK(text.find("open late") < text.find("mission"));
  CHECK(text.find("mission") < text.find("open soon"));
  CHECK(text.find("open soon") < text.find("one day"));
  CHECK_FALSE(contains(text, "Was announced"));  // which is met
  const std::string json = shop.as_of_july({"plans", "--format", "json"});
  CHECK(
      contains(json, R"({"vantage":{"asOf":"2026-07-01","knownBy":null,"position":6},"plans":[)"));
  CHECK(contains(json, R"({"subject":"park/late","name":null,"type":"opened",)"));
  CHECK(contains(json, R"("state":"overdue")"));
}

TEST_CASE("an agenda has what is due in a period, and what has no date apart") {
  const Planned shop;
  const std::string quarter =
      shop.solnoma({"--today", "2026-07-01", "agenda", "this", "quarter"}).out;
  CHECK(contains(quarter, "without a date"));
  CHECK_FALSE(contains(quarter, "To open soon"));
  CHECK_FALSE(contains(quarter, "To open late"));
  const std::string autumn = shop.as_of_july({"agenda", "2026-Q4"});
  CHECK(contains(autumn, "To open soon"));
  CHECK(contains(autumn, "A mission to come"));
  CHECK_FALSE(contains(autumn, "To open late"));
  CHECK(autumn.find("To open soon") < autumn.find("without a date"));
  CHECK(autumn.find("without a date") < autumn.find("one day"));
  CHECK(contains(shop.as_of_july({"agenda"}), "overdue"));
  CHECK_FALSE(contains(shop.as_of_july({"agenda", "--kind", "park"}), "mission"));
  CHECK(contains(shop.as_of_july({"agenda", "2026-Q4", "--lang", "ru"}), "без срока\n"));
  CHECK(shop.solnoma({"agenda", "2026", "--from", "2026"}).exit == 2);
}

TEST_CASE("where no plan matches, that is said in every language") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  CHECK(contains(shop.solnoma({"plans"}).out, "no matching plans\n"));
  CHECK(contains(shop.solnoma({"agenda", "--lang", "uz"}).out, "mos reja yoʻq\n"));
}
