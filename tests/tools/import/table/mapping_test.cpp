// What a mapping may say, and how it is told what is wrong in it.

#include "tools/import/table/mapping.hpp"

#include <doctest/doctest.h>

namespace solnoma {
namespace {

std::string refused_mapping(const std::string& text) {
  const auto mapping = mapping_from_toml(text, "m.toml");
  REQUIRE(!mapping);
  return mapping.error().what + " | " + mapping.error().where + " | " + mapping.error().remedy;
}

}  // namespace

TEST_CASE("a mapping needs a key, and has usual answers to the rest") {
  const auto mapping = mapping_from_toml("key = \"Id\"\n", "m.toml");
  REQUIRE_MESSAGE(mapping, mapping.error().what);
  CHECK(mapping->key == std::vector<Column>{{{"Id"}, false}});
  CHECK(mapping->kind == "project");
  CHECK(mapping->nothing == usual_nothing());
  CHECK(mapping->status.column.empty());
}

TEST_CASE("columns have alternative headers, names of their own, and may be missing") {
  const auto mapping = mapping_from_toml(R"(
key = ["id", "part"]
[columns]
id = ["Project ID", "project-id"]
[status]
column = ["Status", "State?"]
[status.words]
"Under construction" = ["construction-started"]
[status.dates]
opened = "Start year?"
)",
                                         "m.toml");
  REQUIRE_MESSAGE(mapping, mapping.error().what);
  CHECK(mapping->key ==
        std::vector<Column>{{{"Project ID", "project-id"}, false}, {{"part"}, false}});
  CHECK(mapping->status.column == Column{{"Status", "State"}, true});
  CHECK(mapping->status.words.at("under construction") ==
        std::vector<std::string>{"construction-started"});
  CHECK(mapping->status.dates.at("opened") == Column{{"Start year"}, true});
}

TEST_CASE("what is wrong in a mapping is told with its line, and what was probably meant") {
  CHECK(refused_mapping("key = \"a\"\npublishr = \"x\"\n") ==
        "this key is not known | m.toml:2, publishr | did you mean publisher?");
  CHECK(refused_mapping("key = \"a\"\n\n[Статусы]\nopen = [\"opened\"]\n") ==
        "it is not TOML: a letter beyond a to z stands without quotes | m.toml:3 | write names of "
        "such letters in quotes");
  CHECK(refused_mapping("key = \"a\" # ключ\nfoo = \"\"\"\n\"Да\" \\\"\"\"\"\nстатус = 1\n")
            .ends_with("m.toml:4 | write names of such letters in quotes"));
  CHECK(refused_mapping("kind = \"park\"\n") == "this key is missing | m.toml:1, key | add it");
  CHECK(refused_mapping("key = 5\n") ==
        "it must be a text or a list of texts | m.toml:1, key | write it as in [\"a\", \"b\"]");
  CHECK(refused_mapping("key = \"a\"\nkind = \"A Park\"\n") ==
        "'A Park' is no slug | m.toml:2, kind | use lower-case letters, digits and inner hyphens");
  CHECK(refused_mapping("key = \"a\"\n[status.words]\nopen = [\"opend\"]\n") ==
        "'opend' is no event type | m.toml:3, status.words.open | did you mean opened?");
  CHECK(refused_mapping("key = \"a\"\n[status.dates]\nopend = \"x\"\n") ==
        "'opend' is no event type | m.toml:3, status.dates.opend | did you mean opened?");
  CHECK(refused_mapping("key = \"a\"\nseparator = \";;\"\n") ==
        "it is none of the characters allowed | m.toml:2, separator | use one of \",\", \";\", "
        "\"\\t\", \"|\"");
  CHECK(refused_mapping("key = \"a\"\nseparator = \"x\"\n")
            .starts_with("it is none of the characters"));
  CHECK(refused_mapping("key = \"a\"\ndecimal = \"'\"\n") ==
        "it is none of the characters allowed | m.toml:2, decimal | use \".\" or \",\"");
  CHECK(refused_mapping("key = \"a\"\nfiscal = \"02-29\"\n") ==
        "it must be the month and day of each year's beginning | m.toml:2, fiscal | write it as in "
        "\"07-01\"");
  CHECK(refused_mapping("key = \"a\"\norder = \"ydm\"\n") ==
        "it is none of those allowed | m.toml:2, order | use one of \"dmy\", \"mdy\"");
  CHECK(refused_mapping("key = \"a\"\nslug = \"{Name\"\n") ==
        "a '{' is not closed | m.toml:2, slug | write {Column}");
  CHECK(refused_mapping("key = \"a\"\n[known]\nfile_name = \"(\"\n")
            .starts_with("it must be a regular expression with one group | m.toml:3"));
  CHECK(refused_mapping("key = \"a\"\n[[quantity]]\nmeasure = \"mw\"\n") ==
        "this key is missing | m.toml:2, quantity.column | add it");
  CHECK(refused_mapping("key = \"a\"\n[quantity]\nmeasure = \"mw\"\n") ==
        "it must be a list of tables | m.toml:2, quantity | write [[quantity]]");
  CHECK(refused_mapping("key = \"a\nx\"\n").starts_with("it is not TOML: "));
  CHECK(refused_mapping("key = \"a\"\nkey = \"b\"\n").find("m.toml:2") != std::string::npos);
}

}  // namespace solnoma
