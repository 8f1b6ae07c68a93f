// `story`: one subject from beginning to end, with what is not known of it.

#include <doctest/doctest.h>

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

/// Where each stands in a text, in their order; so that what is out of order fails.
bool in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find(part, at);
    if (at == std::string::npos) return false;
    at += part.size();
  }
  return true;
}

std::string story(const Workshop& w, const std::string& subject, std::vector<std::string> more) {
  std::vector<std::string> arguments{"story", subject};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Run run = w.solnoma(arguments);
  REQUIRE_MESSAGE(run.exit == 0, run.err);
  return run.out;
}

}  // namespace

TEST_CASE("a park's story goes from what it is to how it is quoted") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  const std::string text =
      story(w, "park/bukhara", {"--as-of", "2025-12-31", "--format", "markdown"});
  CAPTURE(text);
  CHECK(in_order(
      text,
      {"# Bukhara Industry Development Complex", "operating; since: by 12 November",
       "## What it is", "Bukhara region", "## What happened", "First production starts at the park",
       "Sputnik Uzbekistan", "## What was planned, and what came of it", "met",
       "First production starts at the park", "## What is not known",
       "not later than 12 November 2025; since when is not known", "## To quote it",
       "> Bukhara Industry Development Complex", "as of 31 December 2025", "log position 50", "@50",
       "\\#as-of=2025-12-31\\&why=park/bukhara", "## Sources"}));
}

TEST_CASE("a story tells in which dates sources differ, and between which days something was") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  for (const std::string month : {"2022-03", "2022-05"})
    REQUIRE(w.solnoma({"append", "construction-started", "park/x", "--occurred", month, "--known",
                       "2022-06-01", "--title", "Work begins", "--publisher", "Paper " + month})
                .exit == 0);
  const std::string text = story(w, "park/x", {"--as-of", "2023-01-01", "--format", "markdown"});
  CAPTURE(text);
  CHECK(contains(text, "construction started: sources differ: March 2022; May 2022"));
  CHECK(contains(text, "construction started: on some day between 1 March 2022 and 31 March 2022"));
  CHECK(contains(text, "not recorded: Country, Region, Partner, Sectors"));
  const std::string one = story(w, "park/x", {"--as-of", "2023-01-01", "--at", "1"});
  CHECK(!contains(one, "sources differ"));
}

TEST_CASE("a story has the numbers over time, and what was said before it was corrected") {
  const Workshop w;
  REQUIRE(w.solnoma({"init"}).exit == 0);
  REQUIRE(w.solnoma({"append", "residents-reported", "park/x", "--occurred", "2022", "--known",
                     "2023-01-10", "--id", "a", "--title", "Residents of 2022", "--quantity",
                     "residents=10:companies"})
              .exit == 0);
  REQUIRE(w.solnoma({"append", "residents-reported", "park/x", "--occurred", "2023", "--known",
                     "2024-01-10", "--id", "b", "--title", "Residents of 2023", "--quantity",
                     "residents=30:companies:more-than"})
              .exit == 0);
  REQUIRE(w.solnoma({"correct", "a", "--quantity", "residents=12:companies", "--known",
                     "2023-02-10", "--title", "Residents of 2022, again"})
              .exit == 0);
  const std::string text = story(w, "park/x", {"--as-of", "2025", "--format", "markdown"});
  CAPTURE(text);
  CHECK(in_order(text,
                 {"## Numbers over time", "12 companies", "more than 30 companies",
                  "What holds on these dates", "more than 30 companies", "## What was corrected",
                  "10 companies", "was corrected, 10 February 2023", "12 companies"}));
}

TEST_CASE("a story is told in every language and four forms, and of what is not yet known") {
  const Workshop w;
  REQUIRE(w.solnoma({"history", "--init"}).exit == 0);
  for (const std::string& language : languages())
    for (const std::string format : {"text", "markdown", "html", "mail"})
      for (const std::string subject : {"park/chirchik", "relation/russia-uzbekistan"}) {
        CAPTURE(language);
        CAPTURE(format);
        const std::vector<std::string> more{"--as-of", "2025-12-31", "--lang",
                                            language,  "--format",   format};
        const std::string text = story(w, subject, more);
        CHECK(contains(text, "@50"));
        CHECK(text == story(w, subject, more));
      }
  CHECK(contains(story(w, "park/chirchik", {"--known-by", "2020"}),
                 "nothing recorded is visible from here"));
  const Run unknown = w.solnoma({"story", "park/chirchk"});
  CHECK(unknown.exit == 1);
  CHECK(contains(unknown.err, "did you mean park/chirchik?"));
}
