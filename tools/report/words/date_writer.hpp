#pragma once

#include <string>
#include <string_view>

#include "engine/day.hpp"
#include "events/edtf/edtf_date.hpp"
#include "events/event.hpp"
#include "tools/report/words/dates.hpp"

namespace solnoma {

/// What dates.cpp puts dates together from: the sentences about a day, a month, a year, a part
/// of a year, and two of them. Every day here is one of the calendar, from the year 1 on.

struct Civil {
  int year;
  unsigned month, day;
};
[[nodiscard]] Civil civil(Day day);

/// Fills the places that the catalogues have for dates.
class DateWriter {
 public:
  explicit DateWriter(Language language) : language_(language) {}

  [[nodiscard]] std::string_view pattern(std::string_view english) const;
  [[nodiscard]] Language language() const { return language_; }

  /// A translated pattern about one day, or the month or year in which it lies.
  [[nodiscard]] std::string one(std::string_view translated, Day at) const;

  /// A pattern about two; `year` and `month` are those of the second.
  [[nodiscard]] std::string two(std::string_view english, Bounds at) const;

 private:
  [[nodiscard]] std::string_view month_in(unsigned month) const;

  Language language_;
};

/// How sure the source is of a date.
struct Qualifier {
  bool uncertain, approximate;
  [[nodiscard]] bool none() const { return !uncertain && !approximate; }
};

/// "approximately in spring 2024".
[[nodiscard]] std::string qualified(std::string text, Qualifier qualifier, const DateWriter& write);

/// A whole day, month or year: "in March 2022".
[[nodiscard]] std::string plain(Day at, EdtfPrecision precision, Qualifier qualifier,
                                const DateWriter& write, Wording wording);

/// Between two whole days, months or years, whichever is said of both.
[[nodiscard]] std::string between(Bounds bounds, EdtfPrecision precision, const DateWriter& write);

/// A season, quarter, third or half of a year by its code in EDTF, 21 to 41.
[[nodiscard]] std::string season_in_words(unsigned code, Bounds bounds, const DateWriter& write);

}  // namespace solnoma
