// Texts that mean something to the format they end up in: none of them does.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

using namespace solnoma::test;

namespace {

const std::string kHtml = "<script>alert(1)</script><img src=x onerror=alert(2)>";
const std::string kAttribute = "' onmouseover='alert(3) \\\" autofocus onfocus=alert(4)";
const std::string kMarkdown = "[click](javascript:alert(5)) ![x](http://e.example/x) **b** `c` | d";
const std::string kFormula = "=HYPERLINK(\\\"http://e.example\\\",\\\"x\\\")";
const std::string kIcs = "x;y,z\\\\nBEGIN:VEVENT";

/// An event with the same text in every field that takes one.
std::string event(const std::string& type, const std::string& id, const std::string& text) {
  const std::string local =
      R"({"en":")" + text + R"(","ru":")" + text + R"(","uz":")" + text + "\"}";
  const std::string description =
      type == "described"
          ? R"(,"description":{"names":)" + local + R"(,"kind":"technopark","region":)" + local +
                R"(,"partner":)" + local + R"(,"sectors":[)" + local + "]}"
          : "";
  return R"({"specversion":"1.0","source":"urn:t","type":"solnoma.)" + type +
         R"(","subject":"park/hostile","known":"2024-05-01","id":")" + id +
         R"(","data":{"title":)" + local + R"(,"note":")" + text + R"(","parties":[")" + text +
         R"("],"quantities":[{"measure":"residents","value":"3","unit":")" + text +
         R"("}],"sources":[{"publisher":")" + text + R"(","published":"2024-05-01","url":"",)" +
         R"("note":")" + text + R"("}])" + description + "}}\n";
}

const std::vector<std::string> kTexts{kHtml, kAttribute, kMarkdown, kFormula, kIcs};

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

void fill(const Workshop& w) {
  REQUIRE(w.solnoma({"init"}).exit == 0);
  std::string lines;
  int id = 0;
  for (const std::string& text : kTexts) {
    lines += event("described", "d" + std::to_string(++id), text);
    lines += event("opened", "o" + std::to_string(id), text);
  }
  const auto run = w.solnoma({"import", "-"}, lines);
  REQUIRE_MESSAGE(run.exit == 0, run.err);
}

std::string report(const Workshop& w, const std::string& format, const std::string& command) {
  const auto run = w.solnoma({command, "--format", format, "--as-of", "2025-01-01"});
  REQUIRE_MESSAGE(run.exit == 0, run.err);
  return run.out;
}

}  // namespace

TEST_CASE("no text becomes an element or an attribute of a page or a picture") {
  const Workshop w;
  fill(w);
  for (const char* format : {"html", "svg"}) {
    CAPTURE(format);
    for (const char* command : {"report", "timeline"}) {
      const std::string out = report(w, format, command);
      CHECK(out.find("<script>alert") == std::string::npos);
      CHECK(out.find("<img src=x") == std::string::npos);
      CHECK(out.find("href=\"javascript:") == std::string::npos);
    }
  }
}

TEST_CASE("no text becomes a heading, a link, a picture or HTML in Markdown") {
  const Workshop w;
  fill(w);
  for (const char* command : {"report", "timeline"}) {
    const std::string out = report(w, "markdown", command);
    CHECK(count(out, "<script") == count(out, "\\<script"));
    CHECK(count(out, "](javascript") == 0);
    CHECK(count(out, "**b**") == 0);
  }
}

TEST_CASE("no cell of a table is a formula") {
  const Workshop w;
  fill(w);
  for (const std::string& out : {report(w, "csv", "report"), report(w, "csv", "timeline"),
                                 w.solnoma({"export", "--format", "csv"}).out}) {
    CHECK(count(out, ",=HYPERLINK") + count(out, ",\"=HYPERLINK") + count(out, "\n=HYPERLINK") ==
          0);
  }
}

TEST_CASE("no text begins a line of a calendar") {
  const Workshop w;
  fill(w);
  const std::string out = report(w, "ics", "timeline");
  CHECK(count(out, "\r\nEND:VEVENT\r\n") == kTexts.size());
  CHECK(count(out, "\r\nBEGIN:VEVENT\r\n") == kTexts.size());
}

TEST_CASE("what moves a terminal's cursor or turns the direction of a text is refused") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  for (const std::string& text :
       {std::string("\\u001b[31mred"), std::string("a\\u0007"), std::string("\\u202Egnp.exe"),
        std::string("\\u2066x"), std::string("a\\u0000b"), std::string("line\\nfeed"),
        std::string("\\u009b31m")}) {
    CAPTURE(text);
    const auto run = w.solnoma({"import", "-"}, event("opened", "1", text));
    CHECK(run.exit == 1);
    CHECK(run.err.find('\x1b') == std::string::npos);
  }
  CHECK(w.solnoma({"head"}).out.find("@0") != std::string::npos);
}

TEST_CASE("an address that is no web address is no link") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  std::string line = event("opened", "1", "x");
  line.replace(line.find("\"url\":\"\""), 8, "\"url\":\"javascript:alert(1)\"");
  const auto run = w.solnoma({"import", "-"}, line);
  if (run.exit != 0) return;  // refused at once
  for (const char* format : {"html", "svg", "markdown"})
    CHECK(report(w, format, "report").find("href=\"javascript:") == std::string::npos);
  CHECK(report(w, "markdown", "report").find("](javascript:") == std::string::npos);
}

TEST_CASE("deep and huge JSON is refused, not followed") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const std::string deep =
      R"({"data":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  CHECK(w.solnoma({"import", "-"}, deep).exit == 1);
  CHECK(w.solnoma({"import", "-"}, std::string(100'000, '[')).exit == 1);
  CHECK(w.solnoma({"import", "-"}, "{\"id\":\"" + std::string(5 << 20, 'x') + "\"}").exit == 1);
}
