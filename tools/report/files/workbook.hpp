#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/day.hpp"
#include "engine/result.hpp"
#include "tools/report/sink.hpp"

namespace solnoma {

/// A number, in the digits of the log: a cell of type number where a spreadsheet holds it exactly
/// (15 digits), else of type text.
struct CellNumber {
  std::string decimal;
};
/// An address that can be followed, if it is one of the web.
struct CellLink {
  std::string address;
};
/// What stands in a cell. A text is never taken for a formula, a number or a date, whatever it
/// begins with; an empty one and a day at an open end leave the cell empty.
using SheetCell = std::variant<std::string, CellNumber, Day, CellLink>;
using SheetRow = std::vector<SheetCell>;

/// A workbook of Office Open XML, written row by row; libxlsxwriter is named here alone, and loaded
/// when it is needed. Memory: a row. What is being written is in a file for temporary ones.
class Workbook {
 public:
  /// Errors: unavailable where the library is not there; io.
  [[nodiscard]] static Result<Workbook> make();
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) = delete;
  ~Workbook();

  /// Adds a sheet with a row of names, which stays in sight; its number. Precondition: the name is
  /// new, of at most 28 characters, and has none of []:*?/\.
  std::size_t add_sheet(const std::string& name, const std::vector<std::string>& columns);
  /// Adds a row to a sheet. What no sheet has room for stands in another one of the same columns:
  /// "Timeline 2".
  void add_row(std::size_t sheet, const SheetRow& row);
  /// Writes all of it. To be called once. Errors: io.
  [[nodiscard]] Result<void> finish(const Sink& sink);

 private:
  struct Impl;
  explicit Workbook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace solnoma
