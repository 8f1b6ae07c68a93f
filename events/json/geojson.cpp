#include "events/json/geojson.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "events/json/compact.hpp"

namespace solnoma {
namespace {

using rapidjson::Value;

std::unexpected<Error> wrong(std::string what, std::string remedy) {
  return fail(Errc::invalid, std::move(what), std::move(remedy));
}

bool is_position(const Value& value) {
  if (!value.IsArray() || value.Size() < 2 || value.Size() > 3) return false;
  for (const Value& number : value.GetArray())
    if (!number.IsNumber()) return false;
  return std::abs(value[0].GetDouble()) <= 180 && std::abs(value[1].GetDouble()) <= 90;
}

template <class Check>
bool is_list(const Value& value, rapidjson::SizeType least, Check check) {
  return value.IsArray() && value.Size() >= least && std::ranges::all_of(value.GetArray(), check);
}

bool is_line(const Value& value) {
  return is_list(value, 2, is_position);
}

bool is_ring(const Value& value) {
  return is_list(value, 4, is_position) && value[0] == value[value.Size() - 1];
}

bool is_polygon(const Value& value) {
  return is_list(value, 1, is_ring);
}

struct Shape {
  const char* type;
  bool (*has)(const Value& coordinates);
};
constexpr Shape kShapes[] = {
    {"Point", is_position},
    {"LineString", is_line},
    {"Polygon", is_polygon},
    {"MultiPoint", [](const Value& v) { return is_list(v, 1, is_position); }},
    {"MultiLineString", [](const Value& v) { return is_list(v, 1, is_line); }},
    {"MultiPolygon", [](const Value& v) { return is_list(v, 1, is_polygon); }},
};

Result<void> check(const Value& geometry, bool outermost) {
  constexpr const char* kTypes =
      "write Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon or "
      "GeometryCollection";
  if (!geometry.IsObject()) return wrong("it is no GeoJSON geometry", "write {\"type\": …}");
  const auto type = geometry.FindMember("type");
  if (type == geometry.MemberEnd() || !type->value.IsString())
    return at("type", wrong("this field is missing", kTypes).error());
  const std::string name = type->value.GetString();
  if (name == "GeometryCollection" && outermost) {
    const auto parts = geometry.FindMember("geometries");
    if (parts == geometry.MemberEnd() || !parts->value.IsArray())
      return at("geometries", wrong("this field is missing", "list the geometries").error());
    for (const Value& part : parts->value.GetArray())
      if (auto ok = check(part, false); !ok) return at("geometries", ok.error());
    return {};
  }
  const auto shape = std::ranges::find(kShapes, name, &Shape::type);
  if (shape == std::end(kShapes))
    return at("type",
              wrong(fmt::format("'{}' is no geometry", name.substr(0, 60)), kTypes).error());
  const auto coordinates = geometry.FindMember("coordinates");
  if (coordinates == geometry.MemberEnd() || !shape->has(coordinates->value))
    return at("coordinates",
              wrong(fmt::format("they are not those of a {}", name),
                    "give longitude before latitude, in degrees, as in [69.58, 41.47]; close rings")
                  .error());
  return {};
}

Result<void> parse(std::string_view json, rapidjson::Document& document) {
  constexpr unsigned kFlags = rapidjson::kParseFullPrecisionFlag | rapidjson::kParseIterativeFlag;
  document.Parse<kFlags>(json.data(), json.size());
  if (document.HasParseError()) return wrong("it is not JSON", "write a GeoJSON geometry");
  return {};
}

}  // namespace

Result<void> check_geometry(std::string_view json) {
  rapidjson::Document document;
  if (auto ok = parse(json, document); !ok) return ok;
  return check(document, /*outermost=*/true);
}

Result<std::string> compact_geometry(std::string_view json) {
  rapidjson::Document document;
  if (auto ok = parse(json, document); !ok) return std::unexpected(ok.error());
  auto text = compact_object(document);
  if (!text) return wrong("it is no GeoJSON geometry", "write {\"type\": …}");
  return *text;
}

}  // namespace solnoma
