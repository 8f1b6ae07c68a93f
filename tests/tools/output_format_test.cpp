// The form of an answer that is written to a file: by the file's name, unless it is said.

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/program.hpp"
#include "tools/report/formats.hpp"

using solnoma::format_of_file;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

std::string written_in(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the ending of a file's name says what its format is") {
  CHECK(format_of_file("r.html") == "html");
  CHECK(format_of_file("out/R.HTM") == "html");
  CHECK(format_of_file("r.tar.md") == "markdown");
  CHECK(format_of_file("r.txt") == "text");
  CHECK(format_of_file("r.xlsx") == "xlsx");
  CHECK(format_of_file("parks.ics") == "ics");
  CHECK(!format_of_file("r"));
  CHECK(!format_of_file("r."));
  CHECK(!format_of_file("out.json/r"));
  CHECK(!format_of_file("r.docx"));
}

TEST_CASE("a file is written in the format that its name says, and in the one that is asked for") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const auto asked = [&](std::vector<std::string> question, const std::string& format) {
    question.insert(question.end(), {"--as-of", "2025-12-31", "--format", format});
    return w.solnoma(question).out;
  };
  const auto written = [&](std::vector<std::string> question, const std::string& name,
                           const std::vector<std::string>& more = {}) {
    question.insert(question.end(), {"--as-of", "2025-12-31", "-o", w.path(name)});
    question.insert(question.end(), more.begin(), more.end());
    const Run run = w.solnoma(question);
    CHECK(run.out == "");
    CHECK(run.err == "");
    CHECK(run.exit == 0);
    return written_in(w.path(name));
  };
  CHECK(written({"report"}, "r.html") == asked({"report"}, "html"));
  CHECK(written({"report"}, "r.md") == asked({"report"}, "markdown"));
  CHECK(written({"timeline"}, "t.CSV") == asked({"timeline"}, "csv"));
  CHECK(written({"plans"}, "p.json") == asked({"plans"}, "json"));
  CHECK(written({"review"}, "v.html") == asked({"review"}, "html"));
  CHECK(written({"report"}, "r") == asked({"report"}, "text"));
  CHECK(written({"report"}, "r.html", {"--format", "json"}) == asked({"report"}, "json"));
  CHECK(written({"report"}, "r.html", {"--json"}) == asked({"report"}, "json"));
}

TEST_CASE("a file whose ending is that of no format is refused, unless the format is named") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const Run run = w.solnoma({"plans", "-o", w.path("plans.docx")});
  CHECK(run.exit == 2);
  CHECK(run.err ==
        "solnoma: '.docx' is the ending of no format; name one of text, markdown, json, csv, xlsx, "
        "ics with --format\n");
  CHECK(!std::ifstream(w.path("plans.docx")));
  CHECK(w.solnoma({"plans", "--format", "text", "-o", w.path("plans.v2")}).exit == 0);
}

TEST_CASE("a file of a format that a command has not is refused, and not begun") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const Run run = w.solnoma({"plans", "-o", w.path("plans.svg")});
  CHECK(run.exit == 2);
  CHECK(run.err ==
        "solnoma: '" + w.path("plans.svg") +
            "' is a file of svg, which is none of text, markdown, json, csv, xlsx, ics; name "
            "one of these with --format, or another file\n");
  CHECK(!std::ifstream(w.path("plans.svg")));
}
