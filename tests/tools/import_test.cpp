// What an import does to a log, as its users see it: whole or nothing, checked, sorted out, undone.

#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <regex>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

std::string event_line(const std::string& id, const std::string& type, const std::string& subject,
                       const std::string& more = "") {
  return R"({"specversion":"1.0","source":"urn:t","id":")" + id + R"(","type":"solnoma.)" + type +
         R"(","subject":")" + subject + R"(","known":"2024-05-01")" + more + "}\n";
}

/// A workshop with an empty store.
struct Started : Workshop {
  Started() { REQUIRE(solnoma({"init"}).exit == 0); }
};

std::string import_id(const Run& run) {
  std::smatch found;
  REQUIRE(
      std::regex_search(run.out, found, std::regex("recorded as (import-[0-9a-f]{12}-[0-9]+)")));
  return found[1];
}

/// Of every subject, without the line that says from where it is seen.
std::string statuses(const Workshop& workshop) {
  const Run run = workshop.solnoma({"status", "--format", "json"});
  return std::regex_replace(run.out, std::regex(R"("position":\d+)"), "");
}

}  // namespace

TEST_CASE("a file is recorded whole or not at all, however many events come before the problem") {
  const Started workshop;
  std::string text;
  for (int i = 0; i < 9000; ++i)
    text += event_line("e" + std::to_string(i), "visited", "park/p" + std::to_string(i % 40));
  const std::string file = workshop.file("in.jsonl", text + event_line("x", "opend", "park/x"));
  const Run run = workshop.solnoma({"import", file});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "'opend' is no event type"));
  CHECK(contains(run.err, "in.jsonl:9001, type"));
  CHECK(workshop.exported().empty());
}

TEST_CASE("several files are recorded together or not at all") {
  const Started workshop;
  const std::string good = workshop.file("good.jsonl", event_line("a", "opened", "park/a"));
  const std::string bad = workshop.file("bad.jsonl", event_line("a", "visited", "park/a"));
  const Run run = workshop.solnoma({"import", good, bad});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "the id 'a' stands twice"));
  CHECK(contains(run.err, "bad.jsonl:1"));
  CHECK(workshop.exported().empty());
}

TEST_CASE("an import that is larger than a batch is recorded whole or not at all, too" *
          doctest::test_suite("long")) {
  const Started workshop;
  std::string text;
  for (int i = 0; i < 120'000; ++i)
    text += event_line(std::to_string(i), "visited", "park/p" + std::to_string(i % 400));
  const std::string wrong =
      workshop.file("wrong.jsonl", text + event_line("7", "opened", "park/x"));
  const Run refused = workshop.solnoma({"import", wrong});
  CHECK(refused.exit == 1);
  CHECK(contains(refused.err, "the id '7' stands twice, at " + wrong + ":8 with other content"));
  CHECK(contains(refused.err, "wrong.jsonl:120001"));
  CHECK(workshop.exported().empty());

  const std::string right = workshop.file("right.jsonl", text);
  const Run run = workshop.solnoma({"import", right});
  CHECK(run.out.starts_with("120000 new, 0 recorded already\n"));
  CHECK(workshop.solnoma({"import", right}).out == "0 new, 120000 recorded already\n");
  CHECK(workshop.solnoma({"verify"}).exit == 0);
  CHECK(workshop.solnoma({"import", "--undo", import_id(run)}).out ==
        import_id(run) + ", 120001 events retracted\n");
  CHECK(!std::filesystem::exists(workshop.store() + "/trial"));
}

TEST_CASE("the log tells of an import: its file, hash, rows and events") {
  const Started workshop;
  const std::string text =
      event_line("a", "announced", "park/a") + event_line("b", "opened", "park/a");
  const std::string file = workshop.file("Парки 2024.jsonl", text);
  const Run run = workshop.solnoma({"import", file});
  CHECK(run.out.starts_with("2 new, 0 recorded already\nrecorded as import-"));
  const Run list = workshop.solnoma({"imports", "--format", "json"});
  CHECK(contains(list.out, R"("subject":"dataset/parki-2024")"));
  CHECK(contains(list.out, R"("file":"Парки 2024.jsonl")"));
  CHECK(contains(list.out, R"("rows":2,"events":2,"first":"a")"));
  CHECK(std::regex_search(list.out, std::regex(R"("sha256":"[0-9a-f]{64}")")));
  CHECK(contains(workshop.solnoma({"imports"}).out, "2 rows       2 events"));
  // What is there already is no news, and no import either.
  CHECK(workshop.solnoma({"import", file}).out == "0 new, 2 recorded already\n");
  const std::string more = workshop.file("more.jsonl", text + event_line("c", "visited", "park/a"));
  CHECK(workshop.solnoma({"import", "--dataset", "parks", more})
            .out.starts_with("1 new, 2 recorded already\n"));
  const Run both = workshop.solnoma({"imports", "--format", "json"});
  CHECK(contains(both.out, R"("subject":"dataset/parks")"));
  CHECK(contains(both.out, R"("rows":3,"events":1,"first":"c")"));
  // A dataset has no status.
  CHECK(!contains(workshop.solnoma({"status"}).out, "dataset/"));
}

TEST_CASE("standard input is recorded batch by batch, and says what was before a problem") {
  const Started workshop;
  std::string text;
  for (int i = 0; i < 25; ++i) text += event_line("e" + std::to_string(i), "visited", "park/p");
  const Run run = workshop.solnoma({"import", "--batch", "10", "-"}, text + "{}\n");
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "standard input:26"));
  CHECK(contains(run.err, "20 events before it were recorded"));
  CHECK(workshop.solnoma({"import", "-"}, text).out == "5 new, 20 recorded already\n");
  CHECK(contains(workshop.solnoma({"imports"}).out, "nothing was imported from a file"));
}

TEST_CASE("a check records nothing and tells of all problems by kind, and of what would change") {
  const Started workshop;
  REQUIRE(workshop.solnoma({"import", "-"}, event_line("a", "announced", "park/a")).exit == 0);
  const std::string before = workshop.exported();
  const std::string file = workshop.file(
      "in.jsonl", event_line("a", "announced", "park/a") + event_line("b", "opened", "park/a") +
                      event_line("c", "opend", "park/b") + event_line("d", "opned", "park/b") +
                      event_line("b", "visited", "park/a") + "not JSON\n" +
                      event_line("e", "agreement-signed", "park/new"));
  const Run run = workshop.solnoma({"import", "--check", file});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "4 of 7 rows cannot be recorded"));
  CHECK(run.out.starts_with("7 rows, 3 events: 2 new, 1 recorded already\n"));
  CHECK(contains(run.out, "4 problems in 4 rows:"));
  CHECK(contains(
      run.out, "2  '…' is no event type, in type: " + file + ":3 'opend', " + file + ":4 'opned'"));
  CHECK(contains(run.out, file + ":5 'b'"));
  CHECK(contains(run.out, "it is not JSON"));
  CHECK(contains(run.out, "1  unrecorded → agreed"));
  CHECK(contains(run.out, "park/a: announced → operating"));
  CHECK(contains(run.out, "nothing was recorded"));
  CHECK(workshop.exported() == before);
  // What is right is checked, too.
  const std::string good = workshop.file("good.jsonl", event_line("b", "opened", "park/a"));
  CHECK(workshop.solnoma({"import", "--check", good}).exit == 0);
  CHECK(workshop.exported() == before);
}

TEST_CASE("rows that are refused go into a file, and come back from it corrected") {
  const Started workshop;
  const std::string file = workshop.file("in.jsonl", event_line("a", "opend", "park/a") +
                                                         event_line("b", "announced", "park/b") +
                                                         event_line("c", "openet", "park/c"));
  const std::string rejects = workshop.path("rejects.jsonl");
  const Run run = workshop.solnoma({"import", "--set-aside", "--rejects", rejects, file});
  CHECK(run.exit == 0);
  CHECK(run.out.starts_with("1 new, 0 recorded already\n"));
  CHECK(contains(run.out, "2 rows set aside"));
  // Nobody need take the remarks out that stand in it.
  CHECK(contains(workshop.solnoma({"import", "--check", rejects}).out, "2 rows, 0 events"));
  REQUIRE(std::system(("sed -i 's/opend/opened/; s/openet/opened/' '" + rejects + "'").c_str()) ==
          0);
  CHECK(workshop.solnoma({"import", rejects}).out.starts_with("2 new, 0 recorded already\n"));
}

TEST_CASE("an import that would stop can still leave a file of what is refused") {
  const Started workshop;
  const std::string file = workshop.file(
      "in.jsonl", event_line("a", "opend", "park/a") + event_line("b", "announced", "park/b"));
  const std::string rejects = workshop.path("rejects.jsonl");
  const Run run = workshop.solnoma({"import", "--rejects", rejects, file});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "1 of 2 rows cannot be recorded"));
  CHECK(workshop.exported().empty());
  CHECK(contains(workshop.solnoma({"import", "--check", rejects}).out, "1 row, 0 events"));
}

TEST_CASE("a check tells what recording does, and undoing leaves every status as it was before" *
          doctest::test_suite("long")) {
  std::mt19937_64 random(20261126);
  for (int round = 0; round < 8; ++round) {
    const Started workshop;
    const auto pick = [&](auto... of) {
      const char* const all[] = {of...};
      return std::string(all[random() % sizeof...(of)]);
    };
    std::vector<std::string> ids;
    const auto some = [&](const std::string& prefix, int count) {
      std::string text;
      for (int i = 0; i < count; ++i) {
        const std::string id = prefix + std::to_string(i);
        const std::string subject = "park/" + pick("a", "b", "c");
        std::string more = R"(,"occurred":"20)" + std::to_string(10 + random() % 14) + "\"";
        std::string type = pick("announced", "opened", "construction-started", "cancelled",
                                "suspended", "resumed", "retired", "reinstated");
        if (!ids.empty() && random() % 3 == 0) {
          const std::string& target = ids[random() % ids.size()];
          const std::string id_of_target = target.substr(0, target.find('|'));
          const bool retracts = random() % 2 == 0;
          text += event_line(id, retracts ? "retracted" : type, target.substr(target.find('|') + 1),
                             (retracts ? std::string(R"(,"data":{"note":"no"})") : more) +
                                 R"(,"supersedes":")" + id_of_target + "\"");
          ids.push_back(id + "|" + target.substr(target.find('|') + 1));
          continue;
        }
        text += event_line(id, type, subject, more);
        ids.push_back(id + "|" + subject);
      }
      return text;
    };
    (void)workshop.solnoma({"import", "--set-aside", workshop.file("one.jsonl", some("x", 30))});
    const std::string before = statuses(workshop);
    const std::string two = workshop.file("two.jsonl", some("y", 30));
    const Run check = workshop.solnoma({"import", "--check", two});
    const Run second = workshop.solnoma({"import", "--set-aside", two});
    REQUIRE(second.exit == 0);
    // A check and an import agree on every row.
    const std::string counts = second.out.substr(0, second.out.find('\n'));
    CHECK(contains(check.out, counts));
    const std::size_t problems = second.out.find(" problem");
    if (problems != std::string::npos) {
      const std::size_t begin = second.out.rfind('\n', problems) + 1;
      CHECK(contains(check.out, second.out.substr(begin)));
    }
    const std::string id = import_id(second);
    const Run undone = workshop.solnoma({"import", "--undo", id});
    INFO(undone.out);
    CHECK(undone.exit == 0);
    CHECK(!contains(undone.out, "superseded since"));
    CHECK(statuses(workshop) == before);
    CHECK(contains(workshop.solnoma({"import", "--undo", id}).err, "is undone already"));
    CHECK(contains(workshop.solnoma({"imports"}).out, "  undone"));
  }
}

TEST_CASE("what was corrected since an import stays when that is undone, and is told of") {
  const Started workshop;
  const std::string file = workshop.file(
      "in.jsonl", event_line("a", "announced", "park/a") + event_line("b", "opened", "park/b"));
  const std::string id = import_id(workshop.solnoma({"import", file}));
  REQUIRE(workshop.solnoma({"correct", "a", "--occurred", "2023"}).exit == 0);
  const Run run = workshop.solnoma({"import", "--undo", id.substr(0, 15)});
  CHECK(run.exit == 0);
  CHECK(contains(run.out, "2 events retracted"));
  CHECK(contains(run.out, "1 superseded since, and stay as they are"));
  CHECK(contains(run.out, "'a'"));
  CHECK(contains(workshop.solnoma({"status"}).out, "park/a"));
  CHECK(contains(workshop.solnoma({"status", "park/b"}).out, "unrecorded"));
}

TEST_CASE("an import whose events stand elsewhere in a log is not undone by guess") {
  const Started first;
  const std::string file = first.file(
      "in.jsonl", event_line("a", "announced", "park/a") + event_line("b", "opened", "park/b"));
  const std::string id = import_id(first.solnoma({"import", file}));
  const Started second;
  REQUIRE(second.solnoma({"import", "-"}, event_line("b", "opened", "park/b")).exit == 0);
  REQUIRE(second.solnoma({"import", "-"}, first.exported()).exit == 0);
  const Run run = second.solnoma({"import", "--undo", id});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "does not stand directly before it"));
  CHECK(contains(second.solnoma({"import", "--undo", "import-x"}).err, "there is no import"));
}
