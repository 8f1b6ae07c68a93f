#include "events/edtf.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace solnoma;

namespace {

constexpr std::string_view kPast = "past";      // open or unknown start
constexpr std::string_view kFuture = "future";  // open or unknown end

std::string name_of(Day day) {
  if (day == kOpenPast) return std::string(kPast);
  if (day == kOpenFuture) return std::string(kFuture);
  return to_string(day);
}

/// What a text means. `flags` holds the qualifiers that apply: "", "?", "~" or "?~".
struct Meaning {
  std::string_view text;
  int level;
  std::string_view earliest;
  std::string_view latest;
  std::string_view flags = "";
};

template <std::size_t N>
void check_all(const std::array<Meaning, N>& table) {
  for (const Meaning& expected : table) {
    CAPTURE(expected.text);
    const Result<Edtf> read = parse_edtf(expected.text);
    const std::string problem = read ? "" : read.error().what;
    CHECK(problem == "");
    if (!read) continue;
    CHECK(read->level == expected.level);
    CHECK(name_of(read->bounds.earliest) == expected.earliest);
    CHECK(name_of(read->bounds.latest) == expected.latest);
    CHECK(read->uncertain == expected.flags.contains('?'));
    CHECK(read->approximate == expected.flags.contains('~'));
  }
}

/// What a text is refused for: a piece of the message.
struct Refusal {
  std::string_view text;
  std::string_view reason;
};

template <std::size_t N>
void check_refused(const std::array<Refusal, N>& table) {
  for (const Refusal& expected : table) {
    CAPTURE(expected.text);
    const Result<Edtf> read = parse_edtf(expected.text);
    CHECK_FALSE(read.has_value());
    if (read) continue;
    CAPTURE(read.error().what);
    CHECK(read.error().code == Errc::invalid);
    CHECK(read.error().what.contains(expected.text));
    CHECK(read.error().what.contains(expected.reason));
    CHECK(read.error().where == "");
    CHECK(read.error().remedy != "");
  }
}

// The examples of the specification, in its order. Five of them are beyond the calendar
// and stand in kSpecificationBeyond.

constexpr auto kSpecificationLevel0 = std::to_array<Meaning>({
    {"1985-04-12", 0, "1985-04-12", "1985-04-12"},
    {"1985-04", 0, "1985-04-01", "1985-04-30"},
    {"1985", 0, "1985-01-01", "1985-12-31"},
    {"1985-04-12T23:20:30", 0, "1985-04-12", "1985-04-12"},
    {"1985-04-12T23:20:30Z", 0, "1985-04-12", "1985-04-12"},
    {"1985-04-12T23:20:30-04", 0, "1985-04-12", "1985-04-12"},
    {"1985-04-12T23:20:30+04:30", 0, "1985-04-12", "1985-04-12"},
    {"1964/2008", 0, "1964-01-01", "2008-12-31"},
    {"2004-06/2006-08", 0, "2004-06-01", "2006-08-31"},
    {"2004-02-01/2005-02-08", 0, "2004-02-01", "2005-02-08"},
    {"2004-02-01/2005-02", 0, "2004-02-01", "2005-02-28"},
    {"2004-02-01/2005", 0, "2004-02-01", "2005-12-31"},
    {"2005/2006-02", 0, "2005-01-01", "2006-02-28"},
});

constexpr auto kSpecificationLevel1 = std::to_array<Meaning>({
    {"2001-21", 1, "2001-03-01", "2001-05-31"},
    {"1984?", 1, "1984-01-01", "1984-12-31", "?"},
    {"2004-06~", 1, "2004-06-01", "2004-06-30", "~"},
    {"2004-06-11%", 1, "2004-06-11", "2004-06-11", "?~"},
    {"201X", 1, "2010-01-01", "2019-12-31"},
    {"20XX", 1, "2000-01-01", "2099-12-31"},
    {"2004-XX", 1, "2004-01-01", "2004-12-31"},
    {"1985-04-XX", 1, "1985-04-01", "1985-04-30"},
    {"1985-XX-XX", 1, "1985-01-01", "1985-12-31"},
    {"1985-04-12/..", 1, "1985-04-12", kFuture},
    {"1985-04/..", 1, "1985-04-01", kFuture},
    {"1985/..", 1, "1985-01-01", kFuture},
    {"../1985-04-12", 1, kPast, "1985-04-12"},
    {"../1985-04", 1, kPast, "1985-04-30"},
    {"../1985", 1, kPast, "1985-12-31"},
    {"1985-04-12/", 1, "1985-04-12", kFuture},
    {"1985-04/", 1, "1985-04-01", kFuture},
    {"1985/", 1, "1985-01-01", kFuture},
    {"/1985-04-12", 1, kPast, "1985-04-12"},
    {"/1985-04", 1, kPast, "1985-04-30"},
    {"/1985", 1, kPast, "1985-12-31"},
    {"-1985", 1, "-1985-01-01", "-1985-12-31"},
});

constexpr auto kSpecificationLevel2 = std::to_array<Meaning>({
    {"1950S2", 2, "1900-01-01", "1999-12-31"},
    {"2001-34", 2, "2001-04-01", "2001-06-30"},
    {"[1667,1668,1670..1672]", 2, "1667-01-01", "1672-12-31"},
    {"[..1760-12-03]", 2, kPast, "1760-12-03"},
    {"[1760-12..]", 2, "1760-12-01", kFuture},
    {"[1760-01,1760-02,1760-12..]", 2, "1760-01-01", kFuture},
    {"[1667,1760-12]", 2, "1667-01-01", "1760-12-31"},
    {"[..1984]", 2, kPast, "1984-12-31"},
    {"{1667,1668,1670..1672}", 2, "1667-01-01", "1672-12-31"},
    {"{1960,1961-12}", 2, "1960-01-01", "1961-12-31"},
    {"{..1984}", 2, kPast, "1984-12-31"},
    {"2004-06-11%", 1, "2004-06-11", "2004-06-11", "?~"},  // repeated from level 1
    {"2004-06~-11", 2, "2004-06-11", "2004-06-11", "~"},
    {"2004?-06-11", 2, "2004-06-11", "2004-06-11", "?"},
    {"?2004-06-~11", 2, "2004-06-11", "2004-06-11", "?~"},
    {"2004-%06-11", 2, "2004-06-11", "2004-06-11", "?~"},
    {"156X-12-25", 2, "1560-12-25", "1569-12-25"},
    {"15XX-12-25", 2, "1500-12-25", "1599-12-25"},
    {"XXXX-12-XX", 2, "0000-12-01", "9999-12-31"},
    {"1XXX-XX", 2, "1000-01-01", "1999-12-31"},
    {"1XXX-12", 2, "1000-12-01", "1999-12-31"},
    {"1984-1X", 2, "1984-10-01", "1984-12-31"},
    {"2004-06-~01/2004-06-~20", 2, "2004-06-01", "2004-06-20", "~"},
    {"2004-06-XX/2004-07-03", 2, "2004-06-01", "2004-07-03"},
});

constexpr auto kSpecificationBeyond = std::to_array<Refusal>({
    {"Y170000002", "the year Y170000002 lies outside -9999 to 9999"},
    {"Y-170000002", "the year Y-170000002 lies outside -9999 to 9999"},
    {"Y-17E7", "the year Y-17E7 lies outside -9999 to 9999"},
    {"Y171010000S3", "the year Y171010000S3 lies outside -9999 to 9999"},
    {"Y3388E2S3", "the year Y3388E2S3 lies outside -9999 to 9999"},
});

}  // namespace

TEST_CASE("every example of the specification has its level, bounds and qualifiers") {
  check_all(kSpecificationLevel0);
  check_all(kSpecificationLevel1);
  check_all(kSpecificationLevel2);
  check_refused(kSpecificationBeyond);
  CHECK(kSpecificationLevel0.size() + kSpecificationLevel1.size() + kSpecificationLevel2.size() +
            kSpecificationBeyond.size() ==
        64);
}

TEST_CASE("what the rules of the specification exclude is refused") {
  check_refused(std::to_array<Refusal>({
      {"20050924", "has not four digits"},         // the basic format
      {"20050924T100000", "has not four digits"},  // the same with a time
      {"Y2006", "a Y goes only before"},           // Y only beyond four digits
      {"Y-0044", "a Y goes only before"},
      {"Y00002006", "a Y goes only before"},
      {"y170000002", "not a date"},  // capitals only, since 2019
      {"Y17e8", "not a date"},
      {"1950s2", "not a date"},
      {"1950p2", "not a date"},
      {"201u", "not a date"},
      {"201x", "not a date"},
      {"1985-04-12t23:20:30", "not a date"},
      {"1985-04-12T23:20:30z", "not a time zone"},
      {"2005-07-25T10:10:10Z/2006-01-01T10:10:10Z", "times of day"},
      {"2005-07-25/2006-01-01T10:10:10Z", "times of day"},
      {"1985/P1Y", "not a date"},  // durations
      {"P1Y/1985", "not a date"},
      {"[1667, 1668]", "not a date"},  // spaces
      {"[1760..1760-12]", "differ in precision"},
      {"{1760-12..1761-01-03}", "differ in precision"},
      {"[2001..2003-21]", "differ in precision"},
      {"2001-21^southernHemisphere", "not a date"},  // of the draft of 2012
      {"unknown/1985", "not a date"},
      {"1985/open", "not a date"},
      {"(1985)?-04", "not a date"},
  }));
}

TEST_CASE("seasons and other parts of a year have their months") {
  struct Part {
    int code;
    std::string_view first;
    std::string_view last;
  };
  constexpr auto kParts = std::to_array<Part>({
      {21, "2001-03-01", "2001-05-31"}, {22, "2001-06-01", "2001-08-31"},
      {23, "2001-09-01", "2001-11-30"}, {24, "2001-12-01", "2002-02-28"},
      {25, "2001-03-01", "2001-05-31"}, {26, "2001-06-01", "2001-08-31"},
      {27, "2001-09-01", "2001-11-30"}, {28, "2001-12-01", "2002-02-28"},
      {29, "2001-09-01", "2001-11-30"}, {30, "2001-12-01", "2002-02-28"},
      {31, "2001-03-01", "2001-05-31"}, {32, "2001-06-01", "2001-08-31"},
      {33, "2001-01-01", "2001-03-31"}, {34, "2001-04-01", "2001-06-30"},
      {35, "2001-07-01", "2001-09-30"}, {36, "2001-10-01", "2001-12-31"},
      {37, "2001-01-01", "2001-04-30"}, {38, "2001-05-01", "2001-08-31"},
      {39, "2001-09-01", "2001-12-31"}, {40, "2001-01-01", "2001-06-30"},
      {41, "2001-07-01", "2001-12-31"},
  });
  for (const Part& part : kParts) {
    const std::string text = fmt::format("2001-{}", part.code);
    check_all(std::array{Meaning{text, part.code <= 24 ? 1 : 2, part.first, part.last}});
  }
  check_all(std::to_array<Meaning>({
      {"2003-24", 1, "2003-12-01", "2004-02-29"},  // the next year is a leap year
      {"-0001-24", 1, "-0001-12-01", "0000-02-29"},
      {"-2001-34", 2, "-2001-04-01", "-2001-06-30"},
      {"2011-23~", 1, "2011-09-01", "2011-11-30", "~"},
      {"2011-%23", 2, "2011-09-01", "2011-11-30", "?~"},
      {"2003-22/2004-22", 1, "2003-06-01", "2004-08-31"},
      {"199X-21", 2, "1990-03-01", "1999-05-31"},
      {"9998-24", 1, "9998-12-01", "9999-02-28"},
      {"999X-24", 2, "9990-12-01", "9999-02-28"},
      {"[2001-21..2001-23]", 2, "2001-03-01", "2001-11-30"},
  }));
  check_refused(std::to_array<Refusal>({
      {"2001-20", "there is no month 20"},
      {"2001-42", "there is no month 42"},
      {"2001-21-01", "has no days"},
      {"2001-34-XX", "has no days"},
      {"2001-2X", "no day of the calendar"},  // X stands for months only
      {"9999-24", "the year 10000"},
      {"9999-30", "the year 10000"},
      {"2012-24/2012-21", "lies before"},
  }));
}

TEST_CASE("dates that the calendar does not have are refused") {
  check_all(std::to_array<Meaning>({
      {"2000-02-29", 0, "2000-02-29", "2000-02-29"},
      {"2024-02", 0, "2024-02-01", "2024-02-29"},
      {"2100-02", 0, "2100-02-01", "2100-02-28"},
      {"0000", 0, "0000-01-01", "0000-12-31"},
      {"0000-02-29", 0, "0000-02-29", "0000-02-29"},
      {"-0004-02-29", 1, "-0004-02-29", "-0004-02-29"},
      {"9999-12-31", 0, "9999-12-31", "9999-12-31"},
      {"-9999-01-01", 1, "-9999-01-01", "-9999-01-01"},
  }));
  check_refused(std::to_array<Refusal>({
      {"2022-02-29", "has no day 29"},
      {"1900-02-29", "has no day 29"},
      {"1960-06-31", "has no day 31"},
      {"2022-01-00", "has no day 00"},
      {"2022-01-32", "has no day 32"},
      {"2022-00", "there is no month 00"},
      {"2022-13", "there is no month 13"},
      {"2022-13-01", "there is no month 13"},
      {"-0000", "the year zero has no sign"},
      {"-0000-01-01", "the year zero has no sign"},
      {"-0000-XX", "the year zero has no sign"},
  }));
}

TEST_CASE("a date-time counts as its day once its time and zone are sound") {
  check_all(std::to_array<Meaning>({
      {"2004-01-01T00:00:00", 0, "2004-01-01", "2004-01-01"},
      {"2004-01-01T24:00:00Z", 0, "2004-01-01", "2004-01-01"},
      {"2016-12-31T23:59:60Z", 0, "2016-12-31", "2016-12-31"},
      {"2017-01-01T05:29:60+05:30", 0, "2017-01-01", "2017-01-01"},
      {"2016-12-31T18:59:60-05", 0, "2016-12-31", "2016-12-31"},
      {"2017-01-01T00:59:60", 0, "2017-01-01", "2017-01-01"},
      {"2004-01-01T10:10:10+00:59", 0, "2004-01-01", "2004-01-01"},
      {"2004-01-01T10:10:10+00:00", 0, "2004-01-01", "2004-01-01"},
      {"2004-01-01T10:10:10-23:59", 0, "2004-01-01", "2004-01-01"},
      {"-1985-04-12T23:20:30-04", 1, "-1985-04-12", "-1985-04-12"},
      {"2016-05-02T16:54:59.042Z", 0, "2016-05-02", "2016-05-02"},
      {"2016-05-02T23:54:59,5+05:00", 0, "2016-05-02", "2016-05-02"},
      {"2016-12-31T23:59:60.999Z", 0, "2016-12-31", "2016-12-31"},
      {"2016-05-02T24:00:00.000", 0, "2016-05-02", "2016-05-02"},
  }));
  check_refused(std::to_array<Refusal>({
      {"2004-01-01T", "not a time of day"},
      {"2004-01-01T10", "not a time of day"},
      {"2004-01-01T10:10", "not a time of day"},
      {"2004-01-01T1:10:10", "not a time of day"},
      {"2004-01-01T10:10:1", "not a time of day"},
      {"2004-01-01T10.10.10", "not a time of day"},
      {"2004-01-01T+1:10:10", "not a time of day"},
      {"2004-01-01T24:00:01", "has no time"},
      {"2004-01-01T25:00:00", "has no time"},
      {"2004-01-01T10:60:00", "has no time"},
      {"2004-01-01T10:10:61", "has no time"},
      {"2004-01-01T12:30:60Z", "has no time"},
      {"2004-01-01T23:59:60+01", "has no time"},
      {"2004-01-01T12:30:60", "has no time"},
      {"2004-01-01T10:10:10.", "not a time zone"},
      {"2004-01-01T10:10:10.5.5", "not a time zone"},
      {"2004-01-01T24:00:00.5", "has no time"},
      {"2004-01-01T10:10:10ZZ", "not a time zone"},
      {"2004-01-01T10:10:10Z+01", "not a time zone"},
      {"2004-01-01T10:10:10+0100", "not a time zone"},
      {"2004-01-01T10:10:10+1", "not a time zone"},
      {"2004-01-01T10:10:10+01:0", "not a time zone"},
      {"2004-01-01T10:10:10+01:00:00", "not a time zone"},
      {"2004-01-01T10:10:10?", "not a time zone"},
      {"2004-01-01T10:10:10+24", "beyond 23:59"},
      {"2004-01-01T10:10:10-05:60", "beyond 23:59"},
      {"2004-01-01T10:10:10-00:00", "zone of zero"},
      {"2004-01-01T10:10:10-00", "zone of zero"},
      {"2004-01T10:10:10", "only a full date"},
      {"2004-01-XXT10:10:10", "only a full date"},
      {"2004-01-01~T10:10:10", "only a full date"},
      {"2004-02-30T10:10:10", "has no day 30"},
  }));
}

TEST_CASE("long years are read by value, or refused by name without overflow") {
  check_all(std::to_array<Meaning>({
      {"Y17E2", 2, "1700-01-01", "1700-12-31"},
      {"Y-44E1", 2, "-0440-01-01", "-0440-12-31"},
      {"Y17E02", 2, "1700-01-01", "1700-12-31"},
      {"Y0E999999999", 2, "0000-01-01", "0000-12-31"},
      {"Y17E2S1", 2, "1000-01-01", "1999-12-31"},
      {"Y-17E2S2", 2, "-1799-01-01", "-1700-12-31"},
      {"1950S1", 2, "1000-01-01", "1999-12-31"},
      {"1950S3", 2, "1950-01-01", "1959-12-31"},
      {"1950S4", 2, "1950-01-01", "1950-12-31"},
      {"1950S5", 2, "1950-01-01", "1950-12-31"},
      {"1950S99999999999999999999", 2, "1950-01-01", "1950-12-31"},
      {"-1950S2", 2, "-1999-01-01", "-1900-12-31"},
      {"0950S2", 2, "0950-01-01", "0959-12-31"},
      {"0000S1", 2, "0000-01-01", "0000-12-31"},
      {"1950S2~", 2, "1900-01-01", "1999-12-31", "~"},
      {"?Y17E2", 2, "1700-01-01", "1700-12-31", "?"},
      {"1950S2/..", 2, "1900-01-01", kFuture},
  }));
  check_refused(std::to_array<Refusal>({
      {"Y10000", "lies outside -9999 to 9999"},
      {"Y-10000", "lies outside -9999 to 9999"},
      {"Y1E4", "lies outside -9999 to 9999"},
      {"Y17E8", "the year Y17E8 lies outside -9999 to 9999"},
      {"Y17E999999999", "the year Y17E999999999 lies outside -9999 to 9999"},
      {"Y17E99999999999999999999999999", "lies outside -9999 to 9999"},
      {"Y99999999999999999999999999999", "lies outside -9999 to 9999"},
      {"Y170000002/..", "lies outside -9999 to 9999"},
      {"[1984,Y17E8]", "lies outside -9999 to 9999"},
      {"Y17E0", "not a positive number"},
      {"Y17E", "not a positive number"},
      {"1950S0", "is not positive"},
      {"1950S", "is not positive"},
      {"Y-0E5", "the year zero has no sign"},
      {"Y", "not a date"},
      {"Y-", "not a date"},
      {"YE5", "not a date"},
      {"Y1.7E3", "not a date"},
      {"Y17E-2", "not a positive number"},
      {"Y17S2E2", "not a date"},
      {"Y17000000X", "not a date"},
      {"19XXS2", "not a date"},
      {"195S2", "not a date"},
      {"1950S2S2", "not a date"},
      {"1950S2-12", "no months or days"},
      {"Y17E2-12-01", "no months or days"},
      {"12345", "has not four digits"},
      {"206", "has not four digits"},
      {"+2006", "not a date"},
  }));
}

TEST_CASE("unspecified digits cover the real dates that they can stand for") {
  check_all(std::to_array<Meaning>({
      {"XXXX", 2, "0000-01-01", "9999-12-31"},
      {"1XXX", 2, "1000-01-01", "1999-12-31"},
      {"2X22", 2, "2022-01-01", "2922-12-31"},
      {"-201X", 1, "-2019-01-01", "-2010-12-31"},
      {"-XXXX", 2, "-9999-01-01", "-0001-12-31"},
      {"-000X-02-29", 2, "-0008-02-29", "-0004-02-29"},
      {"2022-02-XX", 1, "2022-02-01", "2022-02-28"},
      {"2024-02-XX", 1, "2024-02-01", "2024-02-29"},
      {"2022-0X", 2, "2022-01-01", "2022-09-30"},
      {"2022-X2", 2, "2022-02-01", "2022-12-31"},
      {"2022-XX-31", 2, "2022-01-31", "2022-12-31"},
      {"2022-0X-31", 2, "2022-01-31", "2022-08-31"},
      {"2022-X1-31", 2, "2022-01-31", "2022-01-31"},
      {"2022-02-2X", 2, "2022-02-20", "2022-02-28"},
      {"2022-03-3X", 2, "2022-03-30", "2022-03-31"},
      {"2022-03-X0", 2, "2022-03-10", "2022-03-30"},
      {"XXXX-02-29", 2, "0000-02-29", "9996-02-29"},
      {"19XX-02-29", 2, "1904-02-29", "1996-02-29"},
      {"1X00-02-29", 2, "1200-02-29", "1600-02-29"},
      {"202X-02-XX", 2, "2020-02-01", "2029-02-28"},
      {"201X-XX-XX", 2, "2010-01-01", "2019-12-31"},
      {"201X?", 1, "2010-01-01", "2019-12-31", "?"},
      {"2004-?XX", 2, "2004-01-01", "2004-12-31", "?"},
      {"201X/2020", 2, "2010-01-01", "2020-12-31"},
      {"1987/..", 1, "1987-01-01", kFuture},
      {"198X/..", 2, "1980-01-01", kFuture},
      {"[201X,203X..]", 2, "2010-01-01", kFuture},
  }));
  check_refused(std::to_array<Refusal>({
      {"2022-02-3X", "no day of the calendar"},
      {"2022-4X", "no day of the calendar"},
      {"2022-X4-31", "no day of the calendar"},
      {"2022-XX-4X", "no day of the calendar"},
      {"2022-00-XX", "no day of the calendar"},
      {"202X-13", "no day of the calendar"},
      {"XXX1-02-29", "no day of the calendar"},
      {"1900-02-X9-1X", "not a date"},
      {"XX", "not a date"},
      {"XXXXX", "not a date"},
      {"2022-X", "not a date"},
      {"2022-03-XXX", "not a date"},
  }));
}

TEST_CASE("qualifiers are found on either side of each part of a date") {
  check_all(std::to_array<Meaning>({
      {"?2004", 2, "2004-01-01", "2004-12-31", "?"},
      {"~2004-06", 2, "2004-06-01", "2004-06-30", "~"},
      {"2004?-~06", 2, "2004-06-01", "2004-06-30", "?~"},
      {"?2004-06-04~", 2, "2004-06-04", "2004-06-04", "?~"},
      {"2004-06-?11", 2, "2004-06-11", "2004-06-11", "?"},
      {"?2004?-?06?-?11?", 2, "2004-06-11", "2004-06-11", "?"},
      {"?-2004-06-04", 2, "-2004-06-04", "-2004-06-04", "?"},
      {"-2004~", 1, "-2004-01-01", "-2004-12-31", "~"},
      {"1984?/2004-06~", 1, "1984-01-01", "2004-06-30", "?~"},
      {"1984%/..", 1, "1984-01-01", kFuture, "?~"},
      {"2003-06-11%/2004-%06", 2, "2003-06-11", "2004-06-30", "?~"},
      {"[1667?,1668]", 2, "1667-01-01", "1668-12-31", "?"},
      {"{1667,1670..1672~}", 2, "1667-01-01", "1672-12-31", "~"},
  }));
  check_refused(std::to_array<Refusal>({
      {"2004??", "two qualifiers"},
      {"2004?~-06", "two qualifiers"},
      {"2004-06-?", "not a date"},
      {"?", "not a date"},
      {"20?04", "not a date"},
      {"2004-0?6", "not a date"},
      {"[1667,1668]?", "no ']' at its end"},
      {"1984/..?", "not a date"},
  }));
}

TEST_CASE("an interval needs one date at least and must not end before it starts") {
  check_all(std::to_array<Meaning>({
      {"2004-06/2004", 0, "2004-06-01", "2004-12-31"},
      {"2004/2004-06", 0, "2004-01-01", "2004-06-30"},
      {"2004-06-11/2004-06", 0, "2004-06-11", "2004-06-30"},
      {"2004-06-11/2004-06-11", 0, "2004-06-11", "2004-06-11"},
      {"-1000/-0999", 1, "-1000-01-01", "-0999-12-31"},
      {"-0001-12-31/0000-01-01", 1, "-0001-12-31", "0000-01-01"},
      {"?2004/", 2, "2004-01-01", kFuture, "?"},
  }));
  check_refused(std::to_array<Refusal>({
      {"/", "a date at one end"},
      {"../..", "a date at one end"},
      {"../", "a date at one end"},
      {"/..", "a date at one end"},
      {"2004/2003", "'2003' lies before '2004'"},
      {"2004-06-11/2004-06-10", "lies before"},
      {"-1000/-2000", "lies before"},
      {"0000/-0001", "lies before"},
      {"2004/2005/2006", "more than one '/'"},
      {"2004//2005", "more than one '/'"},
      {"03/15/2022", "more than one '/'"},
      {"2004/2005-13", "in '2005-13', there is no month 13"},
      {"2000/12-12", "has not four digits"},
      {"[1984]/1985", "no ']' at its end"},
      {"1984/[1985]", "not a date"},
  }));
}

TEST_CASE("a set runs from its first to its last member, in whatever order they stand") {
  check_all(std::to_array<Meaning>({
      {"[1984]", 2, "1984-01-01", "1984-12-31"},
      {"[1760-12,1667,1700]", 2, "1667-01-01", "1760-12-31"},
      {"{1760-12..}", 2, "1760-12-01", kFuture},
      {"[1700,1660..]", 2, "1660-01-01", kFuture},
      {"[..1667,1760..]", 2, kPast, kFuture},
      {"{-1640-06..-1200-01}", 2, "-1640-06-01", "-1200-01-31"},
      {"[1640-02-12..1640-02-12]", 2, "1640-02-12", "1640-02-12"},
      {"[1950S2,Y2E3]", 2, "1900-01-01", "2000-12-31"},
  }));
  check_refused(std::to_array<Refusal>({
      {"[]", "not a date"},
      {"{}", "not a date"},
      {"[", "no ']' at its end"},
      {"[1984", "no ']' at its end"},
      {"[1984}", "no ']' at its end"},
      {"{1984]", "no '}' at its end"},
      {"1984]", "not a date"},
      {"[1984,]", "not a date"},
      {"[,1984]", "not a date"},
      {"[..]", "'..' stands without a date"},
      {"[1984,..]", "'..' stands without a date"},
      {"[..1984..]", "not a date"},
      {"[1667..1670..1672]", "not a date"},
      {"[1667,..1984]", "'..' is open inside the list"},
      {"[1667..,1984]", "'..' is open inside the list"},
      {"[1672..1670]", "'1670' lies before '1672'"},
      {"[1670...1672]", "not a date"},
      {"[[1984]]", "not a date"},
      {"[1984/1985]", "not a date"},
      {"[1984-01-01T10:00:00]", "times of day"},
      {"1984..1985", "not a date"},
      {"..", "not a date"},
  }));
}

TEST_CASE("an error quotes the text and tells what to write") {
  const Result<Edtf> words = parse_edtf("last year");
  REQUIRE_FALSE(words.has_value());
  CHECK(words.error() == Error{Errc::invalid, "cannot read 'last year': it is not a date", "",
                               "write a date such as 2022, 2022-03 or 2022-03-15"});

  const Result<Edtf> empty = parse_edtf("");
  REQUIRE_FALSE(empty.has_value());
  CHECK(empty.error().what == "cannot read '': it is empty");

  check_refused(std::to_array<Refusal>({
      {" 2022", "not a date"},
      {"2022 ", "not a date"},
      {"2022-3", "the month 3 has not two digits"},
      {"2022-03-5", "the day 5 has not two digits"},
      {"2022-", "not a date"},
      {"2022--03", "not a date"},
      {"2022-03-15-", "not a date"},
      {"2022-03-15-01", "not a date"},
      {"-", "not a date"},
      {"--2022", "not a date"},
      {"15.03.2022", "not a date"},
      {"Tuesday", "not a date"},
      {"März 2022", "not a date"},
      {std::string_view("2022\0", 5), "not a date"},
  }));
}

TEST_CASE("an error shows only the beginning of a long text, in whole characters") {
  std::string umlauts = "a";  // shifts the two-byte characters to odd places
  while (umlauts.size() < 200) umlauts += "ä";
  const Result<Edtf> read = parse_edtf(umlauts);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().what == "cannot read '" + umlauts.substr(0, 59) + "…': it is not a date");

  const Result<Edtf> long_year = parse_edtf("Y" + std::string(255, '9'));
  REQUIRE_FALSE(long_year.has_value());
  CHECK(long_year.error().what.contains("lies outside -9999 to 9999"));
  CHECK(long_year.error().what.size() < 250);
}

TEST_CASE("a text of 256 bytes is read and a longer one refused") {
  std::string set = "[1984";  // 5 bytes, and 5 for each member: 255 before the bracket
  while (set.size() < 255) set += ",1985";
  set += "]";
  REQUIRE(set.size() == 256);
  CHECK(parse_edtf(set).has_value());

  const Result<Edtf> longer = parse_edtf(std::string(257, '1'));
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().what.contains("longer than 256 bytes"));
}

namespace {

constexpr std::uint64_t kEdtfSeed = 20190204;  // the day of the specification

/// Below `limit`. Not a std distribution: those differ between libraries.
std::size_t below(test::Random& random, std::size_t limit) {
  return static_cast<std::size_t>(random() % limit);
}

/// A calendar of its own, so that a mistake in the other one is seen.
bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
int days_in(int year, int month) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap(year) ? 1 : 0);
}

bool fits(std::string_view pattern, std::string_view text) {
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (pattern[i] != 'X' && pattern[i] != text[i]) return false;
  return pattern.size() <= text.size();
}

/// Goes through the days of all years from one end until a day matches. Days of years
/// that cannot match are passed over, which is what makes the whole test affordable.
std::optional<std::string> first_match(std::string_view pattern, bool backwards) {
  const bool negative = pattern.starts_with('-');
  if (negative) pattern.remove_prefix(1);
  const auto step = [&](int i, int count, bool reversed) { return reversed ? count - 1 - i : i; };
  for (int y = negative ? 1 : 0; y <= 9999; ++y) {
    // The absolute year falls as time goes on before year zero.
    const int absolute = backwards != negative ? 9999 - y + (negative ? 1 : 0) : y;
    const std::string year = fmt::format("{:04}", absolute);
    if (!fits(pattern.substr(0, 4), year)) continue;
    for (int m = 0; m < 12; ++m) {
      const int month = step(m, 12, backwards) + 1;
      const int days = days_in(negative ? -absolute : absolute, month);
      for (int d = 0; d < days; ++d) {
        const std::string day =
            fmt::format("{}-{:02}-{:02}", year, month, step(d, days, backwards) + 1);
        if (fits(pattern, day)) return (negative ? "-" : "") + day;
      }
    }
  }
  return std::nullopt;
}

/// A date cut to some precision, with some digits made X, and often one made wrong.
std::string random_pattern(test::Random& random) {
  const int year = static_cast<int>(below(random, 10000));
  const int month = static_cast<int>(below(random, 12)) + 1;
  const int day =
      static_cast<int>(below(random, static_cast<std::size_t>(days_in(year, month)))) + 1;
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (below(random, 8) == 0) text = text.substr(0, 4) + "-02-29";
  constexpr std::array<std::size_t, 4> kLengths{4, 7, 10, 10};
  text.resize(kLengths[below(random, kLengths.size())]);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    // The first two digits of the year stay more often: scanning for them takes time.
    if (below(random, i < 2 ? 6 : 3) == 0)
      text[i] = 'X';
    else if (i > 4 && below(random, 12) == 0)
      text[i] = static_cast<char>('0' + below(random, 10));
  }
  if (!text.contains('X')) text.back() = 'X';
  return below(random, 4) == 0 ? "-" + text : text;
}

}  // namespace

TEST_CASE("bounds of unspecified digits are those found by going through the calendar") {
  CAPTURE(kEdtfSeed);
  test::Random random{kEdtfSeed};
  int real = 0;
  int unreal = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string text = random_pattern(random);
    // A month of 21 to 41 is a season, and not of this test.
    if (text.size() == 7 + (text[0] == '-' ? 1 : 0) && !text.ends_with("X") &&
        text[text.size() - 2] >= '2' && text[text.size() - 2] <= '4')
      continue;
    CAPTURE(text);
    const std::optional<std::string> earliest = first_match(text, false);
    const Result<Edtf> read = parse_edtf(text);
    REQUIRE(read.has_value() == earliest.has_value());
    ++(read ? real : unreal);
    if (!read) continue;
    CHECK(name_of(read->bounds.earliest) == *earliest);
    CHECK(name_of(read->bounds.latest) == first_match(text, true));
  }
  CHECK(real > 150);  // neither kind is tested by chance only
  CHECK(unreal > 15);
}

TEST_CASE("damaged texts are refused or have an earliest day that is not after the latest") {
  CAPTURE(kEdtfSeed);
  test::Random random{kEdtfSeed};
  std::vector<std::string> seeds;
  for (const Meaning& example : kSpecificationLevel0) seeds.emplace_back(example.text);
  for (const Meaning& example : kSpecificationLevel1) seeds.emplace_back(example.text);
  for (const Meaning& example : kSpecificationLevel2) seeds.emplace_back(example.text);
  for (const Refusal& example : kSpecificationBeyond) seeds.emplace_back(example.text);
  constexpr std::string_view kAlphabet = "0123456789X-/.,[]{}?~%YEST:Z+ \xff";

  int accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = seeds[below(random, seeds.size())];
    for (std::size_t edits = 1 + below(random, 3); edits > 0; --edits) {
      const std::size_t at = below(random, text.size() + 1);
      const char letter = kAlphabet[below(random, kAlphabet.size())];
      switch (below(random, 4)) {
        case 0:
          text.insert(at, 1, letter);
          break;
        case 1:
          text.erase(at, 1);
          break;
        case 2:
          text.insert(at, seeds[below(random, seeds.size())]);
          break;
        default:
          if (at < text.size()) text[at] = letter;
      }
    }
    const Result<Edtf> read = parse_edtf(text);
    if (!read) {
      if (read.error().code == Errc::invalid && !read.error().remedy.empty()) continue;
      FAIL_CHECK("an error without a remedy for " << text);
    } else if (read->bounds.earliest > read->bounds.latest || read->level < 0 || read->level > 2) {
      FAIL_CHECK("impossible bounds or level for " << text);
    } else {
      ++accepted;
    }
  }
  CHECK(accepted > 1000);
}
