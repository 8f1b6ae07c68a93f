// The JSON Schema of an event against the tables that the program reads and writes by. That it
// takes and refuses the events that the program takes and refuses: tests/tools/check_formats.py.

#include <doctest/doctest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "events/event_type.hpp"
#include "events/exchange.hpp"
#include "events/json/fields.hpp"
#include "tests/events/samples.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

using Json = rapidjson::Value;

const Json& schema() {
  static const rapidjson::Document kSchema = [] {
    std::ifstream in(SOLNOMA_EVENT_SCHEMA, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    REQUIRE(document.IsObject());
    return document;
  }();
  return kSchema;
}

/// What the program's table says of a field: its name, and what stands there in JSON.
struct Told {
  std::string name;
  std::string shape;

  bool operator==(const Told&) const = default;
};

struct Collector {
  std::vector<Told> fields;

  template <class Member>
  void operator()(const char* name, Member& member) {
    fields.push_back({name, shape_of(member)});
  }

  static std::string shape_of(const std::string&) { return "string"; }
  static std::string shape_of(const LocalText&) { return "text"; }
  static std::string shape_of(const Modality&) { return "enum"; }
  static std::string shape_of(const Bound&) { return "enum"; }
  static std::string shape_of(const Accrual&) { return "boolean"; }
  static std::string shape_of(const std::uint64_t&) { return "integer"; }
  template <class Text>
  static std::string shape_of(const RawJson<Text>&) {
    return "geometry";
  }
  template <class Item>
  static std::string shape_of(const std::vector<Item>&) {
    return "list of " + shape_of(Item{});
  }
  template <class Part>
  static std::string shape_of(const Boxed<Part>&) {
    return shape_of(Part{});
  }
  template <class Owner>
  static std::string shape_of(const Coordinates<Owner>&) {
    return "coordinates";
  }
  static std::string shape_of(const Quantity&) { return "quantity"; }
  static std::string shape_of(const Source&) { return "source"; }
  static std::string shape_of(const Identifier&) { return "identifier"; }
  static std::string shape_of(const Partner&) { return "partner"; }
  static std::string shape_of(const Description&) { return "description"; }
  static std::string shape_of(const ImportRecord&) { return "import"; }
};

/// What the schema says of the same.
std::string shape_of(const Json& field) {
  if (field.HasMember("oneOf")) return shape_of(field["oneOf"][0]);
  if (field.HasMember("enum")) return "enum";
  if (field.HasMember("$ref")) {
    const std::string path = field["$ref"].GetString();
    const std::string name = path.substr(path.rfind('/') + 1);
    if (name == "note") return "text";
    return name == "slug" || name == "decimal" || name == "edtf" ? "string" : name;
  }
  const std::string type = field["type"].GetString();
  return type == "array" ? "list of " + shape_of(field["items"]) : type;
}

std::vector<Told> in_schema(const char* definition) {
  std::vector<Told> fields;
  for (const auto& [name, field] : schema()["$defs"][definition]["properties"].GetObject())
    fields.push_back({name.GetString(), shape_of(field)});
  return fields;
}

template <class Fields>
std::vector<Told> in_program(Fields&& fields) {
  Collector collector;
  visit_fields(collector, fields);
  return collector.fields;
}

template <class Fields>
void compare(const char* definition, Fields&& fields) {
  const auto told = in_schema(definition);
  const auto wanted = in_program(fields);
  CAPTURE(definition);
  REQUIRE(told.size() == wanted.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    CHECK(told[i].name == wanted[i].name);
    CHECK(told[i].shape == wanted[i].shape);
  }
}

std::vector<std::string> listed(const Json& field) {
  std::vector<std::string> values;
  for (const Json& value : field["enum"].GetArray()) values.emplace_back(value.GetString());
  return values;
}

/// The names of an object's fields.
std::vector<std::string> names(const Json& object) {
  std::vector<std::string> found;
  for (const auto& member : object.GetObject()) found.emplace_back(member.name.GetString());
  return found;
}

void check_closed(const Json& node, const std::string& place) {
  if (node.IsArray())
    for (const Json& each : node.GetArray()) check_closed(each, place);
  if (!node.IsObject()) return;
  const bool is_list_of_fields =
      node.HasMember("properties") && node.HasMember("description") && node.HasMember("type");
  CAPTURE(place);
  if (is_list_of_fields) {
    REQUIRE(node.HasMember("additionalProperties"));
    if (&node != &schema()) CHECK(node["additionalProperties"] == Json(false));
    for (const auto& [name, field] : node["properties"].GetObject()) {
      CAPTURE(name.GetString());
      CHECK(field.HasMember("description"));
    }
  }
  for (const auto& [name, value] : node.GetObject())
    check_closed(value, place + "/" + name.GetString());
}

}  // namespace

TEST_CASE("the schema has the fields that the program reads and writes, and no others") {
  Event e;
  compare("data", EventData<Event>{e});
  compare("quantity", Quantity{});
  compare("source", Source{});
  compare("description", Description{});
  Description d;
  compare("coordinates", Coordinates<Description>{d});
  compare("identifier", Identifier{});
  compare("partner", Partner{});
  compare("import", ImportRecord{});
}

TEST_CASE("the schema has the attributes that are written of an event that has all") {
  rapidjson::Document written;
  written.Parse(
      event_to_json(StoredEvent{full_event(), Position{7}, Revision{2}, {}, "anna"}).c_str());
  REQUIRE(written.IsObject());
  auto attributes = names(written);
  attributes.insert(attributes.end() - 1, "loghead");  // what an export adds to some events
  CHECK(names(schema()["properties"]) == attributes);
}

TEST_CASE("the schema lists every type, bound and modality, in the order of the program") {
  std::vector<std::string> types;
  for (const EventType& type : kEventTypes) types.push_back("solnoma." + std::string(type.name));
  CHECK(listed(schema()["properties"]["type"]) == types);
  std::vector<std::string> bounds;
  for (std::size_t i = 0; i < kBounds; ++i) bounds.emplace_back(name(static_cast<Bound>(i)));
  CHECK(listed(schema()["$defs"]["quantity"]["properties"]["bound"]) == bounds);
  CHECK(listed(schema()["$defs"]["data"]["properties"]["modality"]) ==
        std::vector<std::string>{"actual", "planned"});
}

TEST_CASE("the schema describes every field, and takes none that it does not describe") {
  check_closed(schema(), "");
}

TEST_CASE("the schema takes further attributes of the event, but for the names of its data") {
  for (const Json& type : schema()["additionalProperties"]["type"].GetArray())
    CHECK((type == "string" || type == "number" || type == "boolean"));
  Event e;
  std::vector<std::string> of_data;
  for (const Told& field : in_program(EventData<Event>{e})) of_data.push_back(field.name);
  CHECK(listed(schema()["propertyNames"]["not"]) == of_data);
}
