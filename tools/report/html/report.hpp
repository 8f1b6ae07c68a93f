#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "engine/result.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// How many subjects a page shows at most: so many a browser opens with ease.
inline constexpr std::size_t kMostOnPage = 25'000;

/// A part of a page that is told from the report's own vantage alone.
struct PagePart {
  std::size_t count = 0;  ///< of what it tells
  std::string html;
};
/// What wants care in the subjects of a report.
using PageReview = std::function<Result<PagePart>(const Report&)>;

/// The report as one page that stands alone: everything is in the file, and nothing is asked of
/// any network. What it says without a script are the answers at the vantage; its script has
/// page_data() of the same subjects, and so answers for every other vantage. Of more subjects
/// than kMostOnPage it shows the first, and says so. The same report gives the same bytes. What
/// came from outside stays text. Errors: corrupt, io.
[[nodiscard]] Result<void> html_report(const Report& report, const PageReview& review,
                                       const Sink& sink);

}  // namespace solnoma
