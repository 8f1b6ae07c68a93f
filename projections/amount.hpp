#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace solnoma {

/// Which ends of a `between` do not belong to it: more than 4, less than 9 is between 4 and 9, both
/// excluded.
struct Excluded {
  bool value = false;
  bool upper = false;

  bool operator==(const Excluded&) const = default;
};

/// Where a number that is "about" something goes on beyond it: "about 150, or more".
enum class Open { none, above, below };

/// "above", "below"; "" where neither is.
[[nodiscard]] std::string_view name(Open open);

/// What a number says of its ends beside its bound.
struct Ends {
  Excluded excluded = {};  ///< of a `between`
  Open open = Open::none;  ///< of an `about`

  bool operator==(const Ends&) const = default;
};

/// One number as it is told: a quantity and its ends. What is told by one event has no open end,
/// and an upper value with `between` alone; a sum may be about a range.
struct Told {
  Quantity quantity;
  Ends ends = {};

  bool operator==(const Told&) const = default;
};

/// What an event tells: its quantities in their order. But where a lower and an upper bound are
/// told of the same measure, unit and period ("more than 4", "less than 9"), the two are one range,
/// in the place of the second. Each bound is paired once, with the first that it makes a range
/// with; bounds that contradict each other stay apart. "Slightly more than" is "more than" in a
/// range.
[[nodiscard]] std::vector<Told> told_by(const Event& event);

/// A number as far as its bound lets it be known, to add up. Sums are those of intervals:
///
/// | parts | sum |
/// |---|---|
/// | all exact | exact |
/// | exact, and some at-least | at-least the sum |
/// | the same, and some more-than or slightly-more-than | more-than the sum |
/// | exact, and some at-most | at-most the sum |
/// | the same, and some less-than | less-than the sum |
/// | exact, and some between | between the sum of lower and the sum of upper ends |
/// | between, and lower bounds | at-least or more-than the sum of lower ends |
/// | between, and upper bounds | at-most or less-than the sum of upper ends |
/// | a lower and an upper bound | about the sum: neither end is known |
/// | exact, and some about | about the sum |
/// | the same, and lower bounds | about the sum of lower ends, open above: "about 5, or more" |
/// | the same, and upper bounds | about the sum of upper ends, open below |
/// | about, exact and between | about a range: "about 4 to 9" |
///
/// An end of a sum is excluded as soon as that of one part is; that of an "about" never is. Where
/// neither end is known, a range counts as its middle. The order of parts makes no difference.
struct Amount {
  std::string low, high;    ///< the sums of lower and of upper values; what has but one is both
  bool open_below = false;  ///< some part has no lower end
  bool open_above = false;  ///< some part has no upper end
  Excluded excluded = {};   ///< `low`, `high`
  bool about = false;
};

/// Empty where the value is no decimal, which a newer program may have recorded.
[[nodiscard]] std::optional<Amount> amount_of(const Told& told);
[[nodiscard]] Amount sum(const Amount& a, const Amount& b);
/// Value, upper, bound and ends become those of the amount; what is measured stays.
void tell(const Amount& amount, Told& told);

}  // namespace solnoma
