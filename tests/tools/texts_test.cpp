// Texts and dates as people type them, asked of the program.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/program.hpp"

using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

const std::string kApart = "и\u0306";  // й in two characters

Run append(const Workshop& w, std::vector<std::string> more) {
  std::vector<std::string> arguments{"append", "opened", "park/a", "--known", "2024-05-01"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return w.solnoma(arguments);
}

std::string line(const std::string& more) {
  return R"({"specversion":"1.0","source":"urn:t","type":"solnoma.opened","subject":"park/x",)"
         R"("known":"2024-05-01",)" +
         more + "}\n";
}

}  // namespace

TEST_CASE("ids that print alike are one, however they were typed") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(w.solnoma({"import", "-"}, line("\"id\":\"" + kApart + "\"")).exit == 0);
  const auto again = w.solnoma({"import", "-"}, line(R"("id":"й")"));
  CHECK(again.out == "0 new, 1 recorded already\n");
  CHECK(w.exported().find("\"id\":\"й\"") != std::string::npos);

  CHECK(w.solnoma({"correct", kApart, "--occurred", "2024", "--id", "b" + kApart}).exit == 0);
  const auto retracted = w.solnoma({"retract", "bй", "--reason", "a misreading"});
  CHECK_MESSAGE(retracted.exit == 0, retracted.err);
}

TEST_CASE("an id with what cannot be seen is refused by the character") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  CHECK(append(w, {"--id", "a "}).err ==
        "solnoma: it ends with a space (U+0020), in id; take it out\n");
  CHECK(append(w, {"--id", "a\u200B"}).err ==
        "solnoma: byte 2 is U+200B (ZERO WIDTH SPACE), which cannot be seen, in id; take it out\n");
  const auto run = w.solnoma({"import", "-"}, line(R"("id":"a\u00adb")"));
  CHECK(run.exit == 1);
  CHECK(run.err.find("U+00AD (SOFT HYPHEN)") != std::string::npos);
}

TEST_CASE("a note keeps its lines, and stands in one where a line is all there is") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(append(w, {"--id", "1", "--note", "first\r\nsecond\tthird"}).exit == 0);
  REQUIRE(w.solnoma({"retract", "1", "--reason", "one\n\ntwo", "--known", "2024-06-01"}).exit == 0);
  CHECK(w.exported().find(R"("note":"first\nsecond\tthird")") != std::string::npos);
  CHECK(w.solnoma({"export", "--format", "csv"}).out.find("\"first\nsecond\tthird\"") !=
        std::string::npos);
  CHECK(w.solnoma({"log"}).out.find("one two") != std::string::npos);
  for (const char* format : {"text", "markdown", "html", "svg", "ics", "csv", "json"}) {
    CAPTURE(format);
    for (const char* command : {"timeline", "report"}) {
      const auto run = w.solnoma({command, "--format", format, "--at", "1"});
      if (run.exit == 2) continue;  // not a format of this command
      REQUIRE_MESSAGE(run.exit == 0, run.err);
      CHECK(run.out.find("\\u{a}") == std::string::npos);
    }
  }
  CHECK(w.solnoma({"timeline", "--format", "ics", "--at", "1"}).out.find("first\\nsecond") !=
        std::string::npos);
  CHECK(append(w, {"--title", "a\nb"}).err ==
        "solnoma: byte 2 is a line break (U+000A), in data.title.en; write one line; only notes "
        "keep lines\n");
}

TEST_CASE("500 characters are 500 in every script") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  std::string title;
  for (int i = 0; i < 500; ++i) title += "Ш";
  CHECK(append(w, {"--title-ru", title}).exit == 0);
  CHECK(append(w, {"--title-ru", title + "Ш"}).err.find("501 characters, more than 500") !=
        std::string::npos);
}

TEST_CASE("a text that runs from the right is kept as it is, and isolated in a line") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const std::string title = "شرکت می\u200Cخواهم\u200F";
  REQUIRE(append(w, {"--id", "1", "--occurred", "2024", "--title", title}).exit == 0);
  CHECK(w.exported().find(title) != std::string::npos);
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"log"}, {"timeline"}, {"explain", "park/a"}, {"report", "--format", "markdown"}}) {
    CAPTURE(arguments.front());
    CHECK(w.solnoma(arguments).out.find("\u2068" + title + "\u2069") != std::string::npos);
  }
  CHECK(w.solnoma({"report", "--format", "html"}).out.find("<bdi>" + title + "</bdi>") !=
        std::string::npos);
}

TEST_CASE("a season is answered with how it was read, wherever years may have been meant") {
  const std::string reading =
      "'2021-22' is read as the summer of 2021 (2021-06-01 to 2021-08-31); for the year 2021/22 "
      "write 2021/2022";
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  CHECK(append(w, {"--id", "1", "--occurred", "2021-22"}).out ==
        "recorded opened park/a at position 1 (id 1)\n" + reading + "\n");
  CHECK(append(w, {"--id", "2", "--occurred", "2021-12"}).out ==
        "recorded opened park/a at position 2 (id 2)\n");
  const auto imported = w.solnoma({"import", "-"}, line(R"("id":"3","occurred":"2023")") +
                                                       line(R"("id":"4","occurred":"2021-22")") +
                                                       line(R"("id":"5","occurred":"2022-23")"));
  CHECK(imported.out ==
        "3 new, 0 recorded already\n2 dates may mean years, the first in "
        "standard input:2: " +
            reading + "\n");
  CHECK(w.solnoma({"date", "2021-22", "--format", "text"}).out ==
        "2021-22: from 2021-06-01 to 2021-08-31; level 1\n" + reading + "\n");
  const auto json = w.solnoma({"date", "2021-22"}).out;
  CHECK(json.find(R"("readAs":"the summer of 2021 )") != std::string::npos);
  CHECK(json.find(R"("instead":"for the year 2021/22 write 2021/2022"})") != std::string::npos);
  CHECK(w.solnoma({"date", "2021-12"}).out.find("readAs") == std::string::npos);
}

TEST_CASE("a date that is typed in another way is answered with the one that works") {
  const Workshop w;
  CHECK(w.solnoma({"date", "2016-05-02T16:54:59.042Z"}).out.find(R"("earliest":"2016-05-02")") !=
        std::string::npos);
  CHECK(w.solnoma({"date", "2026-Q3"}).err ==
        "solnoma: '2026-Q3' is read as 2026-35, the third quarter of 2026 (2026-07-01 to "
        "2026-09-30)\n");
  CHECK(w.solnoma({"date", "2023–2024"}).err ==
        "solnoma: cannot read '2023–2024': it is not a date; write 2023/2024 (all of that time) or "
        "[2023..2024] (a day within)\n");
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const auto run = w.solnoma({"import", "-"}, line(R"("id":"1","occurred":"31.12.2023")"));
  CHECK(run.exit == 1);
  CHECK(run.err.find("write 2023-12-31") != std::string::npos);
}

TEST_CASE("two addresses in one source are refused, and an archive's address is one") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  for (const char* url : {"https://a|https://b", "https://a,https://b", "https://a https://b"}) {
    CAPTURE(url);
    const auto run = append(w, {"--source-url", url});
    CHECK(run.exit == 1);
    CHECK(run.err.find("give each in a source of its own") != std::string::npos);
  }
  CHECK(append(w, {"--source-url", "https://web.archive.org/web/2020/https://example.org/"}).exit ==
        0);
}

TEST_CASE("a day of publication that is no day is answered with its form") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  std::string event = line(R"("id":"1")");
  event.replace(event.find("2024-05-01"), 10, "2024-05-01T10:00:00.5Z");
  const auto run = w.solnoma({"import", "-"}, event);
  CHECK(run.exit == 1);
  CHECK(run.err.find("known") != std::string::npos);
  CHECK(run.err.find("YYYY-MM-DD") != std::string::npos);
}
