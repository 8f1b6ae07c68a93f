#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "events/text/quote.hpp"

namespace solnoma {

/// Where a value stands, put into words only when something is wrong there. Views into its name and
/// its parents, which outlive it.
class Field {
 public:
  constexpr Field(const char* name) : name_(name) {}  // "data.title" converts
  constexpr explicit Field(std::string_view name) : name_(name) {}
  constexpr Field(const Field& parent, std::string_view name) : parent_(&parent), name_(name) {}
  constexpr Field(const Field& parent, std::size_t index)
      : parent_(&parent), is_entry_(true), index_(index) {}

  /// "data.quantities[1].value".
  [[nodiscard]] std::string text() const {
    if (is_entry_) return fmt::format("{}[{}]", parent_->text(), index_);
    if (parent_ == nullptr) return clipped(name_);
    return fmt::format("{}.{}", parent_->text(), clipped(name_));
  }

 private:
  const Field* parent_ = nullptr;
  std::string_view name_;
  bool is_entry_ = false;
  std::size_t index_ = 0;
};

}  // namespace solnoma
