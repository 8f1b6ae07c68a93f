// What the shipped history must answer, asked of the program itself.

#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/languages.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::languages;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

struct Answer {
  std::string subject, as_of, known_by, expected;
};

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

TEST_CASE("every answer is the same bytes each time, in every language and format" *
          doctest::test_suite("long")) {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  for (const std::string& language : languages())
    for (const std::vector<std::string>& question : std::vector<std::vector<std::string>>{
             {"status"},
             {"status", "--format", "json"},
             {"timeline"},
             {"timeline", "--format", "json"},
             {"explain", "park/bukhara"},
             {"explain", "park/bukhara", "--format", "json"},
             {"report"},
             {"report", "--format", "markdown"},
             {"diff", "--from", "as-of=2024", "--to", "as-of=2025"},
             {"diff", "--from", "as-of=2024", "--to", "as-of=2025", "--format", "json"}}) {
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

TEST_CASE("subjects of every kind have a status, but for four kinds") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  std::string events;
  for (const std::string subject :
       {"zone/a", "site/b", "mine/c", "relation/d", "programme/e", "indicator/f", "dataset/g"})
    events += R"({"specversion":"1.0","id":")" + subject +
              R"(","source":"urn:x","type":"solnoma.opened","subject":")" + subject +
              R"(","occurred":"2020-01-01","known":"2020-01-01","data":{"modality":"actual"}})" +
              "\n";
  REQUIRE(workshop.solnoma({"import", workshop.file("events.jsonl", events)}).err == "");
  for (const std::vector<std::string>& question :
       std::vector<std::vector<std::string>>{{"status"}, {"status", "--brief"}}) {
    const std::string board = workshop.solnoma(question).out;
    for (const std::string subject : {"zone/a", "site/b", "mine/c"})
      CHECK(contains(board, subject + "   operating"));
    for (const std::string subject : {"relation/d", "programme/e", "indicator/f", "dataset/g"})
      CHECK(!contains(board, subject));
  }
  CHECK(contains(workshop.solnoma({"status", "relation/d"}).out, "relation/d"));
  CHECK(!contains(workshop.solnoma({"status", "relation/d"}).out, "operating"));
  const std::string report = workshop.solnoma({"report", "--format", "json"}).out;
  CHECK(contains(report, R"("subject":"mine/c","kind":"mine","hasStatus":true)"));
  CHECK(contains(report, R"("subject":"dataset/g","kind":"dataset","hasStatus":false)"));
}

TEST_CASE("what is told twelve times of one year leaves no doubt after it") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  std::string events =
      R"({"specversion":"1.0","id":"o","source":"urn:x","type":"solnoma.opened","subject":"zone/a","occurred":"2023-05-01","known":"2023-05-01","data":{"modality":"actual"}})"
      "\n";
  for (int month = 1; month <= 12; ++month)
    events += R"({"specversion":"1.0","id":"s)" + std::to_string(month) +
              R"(","source":"urn:x","type":"solnoma.suspended","subject":"zone/a",)"
              R"("occurred":"2024","known":"2025-01-15","data":{"modality":"actual"}})"
              "\n";
  REQUIRE(workshop.solnoma({"import", workshop.file("events.jsonl", events)}).err == "");
  const std::string later = workshop.solnoma({"status", "zone/a", "--as-of", "2025-06"}).out;
  CHECK(contains(later, "suspended, certain"));
  CHECK(!contains(later, "possibly"));
}

TEST_CASE("a diff tells an event and its correction, or its retraction, as one piece of news") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::string events = workshop.file("events.jsonl", R"(
{"specversion":"1.0","id":"wrong","source":"urn:x","type":"solnoma.opened","subject":"park/a","occurred":"2020-05-01","known":"2020-05-01","data":{"modality":"actual"}}
{"specversion":"1.0","id":"right","source":"urn:x","type":"solnoma.announced","subject":"park/a","occurred":"2020-05-01","known":"2021-01-01","supersedes":"wrong","data":{"modality":"actual"}}
{"specversion":"1.0","id":"never","source":"urn:x","type":"solnoma.opened","subject":"park/b","occurred":"2020-05-01","known":"2020-05-01","data":{"modality":"actual"}}
{"specversion":"1.0","id":"gone","source":"urn:x","type":"solnoma.retracted","subject":"park/b","known":"2021-01-01","supersedes":"never","data":{"modality":"actual","note":"It had not opened."}}
{"specversion":"1.0","id":"late","source":"urn:x","type":"solnoma.opened","subject":"park/c","occurred":"2023-06-01","known":"2023-07-01","data":{"modality":"actual"}}
)");
  REQUIRE(workshop.solnoma({"import", events}).err == "");
  std::vector<std::string> question{"diff",
                                    "--as-of",
                                    "2023-05-01",
                                    "--from",
                                    "known-by=2020-12-31",
                                    "--to",
                                    "known-by=2024-01-01"};
  const std::string text = workshop.solnoma(question).out;
  CHECK(contains(text, "was corrected: announced (2020-05-01)"));
  CHECK(contains(text, "was: opened (2020-05-01)"));
  CHECK(contains(text, "was retracted: opened (2020-05-01)"));
  CHECK(contains(text, "retraction: retracted"));
  CHECK(!contains(text, "became known"));
  CHECK(!contains(text, "park/c"));  // in May 2023 it cannot have opened
  question.insert(question.end(), {"--format", "json"});
  const std::string json = workshop.solnoma(question).out;
  CHECK(contains(json, R"("supersedes":"wrong")"));
  CHECK(contains(json, R"("change":"corrected","was":{"event":"wrong")"));
  CHECK(contains(json, R"("change":"retracted","by":{"event":"gone")"));
}
