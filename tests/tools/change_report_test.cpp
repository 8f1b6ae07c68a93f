// `report --since`: what an analyst sends every month.

#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/languages.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::languages;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// A line of an event that became known on a day.
std::string told_event(const std::string& id, const std::string& type, const std::string& occurred,
                       const std::string& known) {
  return R"({"specversion":"1.0","source":"urn:t","subject":"park/x","id":")" + id +
         R"(","type":"solnoma.)" + type + "\"" +
         (occurred.empty() ? "" : R"(,"occurred":")" + occurred + "\"") + R"(,"known":")" + known +
         R"(","data":{"title":{"en":"Title of )" + id + "\"}}}\n";
}

std::string planned(const std::string& id, const std::string& type, const std::string& occurred,
                    const std::string& known) {
  std::string line = told_event(id, type, occurred, known);
  line.replace(line.rfind("}}"), 2, R"(,"modality":"planned"}})");
  return line;
}

/// The parts of a report as Markdown, by their headings without the counts.
std::map<std::string, std::string> parts(const std::string& markdown) {
  std::map<std::string, std::string> found;
  for (auto at = markdown.find("\n## "); at != std::string::npos;) {
    const auto next = markdown.find("\n## ", at + 1);
    const std::string part = markdown.substr(at + 4, next - at - 4);
    found[part.substr(0, part.find_first_of(":\n"))] = part;
    at = next;
  }
  return found;
}

Run report(const Workshop& w, const std::string& since, std::vector<std::string> more) {
  std::vector<std::string> arguments{"report", "--since", since};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return w.solnoma(arguments);
}

}  // namespace

TEST_CASE("a month's news stand each under what it is, and nowhere else") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  const std::string lines =
      planned("fell-due", "opened", "2024-05-20", "2024-01-10") +
      planned("came-true", "construction-started", "2024-05", "2024-01-10") +
      planned("new-plan", "production-started", "2025", "2024-05-11") +
      told_event("old", "visited", "2024-01-05", "2024-01-10") +
      told_event("taken-back", "meeting-held", "2024-02-05", "2024-02-10") +
      told_event("misdated", "agreement-signed", "2024-02-01", "2024-02-10") +
      told_event("began", "construction-started", "2024-05-12", "2024-05-13") +
      told_event("learned-late", "announced", "2023-07-01", "2024-05-14");
  REQUIRE(w.solnoma({"import", "-"}, lines).err == "");
  REQUIRE(w.solnoma({"retract", "taken-back", "--reason", "another park", "--known", "2024-05-15"})
              .exit == 0);
  REQUIRE(w.solnoma({"correct", "misdated", "--occurred", "2024-02-03", "--known", "2024-05-16",
                     "--title", "Title of dated"})
              .exit == 0);
  const std::string april = "as-of=2024-04-30,known-by=2024-04-30";
  const Run run = report(
      w, april, {"--as-of", "2024-05-31", "--known-by", "2024-05-31", "--format", "markdown"});
  REQUIRE_MESSAGE(run.exit == 0, run.err);
  auto told = parts(run.out);
  CAPTURE(run.out);
  CHECK(contains(told["What fell due"], "Title of fell-due"));
  CHECK(contains(told["What fell due"], "| pending | overdue |"));
  CHECK(contains(told["What came of plans"], "Title of came-true"));
  CHECK(contains(told["What came of plans"], "| pending | met"));
  CHECK(contains(told["What happened"], "Title of began"));
  CHECK(contains(told["What became known"], "Title of learned-late"));
  CHECK(contains(told["New plans"], "Title of new-plan"));
  CHECK(contains(told["What was corrected"], "Title of dated; 3 February 2024"));
  CHECK(contains(told["What was corrected"], "Title of misdated; 1 February 2024"));
  CHECK(contains(told["What was corrected"], "another park"));
  CHECK(contains(told["Statuses that changed"], "under construction"));
  CHECK(!contains(run.out, "Title of old"));
  for (const std::string once : {"fell-due", "came-true", "new-plan", "began", "learned-late",
                                 "misdated", "dated;", "taken-back"}) {
    CAPTURE(once);
    CHECK(count(run.out, "Title of " + once) == 1);
  }
  CHECK(contains(run.out, "Something changed in 1 of 1 subject."));

  const Run nothing = report(w, "as-of=2024-05-31,known-by=2024-05-31",
                             {"--as-of", "2024-05-31", "--known-by", "2024-05-31"});
  CHECK(contains(nothing.out, "no difference"));
}

TEST_CASE("a plan that became known when it was overdue already is new, and fell due") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(w.solnoma({"import", "-"}, planned("late", "opened", "2024-02", "2024-05-11")).err == "");
  const Run run =
      report(w, "known-by=2024-04-30",
             {"--as-of", "2024-05-31", "--known-by", "2024-05-31", "--format", "markdown"});
  auto told = parts(run.out);
  CHECK(contains(told["New plans"], "Title of late"));
  CHECK(contains(told["What fell due"], "Title of late"));
}

TEST_CASE("a change report tells all that diff tells, whichever way one looks") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::vector<std::string> vantages{
      "as-of=2024-01-01",        "as-of=2024-02-02,known-by=2024-02-02",
      "as-of=2025-10-01,at=20",  "as-of=2025-11-12,known-by=2025-11-12",
      "as-of=2026-06-30,at=@41", "known-by=2025-12-18"};
  for (const std::string& from : vantages)
    for (const std::string& to : vantages) {
      CAPTURE(from);
      CAPTURE(to);
      std::vector<std::string> options;
      for (std::size_t at = 0; at < to.size();) {
        const auto comma = std::min(to.find(',', at), to.size());
        const std::string part = to.substr(at, comma - at);
        options.push_back("--" + part.substr(0, part.find('=')));
        options.push_back(part.substr(part.find('=') + 1));
        at = comma + 1;
      }
      if (to.find("as-of") == std::string::npos) {
        options.push_back("--as-of");
        options.push_back("2025-12-31");
      }
      auto json = options;
      json.insert(json.end(), {"--format", "json"});
      auto markdown = options;
      markdown.insert(markdown.end(), {"--format", "markdown"});
      const std::string data = report(w, from, json).out;
      const std::string text = report(w, from, markdown).out;
      CAPTURE(text);
      std::map<std::string, std::size_t> counts;
      static const std::regex heading("\n## ([^:\n]+): (\\d+)\n");
      for (std::sregex_iterator it(text.begin(), text.end(), heading), end; it != end; ++it)
        counts[(*it)[1]] = std::stoul((*it)[2]);
      CHECK(counts["What happened"] + counts["What became known"] + counts["New plans"] +
                counts["What was corrected"] +
                counts["What is not yet known or had not yet happened"] ==
            count(data, R"("change":")"));
      CHECK(counts["What fell due"] + counts["What came of plans"] >= count(data, R"("from":")"));
      if (data.find("\"subjects\":[]") != std::string::npos) {
        CHECK(contains(text, "no difference"));
      }
    }
}

TEST_CASE("a change report is about what was chosen") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string since = "as-of=2025-10-01,known-by=2025-10-01";
  const Run all = report(w, since, {"--as-of", "2025-12-31"});
  CHECK(contains(all.out, "park/navoi"));
  CHECK(contains(all.out, "of 14 subjects"));
  const Run one = report(w, since, {"park/bukhara", "--as-of", "2025-12-31"});
  CHECK(contains(one.out, "park/bukhara"));
  CHECK(!contains(one.out, "park/navoi"));
  CHECK(contains(one.out, "in 1 of 1 subject."));
  const Run types = report(w, since, {"--as-of", "2025-12-31", "--type", "visited"});
  CHECK(contains(types.out, "Delegation from Tatarstan visits the park"));
  CHECK(!contains(types.out, "Production complex completed"));
}

TEST_CASE("a mail has all styles inline, and nothing that a reader of mail takes out") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  for (const std::string& language : languages()) {
    const Run run = report(w, "as-of=2025-10-01,known-by=2025-10-01",
                           {"--as-of", "2025-12-31", "--format", "mail", "--lang", language});
    REQUIRE(run.exit == 0);
    CHECK(contains(run.out, "<html lang=\"" + language + "\">"));
    for (const std::string absent :
         {"<style", "<script", "class=", "src=", "url(", "<svg", "<link", "var(", " id="}) {
      CAPTURE(absent);
      CHECK(!contains(run.out, absent));
    }
  }
}

TEST_CASE("what is told of one vantage and what changed since another have formats of their own") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const Run picture = report(w, "2024", {"--format", "svg"});
  CHECK(picture.exit == 2);
  CHECK(picture.err ==
        "solnoma: --format svg cannot tell what changed --since; use one of text, markdown, html, "
        "mail, json, csv, xlsx\n");
  const Run mail = w.solnoma({"report", "--format", "mail"});
  CHECK(mail.exit == 2);
  CHECK(mail.err ==
        "solnoma: --format mail only tells what changed; say since when with --since, or use one "
        "of text, markdown, html, svg, json, csv, xlsx, png, pdf, ics, oc4ids\n");
  const Run wrong = report(w, "someday", {});
  CHECK(wrong.exit == 2);
  CHECK(contains(wrong.err, "someday"));
}

TEST_CASE("a change report escapes what came from outside, in every form") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(
      w.solnoma({"append", "opened", "park/x", "--occurred", "2024-05-02", "--known", "2024-05-03",
                 "--title", "<img src=x onerror=alert(1)>|*a*\"", "--publisher", "<b>P</b>"})
          .exit == 0);
  for (const std::string format : {"html", "mail"}) {
    const Run run = report(w, "2024-04", {"--as-of", "2024-06", "--format", format});
    REQUIRE_MESSAGE(run.exit == 0, run.err);
    CHECK(contains(run.out, "&lt;img src=x"));
    CHECK(!contains(run.out, "<img"));
    CHECK(!contains(run.out, "<b>P"));
  }
  const Run run = report(w, "2024-04", {"--as-of", "2024-06", "--format", "markdown"});
  CHECK(contains(run.out, "\\<img src=x"));
}
