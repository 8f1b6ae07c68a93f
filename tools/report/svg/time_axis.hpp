#pragma once

#include <string>

#include "events/event.hpp"
#include "tools/report/svg/time_scale.hpp"

namespace solnoma {

/// The axis of a picture in time: years and months in the language above `top`, lines from
/// there to `bottom`. Its labels take 22 above `top`.
[[nodiscard]] std::string svg_time_axis(const TimeScale& scale, double top, double bottom,
                                        Language language);

/// The names of the years and months alone, on a line of text.
[[nodiscard]] std::string svg_time_labels(const TimeScale& scale, double y, Language language);

/// The signs where years are left out, from `top` to `bottom`; drawn over what they cut.
[[nodiscard]] std::string svg_breaks(const TimeScale& scale, double top, double bottom);

/// The day of the question: a line, and its name above the axis. Nothing for an open end.
[[nodiscard]] std::string svg_as_of(const TimeScale& scale, Day as_of, double top, double bottom,
                                    Language language);

}  // namespace solnoma
