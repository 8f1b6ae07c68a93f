#include "tools/import/table/cells.hpp"

#include <fmt/format.h>

#include <utility>

namespace solnoma {
namespace {

using namespace std::string_view_literals;

/// What people hand in that is no table, by its first bytes.
constexpr std::pair<std::string_view, std::string_view> kNoTables[] = {
    {"\xD0\xCF\x11\xE0"sv, "an encrypted workbook, or one of Excel before 2007"},
    {"%PDF"sv, "a PDF document"},
    {"\x89PNG"sv, "a picture"},
    {"\xFF\xD8\xFF"sv, "a picture"},
    {"GIF8"sv, "a picture"},
    {"\x1F\x8B"sv, "a gzip archive"},
    {"Rar!"sv, "a RAR archive"},
    {"7z\xBC\xAF"sv, "a 7-Zip archive"},
    {"SQLite format 3"sv, "an SQLite database"},
    {"PAR1"sv, "a Parquet file"},
    {"{\\rtf"sv, "a text document"},
};

std::string_view without_space(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

}  // namespace

Result<TableKind> table_kind_of(const FileContent& file) {
  const std::string_view bytes = file.bytes();
  const auto no_table = [&](std::string_view what) {
    return at(file.name(), Error{Errc::invalid,
                                 fmt::format("it is {}, not a table", what),
                                 {},
                                 "save it as CSV, XLSX, ODS or GeoJSON"});
  };
  for (const auto& [magic, what] : kNoTables)
    if (bytes.starts_with(magic)) return no_table(what);
  if (bytes.starts_with("PK\x03\x04"sv)) return TableKind::workbook;
  const std::string_view text = without_space(bytes.substr(0, 4096));
  if (text.empty()) return no_table("empty");
  if (text.starts_with('<')) return no_table("a page or another XML document");
  if (text.starts_with('{')) return TableKind::geojson;
  return TableKind::text;
}

Result<std::unique_ptr<CellReader>> open_cells(const FileContent& file,
                                               const CellOptions& options) {
  auto kind = table_kind_of(file);
  if (!kind) return std::unexpected(kind.error());
  switch (*kind) {
    case TableKind::workbook:
      return open_workbook_cells(file, options);
    case TableKind::geojson:
      return open_geojson_cells(file);
    case TableKind::text:
      break;
  }
  return open_text_cells(file, options);
}

}  // namespace solnoma
