#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "events/event.hpp"
#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// A number as a table has it, with what bounds it.
struct CellAmount {
  std::string value;  ///< decimal
  std::string upper;  ///< with Bound::between
  Bound bound = Bound::exact;
  bool percent = false;

  bool operator==(const CellAmount&) const = default;
};

/// "1,234.5", "1 234,5", "12 %", "~50", ">100", "more than 30", "50–75", "2.5 bn", "1,2 млрд".
/// Decimal sign: `decimal` ('.' or ','); 0: a point, or a comma that no thousands separator can be.
/// `cell` is cleaned text, not empty. Pure. Errors: invalid, when it is no number.
[[nodiscard]] Result<CellAmount> amount_of_cell(std::string_view cell, char decimal,
                                                Repairs& repairs);

}  // namespace solnoma
