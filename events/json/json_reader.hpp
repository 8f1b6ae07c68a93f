#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "events/json/fields.hpp"

namespace solnoma {

using JsonValue = rapidjson::Value;

[[nodiscard]] inline std::string_view as_view(const JsonValue& text) {
  return {text.GetString(), text.GetStringLength()};
}

/// Reads the fields of one JSON object. Each may stand at most once, null is as good as absent
/// (CloudEvents), and a field that is not known is an error that lists those that are.
class JsonObjectReader {
 public:
  /// `path`: where the object stands, as in "data.quantities[1]"; empty for the event itself.
  JsonObjectReader(const JsonValue& object, std::string path);

  /// Leaves a member alone whose field is absent. The first error stops what follows.
  template <class Member>
  void operator()(const char* name, Member& member) {
    names_.emplace_back(name);
    if (!result_) return;
    if (const JsonValue* value = find(name)) read(*value, inner(name), member);
  }

  /// To be called after the last field. Errors: invalid; `where` is the path.
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] const JsonValue* find(std::string_view name);
  [[nodiscard]] std::string inner(std::string_view name) const;
  [[nodiscard]] Result<void> check_all_known() const;
  void wrong(const std::string& path, std::string what, std::string remedy = {});

  void read(const JsonValue& value, const std::string& path, std::string& member);
  void read(const JsonValue& value, const std::string& path, LocalText& member);
  void read(const JsonValue& value, const std::string& path, Modality& member);
  void read(const JsonValue& value, const std::string& path, Bound& member);
  void read(const JsonValue& value, const std::string& path, Accrual& member);
  void read(const JsonValue& value, const std::string& path, double& member);
  void read(const JsonValue& value, const std::string& path, std::uint64_t& member);
  void read(const JsonValue& value, const std::string& path, RawJson<std::string>& member);

  template <class Item>
  void read(const JsonValue& value, const std::string& path, std::vector<Item>& members) {
    if (!value.IsArray()) return wrong(path, "it must be a list […]");
    members.reserve(value.Size());
    for (const JsonValue& item : value.GetArray()) {
      const std::string place = path + "[" + std::to_string(members.size()) + "]";
      read(item, place, members.emplace_back());
      if (!result_) return;
    }
  }

  template <class Part>
  void read(const JsonValue& value, const std::string& path, std::optional<Part>& member) {
    read(value, path, member.emplace());
  }

  template <class Object>
    requires requires(JsonObjectReader& visit, Object& object) { visit_fields(visit, object); }
  void read(const JsonValue& value, const std::string& path, Object& object) {
    JsonObjectReader reader(value, path);
    if (reader.result_) visit_fields(reader, object);
    result_ = reader.finish();
  }

  const JsonValue& object_;
  std::string path_;
  std::vector<std::string_view> names_;  // that the visitor named
  std::size_t given_ = 0;                // members of the object that are not null
  std::size_t found_ = 0;                // of these, the ones that were named
  Result<void> result_;
};

}  // namespace solnoma
