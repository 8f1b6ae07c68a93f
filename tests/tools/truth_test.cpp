// What the shipped history must answer, asked of the program itself.

#include <doctest/doctest.h>

#include "tests/support/program.hpp"

using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

struct Answer {
  std::string subject, as_of, known_by, expected;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The part of the JSON of `status` that tells the status.
std::string expected_status(const std::string& status, bool certain, const std::string& possible) {
  return "\"status\":\"" + status + "\",\"certain\":" + (certain ? "true" : "false") +
         ",\"possible\":[" + possible + "]";
}

std::string ask(const Workshop& workshop, const Answer& question) {
  std::vector<std::string> arguments{"status",       question.subject, "--as-of",
                                     question.as_of, "--format",       "json"};
  if (!question.known_by.empty()) {
    arguments.push_back("--known-by");
    arguments.push_back(question.known_by);
  }
  const Run run = workshop.solnoma(arguments);
  CHECK(run.exit == 0);
  CHECK(run.err == "");
  return run.out;
}

}  // namespace

TEST_CASE("the shipped history answers what its sources say") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const Answer answers[] = {
      {"park/chirchik", "2022-02-28", "", expected_status("unrecorded", true, "\"unrecorded\"")},
      {"park/chirchik", "2022-03-15", "",
       expected_status("unrecorded", false, "\"unrecorded\",\"under-construction\"")},
      {"park/chirchik", "2022-03-31", "",
       expected_status("under-construction", true, "\"under-construction\"")},
      {"park/chirchik", "2022", "",
       expected_status("under-construction", true, "\"under-construction\"")},
      {"park/jizzakh", "2023-04-30", "", expected_status("operating", true, "\"operating\"")},
      {"park/bukhara", "2025-10-01", "2025-10-01",
       expected_status("announced", true, "\"announced\"")},
      {"park/bukhara", "2025-10-01", "2025-10-01", "\"state\":\"pending\""},
      {"park/bukhara", "2025-10-01", "",
       expected_status("announced", false, "\"announced\",\"under-construction\",\"operating\"")},
      {"park/bukhara", "2025-11-12", "", expected_status("operating", true, "\"operating\"")},
      {"park/bukhara", "2025-11-12", "", "\"measure\":\"buildings\",\"value\":\"2\""},
      {"park/bukhara", "2025-11-12", "", "\"state\":\"met\""},
      {"park/navoi", "2025-11-12", "", expected_status("completed", true, "\"completed\"")},
      {"park/navoi", "2025-11-12", "", "\"state\":\"pending\""},
      {"park/jizzakh", "2025", "2024-02-01", expected_status("unrecorded", true, "\"unrecorded\"")},
      {"relation/russia-uzbekistan", "2025-12-31", "", "\"status\":null"},
      {"relation/russia-uzbekistan", "2025-12-31", "",
       "\"value\":\"10200000000\",\"unit\":\"USD\",\"bound\":\"more-than\",\"period\":\"2024\""},
  };
  for (const Answer& each : answers) {
    CAPTURE(each.subject);
    CAPTURE(each.as_of);
    CAPTURE(each.known_by);
    const std::string answer = ask(workshop, each);
    CAPTURE(answer);
    CHECK(contains(answer, each.expected));
  }
}

TEST_CASE("before the first source was published nothing is visible") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const Run run = workshop.solnoma(
      {"status", "--known-by", "2024-02-01", "--as-of", "2025-12-31", "--format", "json"});
  CHECK(run.out ==
        "{\"vantage\":{\"asOf\":\"2025-12-31\",\"knownBy\":\"2024-02-01\",\"position\":50},"
        "\"subjects\":[]}\n");
  CHECK(contains(workshop.solnoma({"status", "--known-by", "2024-02-01"}).out,
                 "nothing recorded is visible from here"));
}

TEST_CASE("a diff tells what was learnt, the status it changed, and who said so") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string text = workshop
                               .solnoma({"diff", "--as-of", "2025-12-31", "--from",
                                         "known-by=2025-10-01", "--to", "known-by=2025-11-30"})
                               .out;
  CHECK(contains(text, "announced → operating"));
  CHECK(contains(text, "announced → completed"));
  CHECK(contains(text, "s3-bukhara-production"));
  CHECK(contains(text, "s3-navoi-completed"));
  CHECK(contains(text, "Sputnik Uzbekistan, 2025-11-12"));
  CHECK(!contains(text, "park/chirchik"));
}

TEST_CASE("a park's utilities are on its timeline, and only what was known by then") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string known =
      workshop.solnoma({"timeline", "park/navoi", "--as-of", "2025-12-31"}).out;
  CHECK(contains(known, "Utilities connected"));
  const std::string before =
      workshop.solnoma({"timeline", "park/navoi", "--as-of", "2025-12-31", "--known-by", "2025-11"})
          .out;
  CHECK(contains(before, "Utilities connected"));
  const std::string unknown =
      workshop.solnoma({"timeline", "park/navoi", "--as-of", "2025-12-31", "--known-by", "2025-10"})
          .out;
  CHECK(!contains(unknown, "Utilities connected"));
  CHECK(contains(unknown, "pending"));
}

TEST_CASE("every answer is the same bytes each time, in every language and format") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  for (const std::string language : {"en", "ru", "uz"})
    for (const std::vector<std::string>& question : std::vector<std::vector<std::string>>{
             {"status"},
             {"status", "--format", "json"},
             {"timeline"},
             {"timeline", "--format", "json"},
             {"explain", "park/bukhara"},
             {"explain", "park/bukhara", "--format", "json"},
             {"report"},
             {"report", "--format", "markdown"},
             {"diff", "--from", "2024", "--to", "2025"},
             {"diff", "--from", "2024", "--to", "2025", "--format", "json"}}) {
      auto arguments = question;
      for (const std::string& each :
           {std::string("--as-of"), std::string("2025-12-31"), std::string("--lang"), language})
        arguments.push_back(each);
      const Run first = workshop.solnoma(arguments);
      CHECK(first.exit == 0);
      CHECK(first.err == "");
      CHECK(!first.out.empty());
      CHECK(first.out == workshop.solnoma(arguments).out);
    }
}
