// What a document is, is told by looking at it.

#include "tools/import/standards/standard.hpp"

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {

TEST_CASE("a document of a standard is told from others") {
  CHECK(standard_of(R"({"uri":"x","publisher":{"releases":[]},"projects":[{}]})") ==
        Standard::oc4ids);
  CHECK(standard_of("\xEF\xBB\xBF {\"a\":[1,{\"b\":[]}],\"releases\":[") == Standard::ocds);
  CHECK(standard_of(R"({"records":[]})") == Standard::ocds);
  CHECK(standard_of(R"({"id":"1","ocid":"ocds-1"})") == Standard::ocds);
  CHECK(standard_of("<?xml version='1.0'?><!-- x --><iati-activities version='2.03'>") ==
        Standard::iati);
  CHECK(standard_of("<result><ok/><iati-activities>") == Standard::iati);
}

TEST_CASE("what is of no standard is told to be of none") {
  for (const char* other :
       {"", " ", "{", "{}", "[]", "[{\"ocid\":\"x\"}]",
        R"({"type":"FeatureCollection","features":[]})",
        R"({"specversion":"1.0","data":{"projects":[]}})", R"({"projects":{}})", "name,ocid\n",
        "<iati-organisations/>", "<html>", "\x1f\x8b\x08 rubbish"})
    CHECK_MESSAGE(!standard_of(other), other);
  CHECK(!standard_of(std::string(1000000, '{')));
  CHECK(!standard_of("{\"a\":" + std::string(1000000, '[')));
}

TEST_CASE("public files are told by their standards, packed ones as well") {
  const std::pair<const char*, Standard> files[] = {
      {"oc4ids/oc4ids-example.json", Standard::oc4ids},
      {"oc4ids/lib-cove-fixtures/example-data.json", Standard::oc4ids},
      {"ocds/ocds-213czf-01-planning.json", Standard::ocds},
      {"ocds/ocds-213czf-record-withversions.json", Standard::ocds},
      {"iati/iati-CD.xml.gz", Standard::iati},
      {"iati/iati-activity-example.xml", Standard::iati},
      {"iati/iati-dportal-test_activities.xml", Standard::iati},
  };
  for (const auto& [path, standard] : files)
    if (const auto file = shared(path)) CHECK_MESSAGE(standard_of(file->bytes()) == standard, path);
}

}  // namespace solnoma::test
