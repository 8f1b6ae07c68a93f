#include "events/json/json.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>

#include "events/wire/capnp_text.hpp"

namespace solnoma {

struct JsonPrinter {
  static void copy(const Json& from, capnp::JsonValue::Builder to) {
    if (std::holds_alternative<std::monostate>(from.value_)) {
      to.setNull();
    } else if (const auto* boolean = std::get_if<bool>(&from.value_)) {
      to.setBoolean(*boolean);
    } else if (const auto* number = std::get_if<double>(&from.value_)) {
      to.setNumber(*number);
    } else if (const auto* text = std::get_if<std::string>(&from.value_)) {
      to.setString(as_capnp(*text));
    } else if (const auto* items = std::get_if<Json::Array>(&from.value_)) {
      auto array = to.initArray(static_cast<unsigned>(items->size()));
      for (unsigned i = 0; i < array.size(); ++i) copy((*items)[i], array[i]);
    } else {
      const auto& fields = std::get<Json::Object>(from.value_);
      auto object = to.initObject(static_cast<unsigned>(fields.size()));
      for (unsigned i = 0; i < object.size(); ++i) {
        object[i].setName(as_capnp(fields[i].first));
        copy(fields[i].second, object[i].initValue());
      }
    }
  }
};

std::string Json::print() const {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<capnp::JsonValue>();
  JsonPrinter::copy(*this, root);
  const kj::String text = capnp::JsonCodec().encodeRaw(root.asReader());
  return {text.begin(), text.size()};
}

}  // namespace solnoma
