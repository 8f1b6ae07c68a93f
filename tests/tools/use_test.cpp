// The program as its users use it, over several commands.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/exported.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::without_heads;
using solnoma::test::Workshop;

namespace {

std::string without_time(const std::string& exported) {
  return std::regex_replace(without_heads(exported), std::regex("\"time\":\"[^\"]*\","), "");
}

}  // namespace

TEST_CASE(
    "an export imported into an empty store exports the same bytes, but for the log's stamp") {
  const Workshop first;
  REQUIRE(first.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(first.solnoma({"retract", "s1-jizzakh-opened", "--reason", "a \"test\", with ʼ and \\"})
              .exit == 0);
  REQUIRE(first
              .solnoma({"correct", "s1-chirchik-start", "--occurred", "2022-04", "--title",
                        "=1+1 <b>|*"})
              .exit == 0);
  const std::string exported = first.exported();
  CHECK(exported == first.exported());
  const Workshop second;
  REQUIRE(second.solnoma({"init"}).exit == 0);
  CHECK(second.solnoma({"import", "--expect", "same", "-"}, exported).out ==
        "52 new, 0 recorded already\n");
  CHECK(without_time(second.exported()) == without_time(exported));
  const Workshop piecemeal;
  REQUIRE(piecemeal.solnoma({"init"}).exit == 0);
  CHECK(piecemeal.solnoma({"import", "--expect", "same", "--batch", "10", "-"}, exported).out ==
        "52 new, 0 recorded already\n");
  CHECK(second.solnoma({"import", "-"}, exported).out == "0 new, 52 recorded already\n");
  CHECK(first.solnoma({"import", "-"}, second.exported()).out == "0 new, 52 recorded already\n");
}

TEST_CASE("a file may begin with a byte order mark, end without a newline, and have CRLF") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::string line =
      R"({"specversion":"1.0","id":"a","type":"solnoma.opened","subject":"park/x","known":"2024-05-01"})";
  std::string second = line;
  second.replace(second.find("\"a\""), 3, "\"b\"");
  const std::string file = workshop.file("in.jsonl", "\xEF\xBB\xBF" + line + "\r\n\r\n" + second);
  CHECK(workshop.solnoma({"import", "--source", "urn:t", file})
            .out.starts_with("2 new, 0 recorded already\n"));
}

TEST_CASE("import with --expect same refuses an event that would land elsewhere") {
  const Workshop first;
  REQUIRE(first.solnoma({"history", "--init"}).exit == 0);
  const std::string exported = first.exported();
  const Workshop second;
  REQUIRE(second.solnoma({"init"}).exit == 0);
  const std::string tail = exported.substr(exported.find('\n') + 1);
  const Run run = second.solnoma({"import", "--expect", "same", "-"}, tail);
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "standard input:1"));
  CHECK(second.exported() == "");
}

TEST_CASE("an append is seen at once, repeated it records nothing, and a dry run never does") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::vector<std::string> command{"append",     "opened",  "park/x",
                                         "--occurred", "2024-03", "--known",
                                         "2024-05-01", "--title", "It opens"};
  auto dry = command;
  dry.emplace_back("--dry-run");
  const Run would = workshop.solnoma(dry);
  CHECK(would.exit == 0);
  CHECK(contains(would.out, "park/x from 2024-03-01: unrecorded → unrecorded, possibly operating"));
  CHECK(contains(would.out, "park/x from 2024-03-31: unrecorded → operating"));
  CHECK(workshop.exported() == "");

  CHECK(contains(workshop.solnoma(command).out, "recorded opened park/x at position 1"));
  CHECK(
      contains(workshop.solnoma(command).out, "was recorded already: opened park/x at position 1"));
  CHECK(contains(workshop.solnoma({"status", "park/x", "--as-of", "2024-04"}).out, "operating"));
}

TEST_CASE("a correction and a retraction are seen from where they were known") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  REQUIRE(workshop
              .solnoma({"append", "opened", "park/x", "--occurred", "2024-03-01", "--known",
                        "2024-05-01", "--id", "o"})
              .exit == 0);
  REQUIRE(workshop
              .solnoma({"correct", "o", "--occurred", "2024-04-01", "--known", "2024-06-01", "--id",
                        "o2"})
              .exit == 0);
  const auto status = [&](const std::vector<std::string>& vantage) {
    std::vector<std::string> arguments{"status", "park/x", "--format", "json"};
    arguments.insert(arguments.end(), vantage.begin(), vantage.end());
    return workshop.solnoma(arguments).out;
  };
  const std::string unrecorded = R"("status":"unrecorded","certain":true,)";
  const std::string operating = R"("status":"operating","certain":true,)";
  CHECK(contains(status({"--as-of", "2024-03-15"}), unrecorded));
  CHECK(contains(status({"--as-of", "2024-03-15", "--known-by", "2024-05-31"}), operating));
  CHECK(contains(status({"--as-of", "2024-03-15", "--at", "1"}), operating));
  REQUIRE(
      workshop.solnoma({"retract", "o2", "--reason", "wrong after all", "--known", "2024-07-01"})
          .exit == 0);
  // The correction is out of account: what it corrected counts again.
  CHECK(contains(status({"--as-of", "2024-03-15"}), operating));
  const std::string why = workshop.solnoma({"explain", "park/x", "--as-of", "2024-03-15"}).out;
  CHECK(contains(why, "superseded"));
}

TEST_CASE("what is superseded already is corrected where it stands now") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(workshop.solnoma({"correct", "s1-jizzakh-opened", "--occurred", "2023-05", "--id", "c"})
              .exit == 0);
  const Run again = workshop.solnoma({"correct", "s1-jizzakh-opened", "--occurred", "2023-06"});
  CHECK(again.exit == 1);
  CHECK(contains(again.err, "is superseded by 'c' already"));
  CHECK(workshop.solnoma({"retract", "s1-jizzakh-opened", "--reason", "r"}).exit == 1);
  CHECK(workshop.solnoma({"correct", "c", "--occurred", "2023-06"}).exit == 0);
  CHECK(contains(workshop.solnoma({"correct", "s1-eltech-announced"}).err, "nothing is corrected"));
  CHECK(workshop
            .solnoma(
                {"correct", "s1-eltech-announced", "--title", "t", "--id", "s1-eltech-announced"})
            .exit == 2);
}

TEST_CASE("the reason of a retraction is told") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(workshop.solnoma({"retract", "s1-jizzakh-opened", "--reason", "never opened"}).exit == 0);
  CHECK(contains(workshop.solnoma({"explain", "park/jizzakh"}).out,
                 "superseded by retracted  never opened"));
  CHECK(contains(workshop.solnoma({"explain", "park/jizzakh", "--format", "json"}).out,
                 "never opened"));
}

TEST_CASE("a diff tells what was published since from what was only recorded since") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  CHECK(contains(workshop
                     .solnoma({"diff", "--as-of", "2025-12-31", "--from", "known-by=2025-10-01",
                               "--to", "known-by=2025-12-31"})
                     .out,
                 "became known on 2025-11-12: production-started (by 2025-11-12)"));
  CHECK(contains(
      workshop.solnoma({"diff", "--as-of", "2025-12-31", "--from", "at=10", "--to", "at=20"}).out,
      "was recorded: "));
}

TEST_CASE("a store that has lost a file says so, whatever is asked") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(workshop.solnoma({"rebuild"}).exit == 0);  // a second opening moves the log into files
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(workshop.store() + "/db"))
    if (entry.path().extension() == ".sst") files.push_back(entry.path());
  REQUIRE(!files.empty());
  for (const auto& file : files) {
    CAPTURE(file.string());
    const std::filesystem::path aside = workshop.path("aside");
    std::filesystem::rename(file, aside);
    for (const std::vector<std::string>& question :
         std::vector<std::vector<std::string>>{{"status"}, {"export"}, {"verify"}}) {
      const Run run = workshop.solnoma(question);
      CHECK(run.exit == 3);
      CHECK(contains(run.err, "is damaged"));
    }
    std::filesystem::rename(aside, file);
  }
  CHECK(workshop.solnoma({"verify"}).exit == 0);
}

TEST_CASE("a backup is a store, grows by what is new, and restores to any position") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string backup = workshop.path("backup");
  CHECK(contains(workshop.solnoma({"backup", backup}).out, "copied 50 events"));
  REQUIRE(workshop.solnoma({"append", "visited", "park/eltech", "--known", "2026-01-01"}).exit ==
          0);
  CHECK(contains(workshop.solnoma({"backup", backup}).out, "copied 1 events"));
  CHECK(workshop.solnoma({"--store", backup, "export"}).out == workshop.exported());
  CHECK(workshop.solnoma({"--store", backup, "verify"}).exit == 0);

  const std::string again = workshop.path("again");
  CHECK(contains(workshop.solnoma({"--store", again, "restore", backup, "--at", "41"}).out,
                 "now at position 41"));
  CHECK(without_heads(workshop.exported())
            .starts_with(without_heads(workshop.solnoma({"--store", again, "export"}).out)));
  CHECK(workshop.solnoma({"--store", again, "restore", backup}).exit == 1);
  const Workshop other;
  REQUIRE(other.solnoma({"init"}).exit == 0);
  REQUIRE(other.solnoma({"append", "opened", "park/y", "--known", "2020-01-01"}).exit == 0);
  CHECK(other.solnoma({"backup", backup}).exit == 1);
}

TEST_CASE("a brief status says of every subject what the whole one says") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"history", "--init"}).exit == 0);
  const auto statuses = [](const std::string& json) {
    const std::regex part(
        R"("subject":"[^"]*"|"status":"[^"]*"|"certain":\w+|"possible":\[[^\]]*\])");
    std::string all;
    for (std::sregex_iterator it(json.begin(), json.end(), part), end; it != end; ++it)
      all += it->str() + "\n";
    return all;
  };
  for (const std::string day : {"2021-12-31", "2022-03-15", "2023-06-01", "2025-12-31"}) {
    CAPTURE(day);
    const Run whole = shop.solnoma({"status", "--as-of", day, "--format", "json"});
    const Run brief = shop.solnoma({"status", "--brief", "--as-of", day, "--format", "json"});
    REQUIRE(brief.exit == 0);
    CHECK(contains(brief.out, "\"becauseAt\":["));
    CHECK(statuses(brief.out) == statuses(whole.out));
    CHECK(contains(shop.solnoma({"status", "--brief", "--as-of", day}).out, "park/chirchik"));
  }
  const Run both = shop.solnoma({"status", "--brief", "park/chirchik"});
  CHECK(both.exit == 2);
  CHECK(contains(both.err, "--brief tells of all subjects"));
}

TEST_CASE("verify finds the store whole, also after a rebuild") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string before = workshop.solnoma({"report", "--as-of", "2025"}).out;
  CHECK(contains(workshop.solnoma({"verify"}).out, "verified 50 events"));
  CHECK(contains(workshop.solnoma({"rebuild"}).out, "rebuilt from 50 events"));
  CHECK(workshop.solnoma({"verify"}).exit == 0);
  CHECK(workshop.solnoma({"report", "--as-of", "2025"}).out == before);
}

TEST_CASE("the log is shown whole, by subject, or its newest events") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  CHECK(lines(workshop.solnoma({"log"}).out) == 50);
  CHECK(lines(workshop.solnoma({"log", "--limit", "3"}).out) == 3);
  CHECK(lines(workshop.solnoma({"log", "park/chirchik"}).out) == 4);
  const std::string newest = workshop.solnoma({"log", "park/chirchik", "--limit", "1"}).out;
  CHECK(contains(newest, "s1-chirchik-investment"));
  CHECK(workshop.solnoma({"log", "--format", "json"}).out == without_heads(workshop.exported()));
}

TEST_CASE("CSV keeps a formula in a title from being one") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  REQUIRE(workshop
              .solnoma({"append", "opened", "park/x", "--known", "2024-05-01", "--title",
                        "=HYPERLINK(\"http://x\",\"y\")"})
              .exit == 0);
  CHECK(contains(workshop.solnoma({"export", "--format", "csv"}).out,
                 "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""));
}

TEST_CASE("Markdown keeps markup in a title from being markup") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  REQUIRE(workshop
              .solnoma({"append", "opened", "park/x", "--known", "2024-05-01", "--title",
                        "<script>|[a](b)"})
              .exit == 0);
  CHECK(contains(workshop.solnoma({"report", "--format", "markdown"}).out,
                 "\\<script\\>\\|\\[a\\]\\(b\\)"));
}

TEST_CASE("each command's help tells what it is for") {
  const Workshop workshop;
  std::istringstream help(workshop.solnoma({"--help"}).out);
  std::string line;
  while (std::getline(help, line) && line != "Commands:") {
  }
  int commands = 0;
  while (std::getline(help, line) && !line.empty()) {
    if (line[2] == ' ') continue;  // of a description that takes several lines
    ++commands;
    const std::string command = line.substr(2, line.find(' ', 2) - 2);
    const Run run = workshop.solnoma({command, "--help"});
    CHECK(run.exit == 0);
    CHECK(contains(run.out, "Usage: solnoma " + command));
  }
  CHECK(commands >= 23);
  CHECK(contains(workshop.solnoma({"--version"}).out, "solnoma "));
}
