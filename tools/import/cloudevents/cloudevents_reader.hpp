#pragma once

#include <functional>
#include <memory>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// Readers of our own exchange format: CloudEvents in JSON, one a line, in an array, or one alone.

/// The longest line of JSON Lines, and the largest JSON array, that are read at all.
inline constexpr std::size_t kMaxLine = 4 << 20;
inline constexpr std::size_t kMaxArray = 64 << 20;

/// Of a file. Empty lines, and lines that begin with '#', are passed over; an array's entries are
/// its rows. Errors: invalid for an array that is too large, or is none.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_cloudevents(const FileContent& file,
                                                                  const ReadOptions& options);

/// Gives the next line without its end; false at the end.
using LineSource = std::function<Result<bool>(std::string& line)>;

/// Of lines that come one by one.
[[nodiscard]] std::unique_ptr<RowReader> open_cloudevents(LineSource lines,
                                                          const ReadOptions& options);

}  // namespace solnoma
