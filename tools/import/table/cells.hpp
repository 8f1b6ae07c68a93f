#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "tools/import/file_content.hpp"

namespace solnoma {

/// One row of a table, as text.
struct CellRow {
  std::size_t line =
      0;  ///< of a text, where it begins; of a sheet, its row; of GeoJSON, its feature
  std::vector<std::string> cells;
  std::string problem;   ///< why it could not be read; empty: it could
  std::string original;  ///< of a text that could not be read, as it stood
};

/// How a table is to be read; what is empty is found out.
struct CellOptions {
  std::string encoding;  ///< as ICU names it
  char separator = 0;
  std::string sheet;
};

/// Gives the rows of a table, its header first. One thread at a time.
class CellReader {
 public:
  virtual ~CellReader() = default;
  /// False at the end. Errors: what the whole table cannot be read after.
  [[nodiscard]] virtual Result<bool> next(CellRow& row) = 0;
  /// How the table is read: what was said of it, and what was found out. The sheet only where there
  /// are several.
  [[nodiscard]] virtual CellOptions options() const { return {}; }
};

/// The largest cell, row and header that are read, in bytes and cells.
inline constexpr std::size_t kMostCellBytes = 1 << 20;
inline constexpr std::size_t kMostRowBytes = 4 << 20;
inline constexpr std::size_t kMostColumns = 10'000;

enum class TableKind { text, workbook, geojson };

/// What a file holds by its first bytes. Errors: invalid for what is no table (an encrypted or old
/// workbook, a page, a picture …), by name.
[[nodiscard]] Result<TableKind> table_kind_of(const FileContent& file);

/// Text with separators (RFC 4180), a sheet of a workbook (XLSX, ODS): the
/// one that is named, or the one with the most cells; or a GeoJSON FeatureCollection (RFC 7946),
/// whose columns are its properties and "geometry". Text is read row by row, the others as a whole.
/// Errors: invalid; `where` is the file.
[[nodiscard]] Result<std::unique_ptr<CellReader>> open_cells(const FileContent& file,
                                                             const CellOptions& options);

/// Those of each kind. `file` is known to be of it.
[[nodiscard]] Result<std::unique_ptr<CellReader>> open_text_cells(const FileContent& file,
                                                                  const CellOptions& options);
[[nodiscard]] Result<std::unique_ptr<CellReader>> open_workbook_cells(const FileContent& file,
                                                                      const CellOptions& options);
[[nodiscard]] Result<std::unique_ptr<CellReader>> open_geojson_cells(const FileContent& file);

}  // namespace solnoma
