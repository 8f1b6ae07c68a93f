#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The timeline and, for a whole report, the charts below it: one picture (pictures.hpp). All
/// subjects are held at once; of many, the pictures draw the first and say so.
[[nodiscard]] Result<void> svg_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> svg_marks(const Report& report, const Sink& sink);

}  // namespace solnoma
