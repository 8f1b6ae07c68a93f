#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace solnoma {

/// A JSON writer that closes what it opens.
class SpecificationWriter {
 public:
  void value(std::string_view text) {
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void member(std::string_view name, std::string_view text) {
    key(name);
    value(text);
  }
  template <std::same_as<bool> Flag>  // what a literal would be taken for
  void member(std::string_view name, Flag flag) {
    key(name);
    json_.Bool(flag);
  }
  template <class Body>
  void object(const Body& body) {
    json_.StartObject();
    body();
    json_.EndObject();
  }
  template <class Body>
  void object(std::string_view name, const Body& body) {
    key(name);
    object(body);
  }
  /// JSON that was written elsewhere.
  void raw(std::string_view json) {
    json_.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  }
  void raw(std::string_view name, std::string_view json) {
    key(name);
    raw(json);
  }
  void member(std::string_view name, std::int64_t number) {
    key(name);
    json_.Int64(number);
  }
  template <class Body>
  void array(std::string_view name, const Body& body) {
    key(name);
    json_.StartArray();
    body();
    json_.EndArray();
  }
  [[nodiscard]] std::string text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace solnoma
