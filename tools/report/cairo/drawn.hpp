#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/svg/report.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The pictures of a report (svg/report.hpp), drawn by librsvg and cairo, which are named here
/// alone and loaded when they are needed. Errors: those of svg_pages(); unavailable where they are
/// not there; io.

/// One picture, with a pixel for each unit.
[[nodiscard]] Result<void> png_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> png_marks(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> png_pictures(const Report& report, const PictureOptions& options,
                                        const Sink& sink);

/// A page for each picture, 96 units an inch.
[[nodiscard]] Result<void> pdf_report(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> pdf_marks(const Report& report, const Sink& sink);
[[nodiscard]] Result<void> pdf_pictures(const Report& report, const PictureOptions& options,
                                        const Sink& sink);

}  // namespace solnoma
