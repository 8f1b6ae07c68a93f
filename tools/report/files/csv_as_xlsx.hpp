#pragma once

#include <functional>
#include <string>

#include "tools/report/files/workbook.hpp"
#include "tools/report/sink.hpp"

namespace solnoma {

/// A workbook of one sheet with what `write` writes as CSV: by the names of its columns, numbers
/// are numbers and days are days. Errors: those of `write` and of Workbook.
[[nodiscard]] Result<void> csv_as_xlsx(const std::string& sheet,
                                       const std::function<Result<void>(const Sink&)>& write,
                                       const Sink& sink);

}  // namespace solnoma
