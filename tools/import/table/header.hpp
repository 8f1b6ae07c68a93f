#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "tools/import/table/mapping.hpp"

namespace solnoma {

/// What a file of rejected rows has beside its table, and readers pass over.
inline constexpr std::string_view kRejectColumns[] = {"solnoma line", "solnoma column",
                                                      "solnoma problem"};

/// The columns of a table, and which of them are used.
class Header {
 public:
  explicit Header(std::vector<std::string> names);

  /// Which column is meant. Errors: invalid, with the nearest header, where the table has none of
  /// these, or two that are alike.
  [[nodiscard]] Result<std::size_t> find(const Column& column);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] bool is_used(std::size_t column) const { return used_[column]; }
  /// Of a file of rejected rows: not of the table.
  [[nodiscard]] bool is_remark(std::size_t column) const;

 private:
  std::vector<std::string> names_, folded_;
  std::vector<bool> used_;
};

}  // namespace solnoma
