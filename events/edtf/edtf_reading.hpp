#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace solnoma {

/// How EDTF reads a date that people may have meant otherwise.
struct EdtfReading {
  std::string text;     ///< the part of the date that it is about: "2021-22"
  std::string words;    ///< "the summer of 2021 (2021-06-01 to 2021-08-31)"
  std::string instead;  ///< what to write for the other meaning; empty: there hardly is one
};

/// The first season, quarter or other part of a year in a date; of several, one that looks like
/// years (2021-22 is often a fiscal year, 2021-24 four years). Nothing where there is none.
/// Precondition: `text` is EDTF. Pure; linear.
[[nodiscard]] std::optional<EdtfReading> edtf_reading(std::string_view text);

/// "'2021-22' is read as the summer of 2021 (…); for the year 2021/22 write 2021/2022"
[[nodiscard]] std::string in_words(const EdtfReading& reading);

}  // namespace solnoma
