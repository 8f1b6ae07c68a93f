#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "events/json/fields.hpp"
#include "events/text/field.hpp"

namespace solnoma {

using JsonValue = rapidjson::Value;

[[nodiscard]] inline std::string_view as_view(const JsonValue& text) {
  return {text.GetString(), text.GetStringLength()};
}

/// The names of an object's fields: for what is to be said of one that is not among them.
struct FieldNames {
  std::vector<std::string_view> all;

  template <class Member>
  void operator()(const char* name, const Member&) {
    all.emplace_back(name);
  }
};

/// What becomes of members that no field stands for.
struct Others {
  bool taken = false;  ///< where they are extension attributes of a CloudEvent
  std::span<const std::string_view> of_data{};  ///< names that are none: they belong into `data`
  std::vector<std::string> names{};             ///< of those that were taken
};

/// Reads the fields of one JSON object. Each may stand at most once, null is as good as absent
/// (CloudEvents), and a field that is not known is an error that lists those that are. No memory is
/// taken but for what is read, as long as nothing is wrong.
class JsonObjectReader {
 public:
  /// Leaves members of `object` alone whose fields are absent. The first error stops what follows.
  /// Errors: invalid; `where` is the path, or "the event".
  template <class Object>
  [[nodiscard]] static Result<void> read_event(const JsonValue& value, Object& object,
                                               Others& others) {
    std::optional<Error> error;
    read_object(value, nullptr, object, others, error);
    if (error) return std::unexpected(std::move(*error));
    return {};
  }

  template <class Member>
  void operator()(const char* name, Member& member) {
    if (error_ || left_ == 0) return;
    const std::string_view field = name;
    if (const JsonValue* value = find(field))
      place_ == nullptr ? read(*value, Field(field), member)
                        : read(*value, Field(*place_, field), member);
  }

 private:
  /// `place`: where the object stands; null for the event itself.
  JsonObjectReader(const JsonValue& object, const Field* place, std::optional<Error>& error);

  template <class Object>
  static void read_object(const JsonValue& value, const Field* place, Object& object,
                          Others& others, std::optional<Error>& error) {
    JsonObjectReader reader(value, place, error);
    visit_fields(reader, object);
    if (error || reader.left_ == 0) return;
    FieldNames names;
    visit_fields(names, object);
    reader.read_others(names.all, others);
  }

  [[nodiscard]] const JsonValue* find(std::string_view name);
  void read_others(const std::vector<std::string_view>& known, Others& others);
  void wrong(const Field& place, std::string what, std::string remedy = {});
  void wrong_here(std::string what, std::string remedy);

  void read(const JsonValue& value, const Field& place, std::string& member);
  void read(const JsonValue& value, const Field& place, std::string_view& member);
  void read(const JsonValue& value, const Field& place, LocalText& member);
  void read(const JsonValue& value, const Field& place, Modality& member);
  void read(const JsonValue& value, const Field& place, Bound& member);
  void read(const JsonValue& value, const Field& place, Accrual& member);
  void read(const JsonValue& value, const Field& place, double& member);
  void read(const JsonValue& value, const Field& place, std::uint64_t& member);
  void read(const JsonValue& value, const Field& place, RawJson<std::string>& member);

  template <class Item>
  void read(const JsonValue& value, const Field& place, std::vector<Item>& members) {
    if (!value.IsArray()) return wrong(place, "it must be a list […]");
    members.reserve(value.Size());
    for (const JsonValue& item : value.GetArray()) {
      const Field entry(place, members.size());
      read(item, entry, members.emplace_back());
      if (error_) return;
    }
  }

  template <class Part>
  void read(const JsonValue& value, const Field& place, Boxed<Part>& member) {
    read(value, place, member.emplace());
  }

  template <class Object>
    requires requires(JsonObjectReader& visit, Object& object) { visit_fields(visit, object); }
  void read(const JsonValue& value, const Field& place, Object& object) {
    Others none;
    read_object(value, &place, object, none, error_);
  }

  const JsonValue& object_;
  const Field* place_;
  std::optional<Error>& error_;
  const JsonValue::Member* first_ = nullptr;  // all before it are found: most keep our order
  std::size_t left_ = 0;                      // members that are not null, and not found yet
};

}  // namespace solnoma
