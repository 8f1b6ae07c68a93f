#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"
#include "tools/import/table/mapping.hpp"

namespace solnoma {

/// What a log knows of the subjects of a table that it has earlier releases of.
struct KnownSubjects {
  /// The subject that a key has already; none: the key is new.
  std::function<Result<std::optional<std::string>>(const std::string& key)> of_key;
  /// Whether a subject is that of another key: a new one must not get its name.
  std::function<bool(const std::string& subject)> is_taken;
};

/// Reads a table by a mapping: each row tells of one subject. Keys whose slugs fall together are
/// told apart, and told of. Memory: the keys, 16 bytes each. Errors: invalid, for a file that is no
/// table, a column that it does not have, or where nothing says when the table became known.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_table(const FileContent& file,
                                                            const Mapping& mapping,
                                                            const ReadOptions& options,
                                                            KnownSubjects known_subjects = {});

}  // namespace solnoma
