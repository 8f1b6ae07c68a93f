// An event looked at, edited, taken back; a plan that is moved.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/exported.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;
using solnoma::test::without_heads;
using solnoma::test::Workshop;

namespace {

/// What editors are to be found by, while it lives.
class Editor {
 public:
  explicit Editor(const std::string& command) { setenv("EDITOR", command.c_str(), 1); }
  ~Editor() { unsetenv("EDITOR"); }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;
};

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("all of an event is shown, with where it stands and what superseded it") {
  const Shipped shop;
  REQUIRE(shop.solnoma({"correct", "s1-jizzakh-opened", "--occurred", "2023-05", "--id", "mended"})
              .exit == 0);
  const std::string text = shop.solnoma({"show", "s1-jizzakh-op", "mended"}).out;
  for (const char* part :
       {"# s1-jizzakh-opened\n", "# park/jizzakh, revision 2, position 6, recorded 20",
        "# superseded by mended\n", "occurred = \"2023-04\"", "# supersedes s1-jizzakh-opened\n",
        "occurred = \"2023-05\"", "Технопарк открыт, среди участников"}) {
    CAPTURE(part);
    CHECK(contains(text, part));
  }
  CHECK(contains(without_heads(shop.exported()),
                 shop.solnoma({"show", "mended", "--format", "json"}).out));
  CHECK(shop.solnoma({"show", "nothing"}).exit == 1);
}

TEST_CASE("every shipped event survives being shown for editing, and unchanged is not recorded") {
  const Shipped shop;
  std::istringstream lines(shop.exported());
  const Editor editor("true");
  const std::string before = shop.exported();
  int events = 0;
  for (std::string line; std::getline(lines, line); ++events) {
    const auto from = line.find("\"id\":\"") + 6;
    const std::string id = line.substr(from, line.find('"', from) - from);
    if (events % 5 != 0) continue;
    for (const char* format : {"toml", "json"}) {
      CAPTURE(id);
      CHECK(shop.solnoma({"edit", id, "--format", format}).out ==
            "nothing was changed; nothing was recorded\n");
    }
  }
  CHECK(events == 50);
  CHECK(shop.exported() == before);
}

TEST_CASE("what is saved in the editor is a correction, in either notation") {
  for (const char* format : {"toml", "json"}) {
    const Shipped shop;
    const Editor editor("sed -i s/2023-04/2023-05/");
    const Run run = shop.solnoma({"edit", "s1-jizzakh-opened", "--format", format});
    CHECK(contains(run.out, "recorded opened park/jizzakh at position 51"));
    CHECK(contains(shop.solnoma({"status", "jizzakh"}).out, "since: 2023-05"));
    CHECK(contains(shop.exported(), R"("supersedes":"s1-jizzakh-opened")"));
  }
}

TEST_CASE("a list that is corrected keeps of what stays in it all that is not said anew") {
  const Shipped shop;
  const std::string rich =
      R"({"specversion":"1.0","id":"rich","source":"urn:test","type":"solnoma.opened",)"
      R"("subject":"park/rich","occurred":"2024","known":"2024-05-01","data":{"title":{"en":"x"},)"
      R"("parties":[{"en":"Tatarstan","ru":"Татарстан"},"Navoi"],"sources":[)"
      R"({"publisher":{"en":"Gazette","ru":"Газета"},"published":"2024-02","url":"https://g.uz/"},)"
      R"({"publisher":{"en":"Agency","ru":"Агентство"},"published":"2023"}]}})";
  REQUIRE(shop.solnoma({"import", shop.file("rich.jsonl", rich)}).exit == 0);
  REQUIRE(shop.solnoma({"correct", "rich", "--publisher", "Агентство", "--publisher", "Herald",
                        "--source-url", "-", "--source-url", "https://h.uz/", "--party",
                        "Tatarstan", "--party", "Perm", "--id", "mended"})
              .exit == 0);
  const std::string json = shop.solnoma({"show", "mended", "--format", "json"}).out;
  for (const char* part : {R"("parties":[{"en":"Tatarstan","ru":"Татарстан"},"Perm"])",
                           R"({"publisher":{"en":"Agency","ru":"Агентство"},"published":"2023"})",
                           R"("publisher":"Herald")", R"("url":"https://h.uz/")"}) {
    CAPTURE(part);
    CAPTURE(json);
    CHECK(contains(json, part));
  }
  CHECK(!contains(json, "Gazette"));
  CHECK(contains(shop.solnoma({"correct", "mended", "--publisher", "A", "--source-url", "-",
                               "--source-url", "https://b.uz/"})
                     .err,
                 "- says that there is none"));
}

TEST_CASE("what does not hold is refused with its place, and the text is kept for another try") {
  const Shipped shop;
  const std::string before = shop.exported();
  for (const char* change : {"sed -i s/2023-04/2023-13/", "sed -i 's/^occurred.*/occurred ='/",
                             "sed -i s/modality/mode/"}) {
    CAPTURE(change);
    const Editor editor(change);
    const Run run = shop.solnoma({"edit", "s1-jizzakh-opened"});
    CHECK(run.exit == 1);
    const auto from = run.err.find("--file ");
    REQUIRE(from != std::string::npos);
    const std::string path = run.err.substr(from + 7, run.err.size() - from - 8);
    CHECK(contains(content(path), "What you save is recorded"));
    CHECK(std::filesystem::remove(path));
  }
  {
    const Editor editor("false");
    CHECK(contains(shop.solnoma({"edit", "s1-jizzakh-opened"}).err, "the editor 'false' failed"));
  }
  CHECK(shop.exported() == before);
  const std::string text = shop.file("mended.toml",
                                     "type = \"solnoma.opened\"\noccurred = 2023-05-02\n"
                                     "[data]\nmodality = \"actual\"\n");
  CHECK(contains(shop.solnoma({"edit", "s1-jizzakh-opened", "--file", text, "--dry-run"}).out,
                 "nothing was recorded"));
  CHECK(
      contains(shop.solnoma({"edit", "s1-jizzakh-opened", "--file", text}).out, "recorded opened"));
}

TEST_CASE("several events are retracted together or not at all") {
  const Shipped shop;
  const std::string before = shop.exported();
  const Run wrong = shop.solnoma({"retract", "s3-navoi-completed", "nothing", "--reason", "x"});
  CHECK(wrong.exit == 1);
  CHECK(shop.exported() == before);
  const std::vector<std::string> both = {
      "retract",          "s3-navoi-completed", "s3-bukhara-production",
      "s3-navoi-meeting", "--reason",           "x"};
  auto rehearsal = both;
  rehearsal.push_back("--dry-run");
  CHECK(contains(shop.solnoma(rehearsal).out, "park/navoi from 2025-11-12: completed →"));
  CHECK(shop.exported() == before);
  CHECK(shop.solnoma(both).exit == 0);
  const std::string after = shop.exported();
  for (const char* id : {"s3-navoi-completed", "s3-bukhara-production", "s3-navoi-meeting"})
    CHECK(contains(after, std::string(R"("supersedes":")") + id + "\""));
  CHECK(shop.solnoma({"retract", "s3-navoi-visit", "s3-navoi-visit", "--reason", "x"}).exit == 0);
  CHECK(shop.solnoma({"retract", "s3-navoi-resid", "s3-navoi-land", "--reason", "x", "--id", "y"})
            .exit == 2);
}

TEST_CASE("a plan is moved by its subject, type and date, and says from where and how often") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  const auto solnoma = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--today", "2026-06-01"});
    return shop.solnoma(arguments);
  };
  REQUIRE(solnoma({"append", "opened", "park/x", "--plan", "--occurred", "2026-Q3", "--known",
                   "2026-01-10", "--title", "To open"})
              .exit == 0);
  CHECK(contains(solnoma({"postpone", "x", "opened", "2026-Q4", "--known", "2026-03-01"}).out,
                 "2026-Q3 → 2026-Q4, moved once, 3 months\n"));
  const Run again = solnoma({"postpone", "x", "opened", "2027-Q1", "--publisher", "RIA Novosti"});
  CHECK(contains(again.out, "recorded opened park/x at position 3"));
  CHECK(contains(again.out, "2026-Q3 → 2027-Q1, moved twice, 6 months\n"));
  const std::string status = solnoma({"status", "x"}).out;
  CHECK(contains(status, "opened (2027-33): pending (revised)"));
  CHECK(contains(shop.exported(), "RIA Novosti"));
  CHECK(
      contains(solnoma({"postpone", "x", "opened", "2027-01-15", "--dry-run"}).out, "107 days\n"));

  CHECK(solnoma({"postpone", "x", "opened", "2027-Q1"}).exit == 2);  // it is for then already
  const Run none = solnoma({"postpone", "x", "production-started", "2027"});
  CHECK(none.exit == 1);
  CHECK(contains(none.err, "what stands: opened"));
  CHECK(contains(solnoma({"postpone", "x", "opend", "2027"}).err, "did you mean opened?"));
}

TEST_CASE("of plans for several parts the part is asked for") {
  const Workshop shop;
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  for (const char* part : {"phase-1", "phase-2"})
    REQUIRE(shop.solnoma({"append", "opened", "park/x", "--plan", "--part", part, "--occurred",
                          "2027", "--known", "2026-01-10"})
                .exit == 0);
  const Run several = shop.solnoma({"postpone", "x", "opened", "2028"});
  CHECK(several.exit == 2);
  CHECK(contains(several.err, "opened --part phase-2"));
  CHECK(contains(shop.solnoma({"postpone", "x", "opened", "2028", "--part", "phase-2"}).out,
                 "2027 → 2028, moved once, 12 months"));
}
