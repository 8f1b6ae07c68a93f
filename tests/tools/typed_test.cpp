// Subjects, ids and dates as people type them.

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tools/shared/relative_date.hpp"

using solnoma::day_from_text;
using solnoma::relative_date;
using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;

TEST_CASE("a subject is found by its last part and by its name in every language and case") {
  const Shipped shop;
  const std::string whole = shop.solnoma({"status", "park/chirchik", "--as-of", "2025"}).out;
  for (const char* typed :
       {"chirchik", "Чирчик", "ЧИРЧИК", "Chirchiq", "chirchik chemical", "park/Чирчик"}) {
    CAPTURE(typed);
    CHECK(shop.solnoma({"status", typed, "--as-of", "2025"}).out == whole);
  }
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"timeline"}, {"explain"}, {"report"}, {"log"}}) {
    auto short_name = command, long_name = command;
    short_name.push_back("navoi");
    long_name.push_back("park/navoi");
    CAPTURE(command.front());
    CHECK(shop.solnoma(short_name).out == shop.solnoma(long_name).out);
  }
}

TEST_CASE("a pattern means every subject that fits, and a name of several is refused with them") {
  const Shipped shop;
  const Run both = shop.solnoma({"timeline", "park/future-*"});
  CHECK(contains(both.out, "park/future-metals-samarkand"));
  CHECK(contains(both.out, "park/future-metals-tashkent"));
  CHECK_FALSE(contains(both.out, "park/navoi"));
  const Run several = shop.solnoma({"status", "future"});
  CHECK(several.exit == 1);
  CHECK(contains(several.err, "park/future-metals-samarkand, park/future-metals-tashkent"));
  CHECK(shop.solnoma({"explain", "park/future-*"}).exit == 1);
  CHECK(contains(shop.solnoma({"status", "chirchk"}).err, "did you mean park/chirchik?"));
}

TEST_CASE("a subject that is written out is never guessed at") {
  const Shipped shop;
  CHECK(shop.solnoma({"status", "park/nav"}).exit == 1);
  REQUIRE(shop.solnoma({"append", "opened", "park/nav", "--known", "2025-01-01"}).exit == 0);
  CHECK(contains(shop.solnoma({"status", "park/nav"}).out, "operating"));
}

TEST_CASE("what is recorded of a subject may name it as a question does") {
  const Shipped shop;
  CHECK(contains(shop.solnoma({"append", "visited", "Навои", "--known", "2026-02-03"}).out,
                 "recorded visited park/navoi"));
  const Run unknown = shop.solnoma({"append", "visited", "nowhere", "--known", "2026-02-03"});
  CHECK(unknown.exit == 1);
  CHECK(contains(unknown.err, "kind/name"));
}

TEST_CASE(
    "an id may be written by its beginning, of four letters or more, where it is the only one") {
  const Shipped shop;
  CHECK(contains(shop.solnoma({"retract", "s3-navoi-com", "--reason", "x"}).out, "recorded"));
  CHECK(contains(shop.solnoma({"prove", "s1-chirchik-st"}).out, "c2sp.org/tlog-proof"));
  const Run several = shop.solnoma({"correct", "s3-nav", "--occurred", "2025"});
  CHECK(several.exit == 1);
  CHECK(contains(several.err, "s3-navoi-described"));
  CHECK(shop.solnoma({"retract", "s3-", "--reason", "x"}).exit == 1);
  REQUIRE(shop.solnoma({"append", "production-started", "park/navoi", "--known", "2026-02-03",
                        "--fulfils", "s0-navoi-p"})
              .exit == 0);
  CHECK(contains(shop.exported(), R"("fulfils":["s0-navoi-production-planned"])"));
}

TEST_CASE("dates by their distance from today, in three languages") {
  const auto thursday = *day_from_text("2026-11-26");
  const std::pair<const char*, const char*> kDates[] = {
      {"today", "2026-11-26"},
      {"Yesterday", "2026-11-25"},
      {"вчера", "2026-11-25"},
      {"kecha", "2026-11-25"},
      {"tomorrow", "2026-11-27"},
      {"last tuesday", "2026-11-24"},
      {"last thursday", "2026-11-19"},
      {"next thursday", "2026-12-03"},
      {"в прошлую пятницу", "2026-11-20"},
      {"o'tgan seshanba", "2026-11-24"},
      {"this week", "2026-11-23/2026-11-29"},
      {"last month", "2026-10"},
      {"next quarter", "2027-33"},
      {"в следующем квартале", "2027-33"},
      {"oʻtgan yil", "2025"},
      {"в этом году", "2026"},
      {"3 weeks ago", "2026-11-05"},
      {"2 года назад", "2024-11-26"},
      {"5 kun oldin", "2026-11-21"},
  };
  for (const auto& [typed, edtf] : kDates) {
    CAPTURE(typed);
    CHECK(relative_date(typed, thursday) == edtf);
  }
  CHECK(relative_date("6 months ago", *day_from_text("2026-08-31")) == "2026-02-28");
  for (const char* none : {"", "last", "last park", "99999 days ago", "days ago", "2026"}) {
    CAPTURE(none);
    CHECK_FALSE(relative_date(none, thursday));
  }
}

TEST_CASE("a date that is typed as people write it is taken and echoed, whatever asks for it") {
  const Shipped shop;
  for (const char* typed : {"15.03.2022", "15 March 2022", "15 марта 2022", "2022-yil 15-mart"}) {
    CAPTURE(typed);
    const Run run = shop.solnoma({"status", "chirchik", "--as-of", typed});
    CHECK(run.out == shop.solnoma({"status", "chirchik", "--as-of", "2022-03-15"}).out);
    CHECK(run.err == "solnoma: '" + std::string(typed) + "' is read as 2022-03-15\n");
  }
  CHECK(shop.solnoma({"timeline", "--from", "март 2022", "--to", "2025-Q4"}).out ==
        shop.solnoma({"timeline", "--from", "2022-03", "--to", "2025-12"}).out);
  CHECK(contains(shop.solnoma({"--today", "2026-02-04", "append", "opened", "navoi", "--occurred",
                               "1 мая 2025", "--known", "yesterday"})
                     .out,
                 "recorded"));
  CHECK(contains(shop.exported(), R"("occurred":"2025-05-01","known":"2026-02-03")"));
}

TEST_CASE("a date that may be two, or is none, is wrong usage with what to write") {
  const Shipped shop;
  const Run two = shop.solnoma({"status", "--as-of", "05/04/2023"});
  CHECK(two.exit == 2);
  CHECK(contains(two.err, "2023-04-05 (the day first) or 2023-05-04 (the month first)"));
  for (const char* option : {"--occurred", "--known", "--published"}) {
    CAPTURE(option);
    const Run none = shop.solnoma({"append", "opened", "navoi", option, "2026-02-30"});
    CHECK(none.exit == 2);
    CHECK(contains(none.err, option));
  }
}
