// What changed between two vantages, as it is asked for.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;
using solnoma::test::Workshop;

TEST_CASE("two dates are compared by what was known, or by what had happened and then it is said") {
  const Shipped shop;
  const Run known = shop.solnoma({"diff", "2025-10-01", "2025-11-30", "bukhara", "--known"});
  CHECK(known.err == "");
  CHECK(contains(known.out, "as of 2025-11-30, known by 2025-10-01"));
  CHECK(contains(known.out, "announced → operating"));
  CHECK(known.out == shop.solnoma({"diff", "bukhara", "--as-of", "2025-11-30", "--from",
                                   "known-by=2025-10-01", "--to", "known-by=2025-11-30"})
                         .out);
  const Run happened = shop.solnoma({"diff", "--from", "2021-12-31", "--to", "2022", "chirchik"});
  CHECK(contains(happened.out, "unrecorded → under-construction"));
  CHECK(happened.err ==
        "solnoma: compares what had happened by 2021-12-31 and by 2022-12-31, by what is known "
        "now; --known compares what was known\n");
  CHECK(shop.solnoma({"diff", "2024"}).exit == 2);
  CHECK(shop.solnoma({"diff", "chirchik", "2024"}).exit == 2);
}

TEST_CASE("the two vantages stand before the subjects or behind them") {
  const Shipped shop;
  const std::string before = shop.solnoma({"diff", "2021", "2023", "chirchik"}).out;
  CHECK(contains(before, "unrecorded → under-construction"));
  CHECK(shop.solnoma({"diff", "chirchik", "2021", "2023"}).out == before);
}

TEST_CASE("changed statuses and plans alone, of the subjects that are chosen") {
  const Shipped shop;
  // A relation has no status, and none of its plans was known before and changed.
  const std::string year = shop.solnoma({"diff", "2024", "2025", "--known", "--statuses"}).out;
  CHECK(contains(year, "park/navoi"));
  CHECK_FALSE(contains(year, "relation/"));
  const Run brief = shop.solnoma({"diff", "2025-10", "2025-11", "--known", "--statuses"});
  CHECK(contains(brief.out, "announced → operating"));
  CHECK(contains(brief.out, "plan: production-started: pending → met"));
  CHECK_FALSE(contains(brief.out, "s3-bukhara-visit"));
  CHECK(brief.out == shop.solnoma({"diff", "2025-10", "2025-11", "--known", "--brief"}).out);
  const std::string navoi =
      shop.solnoma({"diff", "2025-10", "2025-11", "--known", "--region", "Навоийская"}).out;
  CHECK(contains(navoi, "park/navoi"));
  CHECK_FALSE(contains(navoi, "park/bukhara"));
  const std::string visits =
      shop.solnoma({"diff", "2025-10", "2025-11", "--known", "--type", "visited"}).out;
  CHECK(contains(visits, "s3-bukhara-visit"));
  CHECK_FALSE(contains(visits, "s3-bukhara-residents"));
  CHECK(shop.solnoma({"diff", "2025-10", "2025-11", "--type", "visitd"}).exit == 1);
}

TEST_CASE("what differs comes as a table, a page and a sheet, in a file that is wanted") {
  const Shipped shop;
  const std::vector<std::string> question = {"diff",    "2025-10", "2025-11",
                                             "bukhara", "--known", "--format"};
  const auto as = [&](const std::string& format) {
    auto arguments = question;
    arguments.push_back(format);
    return shop.solnoma(arguments).out;
  };
  CHECK(contains(as("markdown"),
                 "| Bukhara Industry Development Complex, park/bukhara | announced | operating |"));
  CHECK(contains(as("html"), "<h2 id=\"statuses-title\">"));
  const std::string csv = as("csv");
  CHECK(csv.starts_with("subject,name,what,before,after,source,event\r\n"));
  CHECK(contains(csv, "became known on 2025-11-12,\"Sputnik Uzbekistan, 2025-11-12\""));
  CHECK(contains(csv, "s3-bukhara-visit"));
  auto arguments = question;
  arguments.insert(arguments.end(), {"csv", "-o", shop.path("changes.csv")});
  CHECK(shop.solnoma(arguments).out == "");
  CHECK(contains(shop.solnoma({"report", "--since", "known-by=2025-10-31", "--known-by",
                               "2025-11-30", "--format", "csv", "--for", "excel"})
                     .out,
                 "subject;name;what;before;after;source;event"));
}

TEST_CASE("many subjects differ as each of them alone does, between any vantages") {
  std::mt19937 random(20261127);
  const auto day = [&] {
    return fmt::format("20{:02}-{:02}-{:02}", 20 + random() % 6, 1 + random() % 12,
                       1 + random() % 28);
  };
  constexpr std::array kTypes{
      "announced", "construction-started", "opened", "cancelled", "suspended", "retired"};
  std::string lines;
  for (int subject = 0; subject < 80; ++subject)
    for (int i = 0; i < 6; ++i) {
      std::string occurred = day(), known = day();
      if (occurred > known) std::swap(occurred, known);
      if (i == 0) occurred.resize(4);  // some day of that year
      lines += fmt::format(
          R"({{"specversion":"1.0","source":"urn:t","id":"{0}-{1}","subject":"park/s{0:02}",)"
          R"("type":"solnoma.{2}","known":"{3}","occurred":"{4}","data":{{"modality":"{5}"}}}})"
          "\n",
          subject, i, kTypes[random() % kTypes.size()], known, occurred,
          random() % 3 == 0 ? "planned" : "actual");
    }
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  const Run import = shop.solnoma({"import", "-"}, lines);
  REQUIRE_MESSAGE(import.exit == 0, import.err);
  const auto rows = [&](const std::string& from, const std::string& to, int first, int last) {
    std::vector<std::string> words = {"diff", "--from", from, "--to", to, "--format", "csv"};
    for (int i = first; i < last; ++i) words.push_back(fmt::format("park/s{:02}", i));
    const std::string text = shop.solnoma(words).out;
    return text.substr(text.find('\n') + 1);
  };
  for (int i = 0; i < 40; ++i) {
    const auto vantage = [&] {
      std::string text = "as-of=" + day();
      if (random() % 2 == 0) text += ",known-by=" + day();
      if (random() % 3 == 0) text += fmt::format(",at=@{}", 1 + random() % 480);
      return text;
    };
    const std::string from = vantage(), to = vantage();
    CAPTURE(from);
    CAPTURE(to);
    // So few are compared one by one; of more, those that cannot differ are passed over.
    CHECK(rows(from, to, 0, 80) == rows(from, to, 0, 40) + rows(from, to, 40, 80));
  }
}

TEST_CASE("an answer without any difference says from when on there is knowledge") {
  const Shipped shop;
  CHECK(contains(shop.solnoma({"diff", "2020", "2021", "--known"}).out,
                 "no difference; what is known begins on 2024-02-02\n"));
  CHECK(contains(
      shop.solnoma({"diff", "2020", "2021", "--known", "--format", "markdown", "--lang", "ru"}).out,
      "что известно, начинается с 2024"));
  const Workshop empty;
  REQUIRE(empty.solnoma({"init"}).exit == 0);
  CHECK(contains(empty.solnoma({"diff", "2020", "2021", "--known"}).out, "no difference\n"));
}
