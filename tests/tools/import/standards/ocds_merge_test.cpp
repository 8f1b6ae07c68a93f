// Merging of OCDS releases, held against the fixtures of the standard's own library.

#include "tools/import/standards/ocds_merge.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {
namespace {

using rapidjson::Document;
using rapidjson::Value;

Document parsed(const std::string& json) {
  Document document;
  document.Parse(json.c_str(), json.size());
  REQUIRE(!document.HasParseError());
  return document;
}

Document parsed_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return parsed(text.str());
}

std::string json_of(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

std::vector<const Value*> pointers(const Value& list) {
  std::vector<const Value*> all;
  for (const Value& each : list.GetArray()) all.push_back(&each);
  return all;
}

bool flag(const Value& field, const char* name) {
  return field.HasMember(name) && field[name].IsBool() && field[name].GetBool();
}

bool is_type(const Value& field, std::string_view type) {
  if (!field.HasMember("type")) return false;
  const Value& types = field["type"];
  if (types.IsString()) return types.GetString() == type;
  return std::ranges::any_of(types.GetArray(),
                             [&](const Value& each) { return each.GetString() == type; });
}

const Value& resolved(const Value& schema, const Value& field) {
  if (!field.HasMember("$ref")) return field;
  const std::string_view reference = field["$ref"].GetString();
  return schema["definitions"][std::string(reference.substr(reference.rfind('/') + 1)).c_str()];
}

/// The rules as a schema has them.
void add_rules(const Value& schema, const Value& object, const std::string& path,
               MergeRules& rules) {
  if (!object.HasMember("properties")) return;
  for (const auto& member : object["properties"].GetObject()) {
    const Value& told = member.value;
    const Value& field = resolved(schema, told);
    const std::string inner = path + (path.empty() ? "" : "/") + member.name.GetString();
    if (flag(told, "omitWhenMerged")) {
      rules[inner] = MergeRule::omit;
    } else if (is_type(field, "array")) {
      const Value& items = resolved(schema, field["items"]);
      const bool is_object = items.HasMember("properties");
      const bool is_mixed =
          items.HasMember("type") && items["type"].IsArray() && items["type"].Size() > 1;
      if (flag(told, "wholeListMerge") || !is_object || is_mixed ||
          !items["properties"].HasMember("id"))
        rules[inner] = MergeRule::whole_list;
      else
        add_rules(schema, items, inner, rules);
    } else {
      add_rules(schema, field, inner, rules);
    }
  }
}

MergeRules rules_of(const Value& schema) {
  MergeRules rules;
  add_rules(schema, schema, {}, rules);
  return rules;
}

std::filesystem::path fixtures() {
  return std::filesystem::path(SOLNOMA_SHARED) / "ocds-merge";
}

/// Pairs of releases and what is to become of them, by the end of a file's name.
std::vector<std::pair<std::filesystem::path, std::filesystem::path>> cases(
    const std::string& folder, const std::string& end) {
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> all;
  if (!std::filesystem::exists(fixtures())) return all;
  for (const auto& entry : std::filesystem::directory_iterator(fixtures() / folder)) {
    const std::string path = entry.path().string();
    if (path.ends_with(end))
      all.emplace_back(path.substr(0, path.size() - end.size()) + ".json", path);
  }
  return all;
}

}  // namespace

TEST_CASE("the rules of merging are those of the release schema 1.1") {
  if (!shared("ocds-merge/release-schema-1__1__4.json")) return;
  const Document schema = parsed_file(fixtures() / "release-schema-1__1__4.json");
  CHECK(rules_of(schema) == ocds_merge_rules());
}

TEST_CASE("releases of OCDS 1.1 are merged as the standard's library does it") {
  if (!shared("ocds-merge/release-schema-1__1__4.json")) return;
  const auto all = cases("1.1", "-compiled.json");
  CHECK(all.size() == 17);
  for (const auto& [from, to] : all) {
    const Document releases = parsed_file(from);
    const Document expected = parsed_file(to);
    const Document compiled = compiled_release(pointers(releases), ocds_merge_rules());
    CHECK_MESSAGE(compiled == expected, from.filename() << ": " << json_of(compiled));
  }
}

TEST_CASE("fields are merged by whatever rules a schema has") {
  if (!shared("ocds-merge/schema.json")) return;
  const MergeRules rules = rules_of(parsed_file(fixtures() / "schema.json"));
  const auto all = cases("schema", "-compiled.json");
  CHECK(all.size() == 13);
  for (const auto& [from, to] : all) {
    const Document releases = parsed_file(from);
    const Document expected = parsed_file(to);
    const Document compiled = compiled_release(pointers(releases), rules);
    CHECK_MESSAGE(compiled == expected, from.filename() << ": " << json_of(compiled));
  }
}

TEST_CASE("a versioned release gives what held after each of its releases") {
  const auto all = cases("1.1", "-versioned.json");
  if (!shared("ocds-merge/release-schema-1__1__4.json")) return;
  CHECK(all.size() == 17);
  for (const auto& [from, to] : all) {
    const Document releases = parsed_file(from);
    const Document versioned = parsed_file(to);
    Document merged;
    for (const Value& release : releases.GetArray()) {
      merged = merged_release(merged, release, ocds_merge_rules());
      const Document version = version_at(versioned, release["date"].GetString());
      CHECK_MESSAGE(version == merged, from.filename() << ": " << json_of(version));
    }
  }
}

TEST_CASE("null deletes, lists of objects grow by id, other lists are replaced") {
  const Document first = parsed(R"({"a":1,"l":[{"id":1,"x":1,"y":1}],"s":["p","q"],"o":{"k":1}})");
  const Document second = parsed(R"({"a":null,"l":[{"id":1,"x":2},{"id":2}],"s":["r"],"o":{}})");
  const Document one = merged_release(Value(), first, {});
  CHECK(merged_release(one, second, {}) ==
        parsed(R"({"l":[{"id":1,"x":2,"y":1},{"id":2}],"s":["r"],"o":{"k":1}})"));
  CHECK(one == first);  // what was before stays as it was
}

}  // namespace solnoma::test
