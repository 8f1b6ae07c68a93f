#pragma once

#include <string_view>

#include "engine/day.hpp"
#include "engine/result.hpp"

namespace solnoma {

/// How a date is understood. Values of the Extended Date/Time Format:
/// ISO 8601-2:2019, as profiled by the Library of Congress specification of
/// February 2019 (https://www.loc.gov/standards/datetime/), levels 0 to 2.
struct Edtf {
  int level = 0;             ///< the lowest level (0, 1 or 2) that has this form
  Bounds bounds;             ///< first and last day; kOpenPast / kOpenFuture where open or unknown
  bool uncertain = false;    ///< a `?` or `%` anywhere
  bool approximate = false;  ///< a `~` or `%` anywhere

  bool operator==(const Edtf&) const = default;
};

/// Pure; thread-safe; linear in the length of the text, which is limited to 256 bytes.
///
/// - A date-time counts as its day; the time, which may have a fraction of a second, and the zone
///   are checked and dropped.
/// - `?`, `~` and `%` are reported and do not widen the bounds.
/// - An interval runs from the first day of its start to the last day of its end.
/// - A set, `[…]` (one of) or `{…}` (all of), runs from its first to its last member.
/// - `X` covers every digit that makes a real date (`2022-02-3X` is refused).
/// - Seasons 21-24 and 25-28 are the northern meteorological ones (21 = March to May;
///   24 = December to February of the next year), 29-32 the southern, 33-36 quarters,
///   37-39 four-month groups, 40-41 halves of the year.
/// - `1950S2` (two significant digits) covers 1900 to 1999.
///
/// Errors: invalid, saying what is wrong and what to write, for dates as people type them too
/// ("31.12.2024: write 2024-12-31"): malformed text, a day that
/// the calendar does not have, an interval or range that ends before it starts, and by
/// name a year outside -9999…9999 (also when written Y170000002 or Y17E8).
[[nodiscard]] Result<Edtf> parse_edtf(std::string_view text);

}  // namespace solnoma
