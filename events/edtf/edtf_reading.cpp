#include "events/edtf/edtf_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/edtf.hpp"
#include "events/edtf/edtf_season.hpp"
#include "events/text/digits.hpp"

namespace solnoma {
namespace {

constexpr unsigned kFirstCode = 21;
constexpr std::array<std::string_view, 21> kNames{"the spring",
                                                  "the summer",
                                                  "the autumn",
                                                  "the winter",
                                                  "the northern spring",
                                                  "the northern summer",
                                                  "the northern autumn",
                                                  "the northern winter",
                                                  "the southern spring",
                                                  "the southern summer",
                                                  "the southern autumn",
                                                  "the southern winter",
                                                  "the first quarter",
                                                  "the second quarter",
                                                  "the third quarter",
                                                  "the fourth quarter",
                                                  "the first four months",
                                                  "the middle four months",
                                                  "the last four months",
                                                  "the first half",
                                                  "the second half"};

/// YYYY-NN with a code of kNames.
struct Season {
  std::string_view text;
  std::string_view year;
  unsigned code = 0;

  /// The last two digits of a later year, in the same century: a span of years to most readers.
  /// Codes of quarters and halves are later than nearly every year: who writes one knows it.
  [[nodiscard]] bool is_like_years() const {
    constexpr unsigned kFirstQuarter = 33;
    return is_like_a_fiscal_year() ||
           (code < kFirstQuarter &&
            code > static_cast<unsigned>((year[2] - '0') * 10 + (year[3] - '0')));
  }
  [[nodiscard]] bool is_like_a_fiscal_year() const {
    return code == static_cast<unsigned>((year[2] - '0') * 10 + (year[3] - '0')) + 1;
  }
};

/// `part`: a date of EDTF, perhaps with qualifiers around it.
std::optional<Season> season_of(std::string_view part) {
  constexpr std::string_view kQualifiers = "?~%";
  while (!part.empty() && kQualifiers.contains(part.front())) part.remove_prefix(1);
  while (!part.empty() && kQualifiers.contains(part.back())) part.remove_suffix(1);
  if (part.size() != 7 || part[4] != '-') return std::nullopt;
  for (std::size_t i = 0; i < part.size(); ++i)
    if (i != 4 && !is_digit(part[i])) return std::nullopt;
  const unsigned code = static_cast<unsigned>((part[5] - '0') * 10 + (part[6] - '0'));
  if (!edtf_season(code)) return std::nullopt;
  return Season{part, part.substr(0, 4), code};
}

EdtfReading reading_of(const Season& season) {
  const Result<Edtf> date = parse_edtf(season.text);
  EdtfReading reading;
  reading.text = season.text;
  reading.words = fmt::format("{} of {}", kNames[season.code - kFirstCode], season.year);
  if (date)
    reading.words += fmt::format(" ({} to {})", to_string(date->bounds.earliest),
                                 to_string(date->bounds.latest));
  if (season.is_like_years())
    reading.instead = season.is_like_a_fiscal_year()
                          ? fmt::format("for the year {0}/{2} write {0}/{1}{2}", season.year,
                                        season.year.substr(0, 2), season.code)
                          : fmt::format("for the years {0} to {1}{2} write {0}/{1}{2}", season.year,
                                        season.year.substr(0, 2), season.code);
  return reading;
}

}  // namespace

std::optional<EdtfReading> edtf_reading(std::string_view text) {
  std::optional<EdtfReading> first;
  for (std::size_t begin = 0; begin < text.size();) {
    constexpr std::string_view kBetween = "/[]{},.";
    const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
    if (const auto season = season_of(text.substr(begin, end - begin))) {
      EdtfReading reading = reading_of(*season);
      if (!reading.instead.empty()) return reading;
      if (!first) first = std::move(reading);
    }
    begin = end + 1;
  }
  return first;
}

std::string in_words(const EdtfReading& reading) {
  return fmt::format("'{}' is read as {}{}{}", reading.text, reading.words,
                     reading.instead.empty() ? "" : "; ", reading.instead);
}

}  // namespace solnoma
