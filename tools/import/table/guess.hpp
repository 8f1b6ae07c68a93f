#pragma once

#include <string>

#include "tools/import/file_content.hpp"

namespace solnoma {

/// A mapping to begin with, for a table: what its columns may mean by their names (English,
/// Russian, Uzbek) and values, every word of its status with its count, and in remarks what was
/// found out of the file and what whoever knows the table should look at. Reads the table once;
/// memory: 200 different values a column, and 8 bytes a cell of columns that may be keys. Errors:
/// those of open_cells(); invalid where no column can be a key.
[[nodiscard]] Result<std::string> guess_mapping(const FileContent& file);

}  // namespace solnoma
