#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace solnoma {

/// Takes CSV as csv_row() writes it apart again, in pieces of any size.
class CsvCells {
 public:
  /// A cell without its quotes; `quoted`: it had some; `last`: it ends its row.
  using Take = std::function<void(std::string_view cell, bool quoted, bool last)>;

  explicit CsvCells(Take take);
  void write(std::string_view csv);

 private:
  void end_cell(bool last);

  Take take_;
  std::string cell_;      ///< so far
  bool quoted_ = false;   ///< within quotes
  bool closed_ = false;   ///< a quote within quotes: the last one, or the first half of a pair
  bool wrapped_ = false;  ///< the cell had quotes
};

}  // namespace solnoma
