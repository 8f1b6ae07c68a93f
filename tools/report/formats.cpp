#include "tools/report/formats.hpp"

#include <algorithm>
#include <array>

#include "tools/report/files/csv_report.hpp"
#include "tools/report/files/ics.hpp"
#include "tools/report/files/oc4ids.hpp"
#include "tools/report/html/report.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/json/report_data.hpp"
#include "tools/report/svg/report.hpp"
#include "tools/report/text/answers.hpp"
#include "tools/report/text/report.hpp"

namespace solnoma {
namespace {

constexpr auto kFormats = std::to_array<Format>({
    // name      report            timeline           media type
    {"text", text_report, text_timeline, "text/plain; charset=utf-8"},
    {"markdown", markdown_report, markdown_timeline, "text/markdown; charset=utf-8"},
    {"html", html_report, html_report, "text/html; charset=utf-8"},
    {"svg", svg_report, svg_marks, "image/svg+xml"},
    {"json", report_json, json_timeline, "application/json"},
    {"csv", csv_board, csv_timeline, "text/csv; charset=utf-8; header=present"},
    {"ics", ics_timeline, ics_timeline, "text/calendar; charset=utf-8"},
    {"oc4ids", oc4ids_package, nullptr, "application/json"},
});

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &Format::name);
  return found != kFormats.end() ? &*found : nullptr;
}

std::vector<std::string> format_names(Document document) {
  std::vector<std::string> names;
  for (const Format& format : kFormats)
    if (format.*document != nullptr) names.emplace_back(format.name);
  return names;
}

}  // namespace solnoma
