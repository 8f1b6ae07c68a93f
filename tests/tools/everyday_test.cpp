// What users of a chronicle do every day, each in one command, as they would type it first.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// An analyst's desk on the last day of 2025.
struct Desk : Workshop {
  Desk() {
    setenv("SOLNOMA_TODAY", "2025-12-31", 1);
    REQUIRE(solnoma({"history", "--init"}).exit == 0);
  }
  ~Desk() { unsetenv("SOLNOMA_TODAY"); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// What is answered, without any detour.
  [[nodiscard]] std::string ask(const std::vector<std::string>& words) const {
    const Run run = solnoma(words);
    CAPTURE(words);
    CHECK_MESSAGE(run.exit == 0, run.err);
    return run.out;
  }
};

}  // namespace

TEST_CASE("to find: the visit of a delegation, all of one publisher, of a type, of a region") {
  const Desk desk;
  CHECK(contains(desk.ask({"search", "visit", "of", "a", "delegation"}), "s3-bukhara-visit"));
  CHECK(contains(desk.ask({"search", "делегация"}), "s3-bukhara-visit"));
  CHECK(contains(desk.ask({"log", "--publisher", "РИА Новости"}), "s1-chirchik-start"));
  CHECK(contains(
      desk.ask({"log", "--type", "visited", "--region", "Бухарская", "--from", "last month"}),
      "s3-bukhara-visit"));
}

TEST_CASE("to plan: what is overdue on a day, what is due, and a plan that moves") {
  const Desk desk;
  CHECK(contains(desk.ask({"plans", "--state", "overdue", "--as-of", "2027-12-31"}),
                 "relation/altai-uzbekistan"));
  (void)desk.ask({"append", "opened", "navoi", "--plan", "--occurred", "2026-Q3"});
  CHECK(contains(desk.ask({"agenda", "2026-Q3"}), "park/navoi"));
  const std::string moved = desk.ask({"postpone", "navoi", "opened", "2027-Q1"});
  CHECK(contains(moved, "2026-Q3"));
  CHECK(contains(moved, "2027-Q1"));
}

TEST_CASE("to compare: what became known, statuses alone, and a month's report") {
  const Desk desk;
  CHECK(contains(desk.ask({"diff", "2025-10", "2025-11", "--known", "--statuses"}),
                 "announced → operating"));
  CHECK(contains(desk.ask({"diff", "2020", "2021", "--known"}), "what is known begins on"));
  CHECK(contains(desk.ask({"diff", "2025-10", "2025-11", "--known", "--format", "csv"}),
                 "park/bukhara"));
  CHECK(contains(desk.ask({"diff", "2025-10", "2025-11", "--known", "--format", "html"}), "<html"));
  CHECK(contains(desk.ask({"report", "--since", "known-by=2025-10-31", "--lang", "ru"}),
                 "park/bukhara"));
}

TEST_CASE("to mend: one event looked at, edited, taken back with another") {
  const Desk desk;
  (void)desk.ask({"append", "visited", "navoi", "--id", "slip-one", "--title", "A vist"});
  (void)desk.ask({"append", "visited", "navoi", "--id", "slip-two", "--title", "A vist"});
  CHECK(contains(desk.ask({"show", "slip-one"}), "A vist"));
  setenv("EDITOR", "sed -i s/vist/visit/", 1);
  (void)desk.ask({"edit", "slip-one"});
  unsetenv("EDITOR");
  CHECK(contains(desk.ask({"timeline", "navoi"}), "A visit"));
  (void)desk.ask({"retract", "slip-t", "s3-navoi-vis", "--reason", "told twice"});
  CHECK_FALSE(contains(desk.ask({"timeline", "navoi"}), "A vist"));
}

TEST_CASE(
    "to name and to date: by any name, a pattern, the nearest one, and as people write days") {
  const Desk desk;
  const std::string park = desk.ask({"status", "park/chirchik"});
  for (const char* name : {"chirchik", "Чирчик", "park/Чирчик"})
    CHECK(desk.ask({"status", name}) == park);
  CHECK(contains(desk.ask({"status", "park/*"}), "park/navoi"));
  CHECK(contains(desk.solnoma({"status", "chirchk"}).err, "did you mean park/chirchik?"));
  const auto as_of = [&](const char* date) {
    const std::string answer = desk.ask({"status", "--brief", "--as-of", date});
    return answer.substr(0, answer.find(','));
  };
  // The last day of 2025 is a Wednesday.
  CHECK(as_of("today") == "as of 2025-12-31");
  CHECK(as_of("yesterday") == "as of 2025-12-30");
  CHECK(as_of("last tuesday") == "as of 2025-12-30");
  CHECK(as_of("2025-Q3") == "as of 2025-09-30");
  CHECK(as_of("1 мая 2023") == "as of 2023-05-01");
  // What is typed is told as it was understood.
  const Run typed = desk.solnoma({"append", "visited", "navoi", "--occurred", "01.05.2023"});
  CHECK(typed.exit == 0);
  CHECK(contains(typed.err, "2023-05-01"));
}

TEST_CASE("to prove: that something was recorded, to a reader who has only kept a line") {
  const Desk desk;
  std::string head = desk.ask({"head"});
  head.pop_back();
  const std::string proof = desk.file("proof", desk.ask({"prove", "s3-navoi-comp"}));
  CHECK(contains(desk.ask({"verify-proof", proof, "--head", head}), "is event 39 of the log"));
  CHECK(desk.solnoma({"verify-proof", proof}).exit == 1);
  (void)desk.ask({"append", "visited", "navoi", "--title", "Later"});
  CHECK(contains(desk.ask({"verify", "--head", head}), "it extends the head"));
}

TEST_CASE("to bring together: a colleague's store is looked through, pulled, and taken back") {
  const Desk desk, colleague;
  (void)colleague.ask({"append", "visited", "navoi", "--title", "A colleague's visit"});
  CHECK(contains(desk.ask({"pull", colleague.store(), "--check"}), "1"));
  (void)desk.ask({"pull", colleague.store()});
  CHECK(contains(desk.ask({"timeline", "navoi"}), "A colleague's visit"));
  const std::string imports = desk.ask({"imports"});
  const auto id = imports.substr(imports.find("import-"));
  (void)desk.ask({"import", "--undo", id.substr(0, id.find_first_of(" ]\n"))});
  CHECK_FALSE(contains(desk.ask({"timeline", "navoi"}), "A colleague's visit"));

  // Both told the same event in other words.
  (void)desk.ask({"append", "visited", "navoi", "--id", "a-visit", "--title", "My words"});
  (void)colleague.ask({"append", "visited", "navoi", "--id", "a-visit", "--title", "Other words"});
  CHECK(desk.solnoma({"pull", colleague.store()}).exit == 1);
  (void)desk.ask({"pull", colleague.store(), "--rename", "nodira"});
  CHECK(contains(desk.ask({"timeline", "navoi"}), "My words"));
  CHECK(contains(desk.ask({"timeline", "navoi"}), "Other words"));
}

TEST_CASE("to be told: what came since yesterday, and what wants care") {
  const Desk desk;
  const std::string cursor = desk.path("told");
  CHECK(desk.ask({"follow", "--once", "--cursor", cursor}) == "");
  (void)desk.ask({"append", "visited", "Чирчик", "--occurred", "yesterday", "--title", "News"});
  CHECK(contains(desk.ask({"follow", "--once", "--cursor", cursor}), "News"));
  CHECK(desk.ask({"follow", "--once", "--cursor", cursor}) == "");
  CHECK(contains(desk.ask({"review", "--kind", "park"}), "Plans without a date"));

  // Of a plan that falls overdue nobody tells but the day itself.
  const std::string days = desk.path("days");
  (void)desk.ask({"append", "opened", "navoi", "--plan", "--occurred", "2026-02"});
  CHECK(desk.ask({"follow", "--statuses", "--once", "--cursor", days}) == "");
  setenv("SOLNOMA_TODAY", "2026-03-01", 1);
  CHECK(contains(desk.ask({"follow", "--statuses", "--once", "--cursor", days}),
                 "park/navoi                plan: opened: pending → overdue"));
}

TEST_CASE("to tell others: a page, a calendar, a sheet, a story, by any name and any date") {
  const Desk desk;
  for (const char* format : {"html", "ics", "csv", "svg", "json"}) {
    const std::string file = desk.path(std::string("report.") + format);
    CHECK(desk.ask({"report", "park/*", "--format", format, "-o", file}) == "");
    std::ifstream written(file);
    const std::string text(std::istreambuf_iterator<char>(written), {});
    CHECK(text.size() > 500);
    if (format == std::string("html")) CHECK(contains(text, "What wants care"));
  }
  CHECK(
      contains(desk.ask({"story", "Чирчик", "--as-of", "1 May 2023", "--lang", "uz"}), "Chirchiq"));
  CHECK(desk.ask({"status", "chirchik", "--as-of", "01.05.2023"}) ==
        desk.ask({"status", "park/chirchik", "--as-of", "2023-05-01"}));
}
