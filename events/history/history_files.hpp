#pragma once

#include <span>
#include <string_view>

namespace solnoma {

struct HistoryFile {
  std::string_view name;
  std::string_view json;
};

/// The files of `events/history/` as they were built in, in the order of their names.
[[nodiscard]] std::span<const HistoryFile> history_files();

}  // namespace solnoma
