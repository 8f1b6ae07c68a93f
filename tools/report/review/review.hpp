#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "tools/report/html/report.hpp"
#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// The formats of a review: those of articles, json and csv.
[[nodiscard]] std::vector<std::string> review_formats();

/// What wants care in a report's subjects (findings.hpp), by kinds, within a kind by subject. Of
/// events and plans, those that the report's selection asks for. Precondition: `format` is one of
/// review_formats(). The same report gives the same bytes. Memory: all that is told, and the names
/// of the subjects. Errors: corrupt, damaged_index, io.
[[nodiscard]] Result<void> write_review(const Report& report, std::string_view format,
                                        const Sink& sink);

/// The same as a part of the report's page: each kind is opened by the reader, and shows the first
/// 200 that it has.
[[nodiscard]] Result<PagePart> review_on_page(const Report& report);

}  // namespace solnoma
