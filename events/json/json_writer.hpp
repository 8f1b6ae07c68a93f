#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "events/json/compact.hpp"
#include "events/json/fields.hpp"
#include "events/text/eight_bytes.hpp"

namespace solnoma {

/// RapidJSON's writer, which takes texts character by character, but for those that have nothing to
/// escape, as nearly all: these are copied.
class JsonTextWriter : public rapidjson::Writer<rapidjson::StringBuffer> {
 public:
  using Writer::Writer;

  void text(std::string_view text) {
    if (!is_plain(text)) {
      String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
      return;
    }
    Prefix(rapidjson::kStringType);
    char* to = os_->Push(text.size() + 2);
    *to = '"';
    std::ranges::copy(text, to + 1);
    to[text.size() + 1] = '"';
  }

 private:
  static bool is_plain(std::string_view text) {
    const std::size_t eights = unmarked_prefix(text, [](std::uint64_t bytes) {
      return bytes_below(bytes, 0x20) | bytes_equal(bytes, '"') | bytes_equal(bytes, '\\');
    });
    return std::ranges::all_of(text.substr(eights), [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    });
  }
};

/// Writes the fields of an event as compact JSON. What is empty is left out.
class JsonFieldWriter {
 public:
  /// Until more is written, or it is cleared.
  [[nodiscard]] std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  /// Begins again, and keeps its memory.
  void clear() {
    buffer_.Clear();
    json_.Reset(buffer_);
  }

  template <class Member>
  void operator()(const char* name, const Member& member) {
    if (is_empty(member)) return;
    json_.text(name);
    write(member);
  }

  /// An object whose fields `fill` writes.
  template <class Fill>
  void object(Fill fill) {
    json_.StartObject();
    fill();
    json_.EndObject();
  }

 private:
  static bool is_empty(const std::string& text) { return text.empty(); }
  static bool is_empty(const LocalText& text) { return text.empty(); }
  static bool is_empty(Accrual accrual) { return accrual == Accrual::by_measure; }
  static bool is_empty(const RawJson<const std::string>& json) { return json.text.empty(); }
  static bool is_empty(const Coordinates<const Description>& coordinates) {
    return coordinates.owner.latitude.empty() && coordinates.owner.longitude.empty();
  }
  template <class Item>
  static bool is_empty(const std::vector<Item>& items) {
    return items.empty();
  }
  template <class Part>
  static bool is_empty(const Boxed<Part>& part) {
    return !part;
  }
  template <class Member>
  static bool is_empty(const Member&) {
    return false;
  }

  void write(std::string_view text) { json_.text(text); }
  void write(const std::string& text) { write(std::string_view(text)); }
  void write(Modality modality) { write(name(modality)); }
  void write(Bound bound) { write(name(bound)); }
  void write(Accrual accrual) { json_.Bool(accrual == Accrual::flow); }
  void write(std::uint64_t number) { json_.Uint64(number); }
  /// As a text where it is no JSON: whoever reads that is told what is wrong.
  void write(const RawJson<const std::string>& json) {
    if (is_json_object(json.text))
      json_.RawValue(json.text.data(), json.text.size(), rapidjson::kObjectType);
    else
      write(json.text);
  }
  void write(const LocalText& text) {
    if (const std::string* plain = text.plain()) return write(*plain);
    object([&] {
      for (const LocalPlace& each : kLocalTexts) (*this)(each.tag.data(), text.*each.text);
      for (const TaggedText& other : text.others) (*this)(other.language.c_str(), other.text);
    });
  }
  template <class Item>
  void write(const std::vector<Item>& items) {
    json_.StartArray();
    for (const Item& item : items) write(item);
    json_.EndArray();
  }
  template <class Part>
  void write(const Boxed<Part>& part) {
    write(*part);
  }
  template <class Object>
    requires requires(JsonFieldWriter& visit, Object& object) { visit_fields(visit, object); }
  void write(Object& fields) {
    object([&] { visit_fields(*this, fields); });
  }

  rapidjson::StringBuffer buffer_;
  JsonTextWriter json_{buffer_};
};

}  // namespace solnoma
