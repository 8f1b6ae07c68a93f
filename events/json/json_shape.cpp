#include "events/json/json_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "events/wire/capnp_text.hpp"

namespace solnoma {
namespace {

using capnp::JsonValue;

std::unexpected<Error> wrong(const std::string& path, std::string what, std::string remedy = {}) {
  return at(path.empty() ? "the event" : path,
            Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
}

/// "moreThan" is written "more-than" in JSON; the schema's annotations say the same.
std::string json_name(std::string_view enumerant) {
  std::string name;
  for (const char c : enumerant) {
    if (c >= 'A' && c <= 'Z') {
      name.push_back('-');
      name.push_back(static_cast<char>(c - 'A' + 'a'));
    } else {
      name.push_back(c);
    }
  }
  return name;
}

Result<void> check_object(JsonValue::Builder value, capnp::StructSchema schema,
                          const std::string& path) {
  if (!value.isObject()) return wrong(path, "it must be an object {…}");
  drop_nulls(value);
  std::set<std::string, std::less<>> seen;
  for (auto entry : value.getObject()) {
    const std::string name(as_view(entry.getName().asReader()));
    const std::string inner = (path.empty() ? "" : path + ".") + clipped(name);
    if (!seen.insert(name).second) return wrong(inner, "the field stands twice", "keep one");
    KJ_IF_MAYBE (field, schema.findFieldByName(name.c_str())) {
      if (auto ok = check_shape(entry.getValue(), field->getType(), inner); !ok) return ok;
      continue;
    }
    std::vector<std::string_view> names;
    for (const auto field : schema.getFields())
      names.push_back(as_view(field.getProto().getName()));
    const auto near = nearest(name, names);
    return wrong(inner, "the field is unknown",
                 near ? fmt::format("did you mean {}?", *near) : "take it out");
  }
  return {};
}

Result<void> check_enumerant(JsonValue::Builder value, capnp::EnumSchema schema,
                             const std::string& path) {
  std::string choices;
  for (const auto enumerant : schema.getEnumerants()) {
    const std::string name = json_name(as_view(enumerant.getProto().getName()));
    if (value.isString() && as_view(value.getString().asReader()) == name) return {};
    choices += (choices.empty() ? "" : ", ") + name;
  }
  return wrong(path, "its value is not one of those allowed", "use one of " + choices);
}

}  // namespace

void drop_nulls(JsonValue::Builder value) {
  const auto fields = value.getObject();
  const auto is_null = [](JsonValue::Field::Reader field) { return field.getValue().isNull(); };
  unsigned kept = 0;
  for (const auto field : fields.asReader()) kept += is_null(field) ? 0U : 1U;
  if (kept == fields.size()) return;
  auto orphan = value.disownObject();
  auto target = value.initObject(kept);
  unsigned next = 0;
  for (const auto field : orphan.getReader()) {
    if (is_null(field)) continue;
    target[next].setName(field.getName());
    target[next].setValue(field.getValue());
    ++next;
  }
}

Result<void> check_shape(JsonValue::Builder value, capnp::Type type, const std::string& path) {
  if (type.isStruct()) return check_object(value, type.asStruct(), path);
  if (type.isEnum()) return check_enumerant(value, type.asEnum(), path);
  if (type.isList()) {
    if (!value.isArray()) return wrong(path, "it must be a list […]");
    auto items = value.getArray();
    for (unsigned i = 0; i < items.size(); ++i) {
      if (auto ok =
              check_shape(items[i], type.asList().getElementType(), fmt::format("{}[{}]", path, i));
          !ok)
        return ok;
    }
    return {};
  }
  if (type.isText())
    return value.isString() ? Result<void>{} : wrong(path, "it must be text in quotes \"…\"");
  return value.isNumber() ? Result<void>{} : wrong(path, "it must be a number");
}

}  // namespace solnoma
