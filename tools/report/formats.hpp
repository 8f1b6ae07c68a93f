#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/io/output.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// Writes a report piece by piece.
using Render = Outcome (*)(const Report&, const Sink&);

/// A form in which reports are written. A new one is a file with its functions, and a row in
/// the table of formats.cpp.
struct Format {
  std::string_view name;
  Render report;    ///< board, marks, plans, figures, sources; null: it cannot show that
  Render timeline;  ///< dated marks alone
};

/// What a format is asked to show.
using Document = Render Format::*;

/// The names of the formats that can show it: what --format takes.
[[nodiscard]] std::vector<std::string> format_names(Document document);

/// Precondition: one of format_names().
[[nodiscard]] Outcome write_document(const Report& report, Document document,
                                     std::string_view format, const Sink& sink);

}  // namespace solnoma
