#include "engine/day.hpp"

#include <doctest/doctest.h>

using namespace solnoma;

TEST_CASE("days are counted from 1970 in the proleptic Gregorian calendar") {
  CHECK(day_from_civil(1970, 1, 1) == Day{0});
  CHECK(day_from_civil(2000, 3, 1) == Day{11017});
  CHECK(day_from_civil(1969, 12, 31) == Day{-1});
  CHECK(day_from_civil(0, 2, 29).has_value());
  CHECK(*day_from_civil(2024, 3, 1) - *day_from_civil(2024, 2, 28) == 2);
  CHECK(*day_from_civil(9999, 12, 31) - *day_from_civil(-9999, 1, 1) == 7304483);
}

TEST_CASE("a day that the calendar has not is refused") {
  struct Civil {
    int year;
    unsigned month, day;
  };
  for (const auto [year, month, day] :
       {Civil{2023, 2, 29}, Civil{1900, 2, 29}, Civil{2024, 2, 30}, Civil{2024, 4, 31},
        Civil{2024, 0, 1}, Civil{2024, 13, 1}, Civil{2024, 1, 0}, Civil{2024, 1, 32},
        Civil{10000, 1, 1}, Civil{-10000, 1, 1}})
    CHECK(day_from_civil(year, month, day).error().code == Errc::invalid);
}

TEST_CASE("every day is read back from its text") {
  const Day first = day_from_civil(-9999, 1, 1).value();
  const Day last = day_from_civil(9999, 12, 31).value();
  CHECK(to_string(first) == "-9999-01-01");
  CHECK(to_string(last) == "9999-12-31");
  CHECK(to_string(day_from_civil(-44, 3, 15).value()) == "-0044-03-15");
  CHECK(to_string(day_from_civil(0, 1, 1).value()) == "0000-01-01");
  for (Day day = first; day <= last; day.number += 97) CHECK(day_from_text(to_string(day)) == day);
  CHECK(day_from_text(to_string(last)) == last);
}

TEST_CASE("a text that is no day is refused") {
  for (const char* text :
       {"", "-", "2022", "2022-03", "2022-3-31", "2022-03-1", "22-03-31", "02022-03-31",
        "2022/03/31", "2022-03-31 ", " 2022-03-31", "+2022-03-31", "2022-03-3x", "2022-0a-31",
        "--022-03-31", "2022-02-29", "20-2-03-31", "2022--3-31", "2022-03--1"})
    CHECK(day_from_text(text).error().code == Errc::invalid);
}

TEST_CASE("the open ends lie beyond every day and are none") {
  CHECK(kOpenPast < day_from_civil(-9999, 1, 1).value());
  CHECK(day_from_civil(9999, 12, 31).value() < kOpenFuture);
  CHECK(!is_calendar_day(kOpenPast));
  CHECK(!is_calendar_day(kOpenFuture));
  CHECK(kOpenFuture - kOpenPast == 4294967295);
}
