// Dates as people type them: the error names what to write.

#include "events/edtf/edtf_hint.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "events/edtf.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;

namespace {

struct Typed {
  std::string text, remedy;
};

void check_typed(const std::vector<Typed>& all) {
  for (const auto& [text, remedy] : all) {
    CAPTURE(text);
    const auto date = parse_edtf(text);
    REQUIRE_FALSE(date);
    CHECK(date.error().remedy == remedy);
  }
}

}  // namespace

TEST_CASE("a date with its parts in another order is answered with the date in EDTF") {
  check_typed({
      {"31.12.2024", "write 2024-12-31"},
      {"31.12.2024 г.", "write 2024-12-31"},
      {"1.2.2024", "write 2024-02-01"},
      {"31.12.24", "write 2024-12-31"},
      {"12/31/2024", "write 2024-12-31 (the month first)"},
      {"31/12/2024", "write 2024-12-31 (the day first)"},
      {"03/04/2024", "write 2024-04-03 (the day first) or 2024-03-04 (the month first)"},
      {"05/05/2024", "write 2024-05-05"},
      {"2024/05/31", "write 2024-05-31"},
      {"2024.05.31", "write 2024-05-31"},
      {"2024-5-1", "write 2024-05-01"},
      {"20240531", "write 2024-05-31"},
      {"03.2024", "write 2024-03"},
      {"3/2024", "write 2024-03"},
      {"2024-3", "write 2024-03"},
      {"2024.03", "write 2024-03"},
      {"202403", "write 2024-03"},
      {" 2022 ", "write 2022"},
      {"2024 г.", "write 2024"},
      {"2024-yil", "write 2024"},
  });
}

TEST_CASE("a month or a day in words is answered in English, Russian and Uzbek") {
  check_typed({
      {"May 2023", "write 2023-05"},
      {"мая 2023 года", "write 2023-05"},
      {"2023-yil may", "write 2023-05"},
      {"Jan. 2023", "write 2023-01"},
      {"5 May 2023", "write 2023-05-05"},
      {"May 5, 2023", "write 2023-05-05"},
      {"the 5th of May 2023", "write 2023-05-05"},
      {"05-May-2023", "write 2023-05-05"},
      {"5 мая 2023 г.", "write 2023-05-05"},
      {"В ДЕКАБРЕ 2023", "write 2023-12"},
      {"2023-yil 5-sentabr", "write 2023-09-05"},
      {"31 June 2023", "write a date such as 2022, 2022-03 or 2022-03-15"},
  });
}

TEST_CASE("a quarter, a half or a season is answered with its code") {
  check_typed({
      {"2026-Q3", "write 2026-35"},
      {"2026Q3", "write 2026-35"},
      {"Q3 2026", "write 2026-35"},
      {"3Q2026", "write 2026-35"},
      {"III квартал 2026 года", "write 2026-35"},
      {"3-й кв. 2026", "write 2026-35"},
      {"2026-yil 3-chorak", "write 2026-35"},
      {"2026-Q5", "write a date such as 2022, 2022-03 or 2022-03-15"},
      {"H1 2024", "write 2024-40"},
      {"2H2024", "write 2024-41"},
      {"первое полугодие 2024", "write 2024-40"},
      {"spring 2024", "write 2024-21"},
      {"осенью 2024 г.", "write 2024-23"},
      {"winter 2023/24", "write 2023-24"},
      {"winter 2024",
       "write 2024-24 (December 2024 to February 2025) or 2023-24 (the winter before)"},
      {"early 2024", "write 2024-37 (January to April)"},
      {"end of 2024", "write 2024-39 (September to December)"},
  });
}

TEST_CASE("two years are a time, or hold a day: both are named") {
  const std::string years = "write 2023/2024 (all of that time) or [2023..2024] (a day within)";
  for (const std::string text :
       {"2023-2024", "2023–2024", "2023 — 2024", "2023−2024", "2023 - 2024", "2023 to 2024",
        "2023–2024 гг.", "2023..2024", "from 2023 to 2024", "с 2023 по 2024 год"})
    check_typed({{text, years}});
  CHECK(parse_edtf("2023-2024").error().what ==
        "cannot read '2023-2024': it is two years with a hyphen between them");
  check_typed({
      {"2021/22", "write 2021/2022 (the two years)"},
      {"2021–22", "write 2021/2022 (the two years)"},
      {"2021–24", "write 2021/2024 (all of that time) or [2021..2024] (a day within)"},
      {"2011/12", "write 2011-12 (the month) or 2011/2012 (the two years)"},
      {"2024/05", "write 2024-05 (the month)"},
      {"2024–05", "write 2024-05 (the month)"},
      {"FY2021/22", "write 2021/2022"},
      {"03.2023 – 05.2023",
       "write 2023-03/2023-05 (all of that time) or [2023-03..2023-05] (a day within)"},
      {"2024–2023", "write a date such as 2022, 2022-03 or 2022-03-15"},
      {"2020 or 2021", "write [2020,2021]"},
      {"2020s", "write 202X (a year of that decade)"},
      {"2020-е годы", "write 202X (a year of that decade)"},
  });
}

TEST_CASE("a word before or after a date is answered with its sign") {
  check_typed({
      {"ca. 2020", "write 2020~"},
      {"около 2020 г.", "write 2020~"},
      {"about May 2020", "write 2020-05~"},
      {"2020 (?)", "write 2020?"},
      {"probably 2020", "write 2020?"},
      {"before 2020", "write [..2019] (without it) or [..2020] (with it)"},
      {"before 2020-03", "write [..2020-02-29] (without it) or [..2020-03] (with it)"},
      {"by 2020", "write [..2020]"},
      {"after 2020", "write [2021..]"},
      {"since 2020", "write 2020/.. (from then on) or [2020..] (a day not before)"},
      {"2020 -", "write 2020/.. (from then on) or [2020..] (a day not before)"},
      {"2020+", "write 2020/.. (from then on) or [2020..] (a day not before)"},
      {"2020/present", "write 2020/.. (from then on) or [2020..] (a day not before)"},
      {"2016-05-02 16:54", "write 2016-05-02"},
      {"2016-05-02T16:54Z", "write 2016-05-02"},
      {"TBD", "leave the date out where none is known"},
  });
}

TEST_CASE("before what has no beginning, and after what has no end, there is no date") {
  for (const std::string text :
       {">>2020", "after after 2020", "after since 2020", "<<2119", "before before 2119",
        "'^<<<`<<<<<2119/20", "after 2020/..", "before ../2020", "<-9999", ">9999",
        "after 9999-12-31", "before -9999-01-01"}) {
    CAPTURE(text);
    const auto date = parse_edtf(text);
    REQUIRE_FALSE(date);
    CHECK_FALSE(date.error().remedy.empty());
  }
}

TEST_CASE("an error never names a date that is no EDTF, and is quick to name one") {
  test::Random random{20261126};
  const std::vector<std::string> pieces = {
      "2020", "12", "-",     "–",  "/",  ".", " ",    "May",  "Q",      "H",
      "ca.",  "до", "since", "or", "?",  "+", ":",    "31",   "to",     "T",
      "..",   "s",  "<",     "г.", "fy", "b", "0000", "9999", "winter", "\xff"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = 1 + random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto date = parse_edtf(text);
    if (date) continue;
    CHECK_FALSE(date.error().remedy.empty());
  }
  std::string dashes = "2020";
  for (int i = 0; i < 23; ++i) dashes += i % 2 == 0 ? "–" : "2020";
  CHECK_FALSE(parse_edtf(dashes));
}
