// Dates that EDTF reads in one way and people in another.

#include "events/edtf/edtf_reading.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace solnoma;

TEST_CASE("a season says how it is read, and what to write if years were meant") {
  CHECK(in_words(edtf_reading("2021-22").value()) ==
        "'2021-22' is read as the summer of 2021 (2021-06-01 to 2021-08-31); for the year 2021/22 "
        "write 2021/2022");
  CHECK(in_words(edtf_reading("2021-24").value()) ==
        "'2021-24' is read as the winter of 2021 (2021-12-01 to 2022-02-28); for the years 2021 to "
        "2024 write 2021/2024");
  CHECK(in_words(edtf_reading("2026-35?").value()) ==
        "'2026-35' is read as the third quarter of 2026 (2026-07-01 to 2026-09-30)");
  CHECK(in_words(edtf_reading("2034-35").value()) ==
        "'2034-35' is read as the third quarter of 2034 (2034-07-01 to 2034-09-30); for the year "
        "2034/35 write 2034/2035");
  CHECK(in_words(edtf_reading("2024-21").value()) ==
        "'2024-21' is read as the spring of 2024 (2024-03-01 to 2024-05-31)");
}

TEST_CASE("of several seasons the one that looks like years is named") {
  CHECK(edtf_reading("2024-21/2024-25")->text == "2024-25");
  CHECK(edtf_reading("[2020,2021-22]")->text == "2021-22");
  CHECK(edtf_reading("2024-22..2024-23")->text == "2024-22");
}

TEST_CASE("what is no season is read as it stands") {
  for (const std::string text : {"2021", "2021-12", "2021-12-22", "2021/2022", "[2021..2022]",
                                 "2021-1X", "-0044-21", "2021-22-01T10:00:00", "1950S2", ""})
    CHECK_FALSE(edtf_reading(text));
}
