#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace solnoma {

/// A JSON value to be printed, built from the leaves up; objects keep the order of their
/// fields. Printed by Cap'n Proto's codec.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;  ///< null
  Json(bool value) : value_(value) {}
  Json(std::int64_t number) : value_(static_cast<double>(number)) {}  ///< exact up to ±2^53
  Json(std::string_view text) : value_(std::string(text)) {}
  Json(const std::string& text) : value_(text) {}
  Json(const char* text) : value_(std::string(text)) {}
  Json(Array items) : value_(std::move(items)) {}
  Json(Object fields) : value_(std::move(fields)) {}

  /// On one line, without spaces.
  [[nodiscard]] std::string print() const;

 private:
  friend struct JsonPrinter;
  std::variant<std::monostate, bool, double, std::string, Array, Object> value_;
};

}  // namespace solnoma
