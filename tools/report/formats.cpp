#include "tools/report/formats.hpp"

#include <algorithm>
#include <array>

#include "engine/check.hpp"
#include "tools/report/files/csv_report.hpp"
#include "tools/report/files/ics.hpp"
#include "tools/report/html/report.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/json/report_data.hpp"
#include "tools/report/svg/report.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/text/report.hpp"

namespace solnoma {
namespace {

constexpr auto kFormats = std::to_array<Format>({
    // name      report            timeline
    {"text", text_report, text_timeline},
    {"markdown", markdown_report, markdown_timeline},
    {"html", html_report, html_report},
    {"svg", svg_report, svg_marks},
    {"json", report_json, json_timeline},
    {"csv", csv_board, csv_timeline},
    {"ics", ics_timeline, ics_timeline},
});

}  // namespace

std::vector<std::string> format_names(Document document) {
  std::vector<std::string> names;
  for (const Format& format : kFormats)
    if (format.*document != nullptr) names.emplace_back(format.name);
  return names;
}

Outcome write_document(const Report& report, Document document, std::string_view format,
                       const Sink& sink) {
  const auto found = std::ranges::find(kFormats, format, &Format::name);
  SOLNOMA_CHECK(found != kFormats.end());
  return (found->*document)(report, sink);
}

}  // namespace solnoma
