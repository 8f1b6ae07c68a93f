#pragma once

#include <memory>
#include <optional>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

enum class Standard { oc4ids, ocds, iati };
/// "OC4IDS": as people call it.
[[nodiscard]] const char* name(Standard standard);

/// The standard that a document is of, by its root: the element <iati-activities>, or a member
/// "projects", "releases", "records" or "ocid". Also of a gzip file. Reads until it knows, and
/// never past the first JSON value.
[[nodiscard]] std::optional<Standard> standard_of(const FileContent& file);

/// open_oc4ids(), open_ocds() or open_iati().
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_standard(Standard standard,
                                                               const FileContent& file,
                                                               const ReadOptions& options);

}  // namespace solnoma
