#pragma once

#include <cstdint>
#include <string_view>

#include "events/edtf.hpp"

namespace solnoma {

enum class EdtfPrecision : std::uint8_t { year, season, month, day };

/// One date: what an interval has at its ends and a set has as members.
struct EdtfDate {
  Edtf meaning;
  EdtfPrecision precision = EdtfPrecision::year;
  bool unspecified = false;  ///< an X anywhere
};

/// Reads one date without a time of day, of any level.
/// Errors: invalid; `what` is the reason alone, for the caller to say of which text.
[[nodiscard]] Result<EdtfDate> read_edtf_date(std::string_view text);

}  // namespace solnoma
