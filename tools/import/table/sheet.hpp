#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/result.hpp"
#include "tools/import/table/zip_archive.hpp"

namespace solnoma {

/// What the sheets of a workbook may take together: beyond what people keep in one, and less than
/// what a small archive can be made to grow to.
struct SheetRoom {
  std::size_t cells = 50'000'000;
  std::size_t bytes = std::size_t{1} << 30;
};

/// A sheet of a workbook as text. Rows without text are left out.
class Sheet {
 public:
  struct Row {
    std::size_t line;  ///< from 1
    std::vector<std::string> cells;
  };

  /// `room` outlives it.
  Sheet(std::string name, bool hidden, SheetRoom& room)
      : name_(std::move(name)), hidden_(hidden), room_(&room) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool hidden() const { return hidden_; }
  [[nodiscard]] std::vector<Row>& rows() { return rows_; }
  /// That have a text.
  [[nodiscard]] std::size_t filled() const { return filled_; }

  /// Cells of a row come one after another, rows too; columns count from 0. Errors: invalid, when
  /// it is too large.
  [[nodiscard]] Result<void> put(std::size_t line, std::size_t column, std::string text);

 private:
  std::string name_;
  bool hidden_;
  SheetRoom* room_;
  std::vector<Row> rows_;
  std::size_t filled_ = 0;
};

/// A number as it would be typed: "2018", "13.5". Workbooks keep all numbers as binary floating
/// point, of which 15 digits are told.
[[nodiscard]] std::string number_text(double value);
/// 0.5 is "50%".
[[nodiscard]] std::string percent_text(double value);
/// The number that a workbook has as text; not finite: it is none.
[[nodiscard]] double number_of(std::string_view text);

/// The sheets of a workbook, or the one of that name. Of XLSX (ECMA-376) and ODS (OASIS ODF 1.3)
/// what a table needs is read: texts, numbers, dates, what formulas came to. Errors: invalid.
[[nodiscard]] Result<std::vector<Sheet>> read_xlsx(const ZipArchive& archive,
                                                   const std::string& only, SheetRoom& room);
[[nodiscard]] Result<std::vector<Sheet>> read_ods(const ZipArchive& archive,
                                                  const std::string& only, SheetRoom& room);

}  // namespace solnoma
