#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <string_view>

#include "engine/day.hpp"

namespace solnoma {

/// Compact JSON as it is told, piece by piece, for what is too long to hold as a tree.
class JsonWriter {
 public:
  /// What was written since the last clear(). It lives until the next write.
  [[nodiscard]] std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  void clear() { buffer_.Clear(); }

  JsonWriter& key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    return *this;
  }
  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }

  void null() { writer_.Null(); }
  void boolean(bool value) { writer_.Bool(value); }
  void number(std::int64_t value) { writer_.Int64(value); }
  void count(std::uint64_t value) { writer_.Uint64(value); }
  void text(std::string_view value) {
    writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  /// A decimal as text, as it stands. Precondition: is_decimal().
  void decimal(std::string_view value) {
    writer_.RawValue(value.data(), value.size(), rapidjson::kNumberType);
  }
  /// An object that was written elsewhere.
  void raw_object(std::string_view object) {
    writer_.RawValue(object.data(), object.size(), rapidjson::kObjectType);
  }
  /// Null where it is empty.
  void text_or_null(std::string_view value) { value.empty() ? null() : text(value); }
  /// Null at an open end.
  void day(Day value) { is_calendar_day(value) ? text(to_string(value)) : null(); }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace solnoma
