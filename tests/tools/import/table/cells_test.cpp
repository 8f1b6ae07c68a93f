// Tables of every kind come in as rows of text.

#include "tools/import/table/cells.hpp"

#include <doctest/doctest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace solnoma {
namespace {

using Table = std::vector<std::vector<std::string>>;

Result<Table> read(const FileContent& file, const CellOptions& options = {}) {
  auto cells = open_cells(file, options);
  if (!cells) return std::unexpected(cells.error());
  Table table;
  CellRow row;
  for (;;) {
    auto more = (*cells)->next(row);
    if (!more) return std::unexpected(more.error());
    if (!*more) return table;
    table.push_back(row.problem.empty() ? row.cells : std::vector{"! " + row.problem});
  }
}

Table table(const std::string& text, const CellOptions& options = {}) {
  auto rows = read(FileContent::of_text("t.csv", text), options);
  REQUIRE_MESSAGE(rows, rows.error().what);
  return *rows;
}

std::string refusal(const std::string& text, const CellOptions& options = {}) {
  const auto rows = read(FileContent::of_text("t", text), options);
  REQUIRE(!rows);
  return rows.error().what;
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string utf16(const std::string& ascii) {
  std::string wide = "\xFF\xFE";
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

}  // namespace

TEST_CASE("text with separators is read as csv-spectrum has it") {
  const std::string spectrum = std::string(SOLNOMA_SHARED) + "/csv-spectrum";
  if (!std::filesystem::exists(spectrum)) {
    MESSAGE("skipped: csv-spectrum is not there");
    return;
  }
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(spectrum + "/csvs")) {
    const std::string stem = entry.path().stem().string();
    if (stem == "location_coordinates") continue;  // its JSON is of another table
    INFO(stem);
    const Table rows = table(content(entry.path()));
    rapidjson::Document json;
    const std::string text = content(spectrum + "/json/" + stem + ".json");
    json.Parse(text.data(), text.size());
    REQUIRE(json.IsArray());
    REQUIRE(rows.size() == json.Size() + 1);
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
      for (std::size_t column = 0; column < rows[0].size(); ++column) {
        // The copy of the file with CRLF has lost it, its JSON has not.
        std::string expected = json[i][rows[0][column].c_str()].GetString();
        std::erase(expected, '\r');
        CHECK(rows[i + 1][column] == expected);
        ++compared;
      }
  }
  CHECK(compared > 40);
}

TEST_CASE("rows know the line on which they begin, whatever stands in their cells") {
  auto cells = open_cells(FileContent::of_text("t.csv", "a,b\n\"x\ny\nz\",1\r\nq,2"), {});
  REQUIRE(cells);
  CellRow row;
  std::vector<std::size_t> lines;
  while (*(*cells)->next(row)) lines.push_back(row.line);
  CHECK(lines == std::vector<std::size_t>{1, 2, 5});
  CHECK(row.cells == std::vector<std::string>{});
}

TEST_CASE("the separator is found, or said") {
  CHECK(table("a;b\n1,5;2\n") == Table{{"a", "b"}, {"1,5", "2"}});
  CHECK(table("a\tb\n1,2\t3\n") == Table{{"a", "b"}, {"1,2", "3"}});
  CHECK(table("a|b\nx|y\n") == Table{{"a", "b"}, {"x", "y"}});
  CHECK(table("\"a;x\",b\n\"c;y\",d\n") == Table{{"a;x", "b"}, {"c;y", "d"}});
  CHECK(table("a;b,c\n1;2,3\n", {.encoding = {}, .separator = ',', .sheet = {}}) ==
        Table{{"a;b", "c"}, {"1;2", "3"}});
  CHECK(table("one\ntwo\n") == Table{{"one"}, {"two"}});
}

TEST_CASE("quotes count at the beginning of a cell, and stand doubled in it") {
  CHECK(table("a,b\n5\" pipe,\"say \"\"hi\"\"\"\n") ==
        Table{{"a", "b"}, {"5\" pipe", "say \"hi\""}});
  CHECK(table("a,b\n\"\",\n") == Table{{"a", "b"}, {"", ""}});
  CHECK(table("a,b\n\"x\"y,1\nc,d\n") ==
        Table{{"a", "b"},
              {"! the quotes of a cell are not closed, or something stands behind them"},
              {"c", "d"}});
}

TEST_CASE("cells between tabs may be empty or stand in quotes, and lines may end in any way") {
  CHECK(table("a\tb\tc\td\n1\t\t\t4\n\"x\"\t\"y\tz\"\t\t\"q\"\n\t\t3\t\n") ==
        Table{{"a", "b", "c", "d"}, {"1", "", "", "4"}, {"x", "y\tz", "", "q"}, {"", "", "3", ""}});
  CHECK(table("a,b\rc,\"d\re\"\rf,g") == Table{{"a", "b"}, {"c", "d\re"}, {"f", "g"}});
  CHECK(table("a,b\n 1 , \"2\n\"x\" ,\n") == Table{{"a", "b"}, {" 1 ", " \"2"}, {"x", ""}});
  CHECK(table("a,b\n1,\"open\n2,x\n") ==
        Table{{"a", "b"},
              {"! the quotes of a cell are not closed, or something stands behind them"}});
}

TEST_CASE("text is read in the encoding that it is in") {
  CHECK(table("\xEF\xBB\xBF"
              "имя,b\n1,2\n")[0][0] == "имя");
  CHECK(table(utf16("name,b\n1,2\n")) == Table{{"name", "b"}, {"1", "2"}});
  CHECK(table(utf16("name,b\n1,2\n").substr(2)) == Table{{"name", "b"}, {"1", "2"}});
  // "Название парка,Регион … Ташкентская область" in windows-1251.
  const std::string cyrillic =
      "\xCD\xE0\xE7\xE2\xE0\xED\xE8\xE5 \xEF\xE0\xF0\xEA\xE0,\xD0\xE5\xE3\xE8\xEE\xED\n"
      "\xD7\xE8\xF0\xF7\xE8\xEA,\xD2\xE0\xF8\xEA\xE5\xED\xF2\xF1\xEA\xE0\xFF "
      "\xEE\xE1\xEB\xE0\xF1\xF2\xFC\n";
  CHECK(table(cyrillic)[0] == std::vector<std::string>{"Название парка", "Регион"});
  CHECK(table(cyrillic, {.encoding = "windows-1251", .separator = 0, .sheet = {}})[1][0] ==
        "Чирчик");
  CHECK(table("caf\xE9,b\nTen\xE9rife \x96 x,1\n",
              {.encoding = "windows-1252", .separator = 0, .sheet = {}})[1][0] == "Tenérife – x");
  CHECK(refusal("a,b\n", {.encoding = "klingon", .separator = 0, .sheet = {}}) ==
        "the encoding 'klingon' is not known");
}

TEST_CASE("a GeoJSON collection is a table of its properties") {
  const std::string text = R"({"type":"FeatureCollection","features":[
    {"type":"Feature","geometry":{"type":"Point","coordinates":[69.25,41.47]},
     "properties":{"name":"Chirchik","mw":2.76,"open":true}},
    {"type":"Feature","geometry":null,"properties":{"name":"B","kinds":["a","b"],"mw":null}}]})";
  CHECK(table(text) ==
        Table{{"geometry", "name", "mw", "open", "kinds"},
              {R"({"type":"Point","coordinates":[69.25,41.47]})", "Chirchik", "2.76", "true", ""},
              {"", "B", "", "", R"(["a","b"])"}});
  CHECK(refusal(R"({"type":"Topology"})") == "it is no GeoJSON FeatureCollection");
  CHECK(refusal(R"({"features":)").starts_with("it is not JSON"));
}

TEST_CASE("a workbook is read: a sheet by its name, or the one with the most cells") {
  const std::string path = std::string(SOLNOMA_SHARED) + "/trackers/gem-asia-2024-09-25.xlsx";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: the tracker's workbook is not there");
    return;
  }
  auto file = FileContent::of(path);
  REQUIRE(file);
  auto rows = read(*file);
  REQUIRE_MESSAGE(rows, rows.error().what);
  CHECK(rows->size() == 3096);
  CHECK(rows->front().size() == 32);
  auto none = read(*file, {.encoding = {}, .separator = 0, .sheet = "nowhere"});
  REQUIRE(!none);
  CHECK(none.error().what == "the workbook has no sheet 'nowhere'");
  // Cut short, it is broken, and says so.
  for (const std::size_t size : {4UL, 100UL, 200'000UL, 462'000UL}) {
    const auto cut =
        read(FileContent::of_text("cut.xlsx", std::string(file->bytes().substr(0, size))));
    REQUIRE(!cut);
    CHECK(cut.error().what.starts_with("the workbook is broken"));
  }
}

TEST_CASE("what is no table is refused by name") {
  using namespace std::string_literals;
  CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s) ==
        "it is an encrypted workbook, or one of Excel before 2007, not a table");
  CHECK(refusal("%PDF-1.7\n") == "it is a PDF document, not a table");
  CHECK(refusal("<html>") == "it is a page or another XML document, not a table");
  CHECK(refusal("") == "it is empty, not a table");
  CHECK(refusal("\x1F\x8B\x08"s) == "it is a gzip archive, not a table");
}

TEST_CASE("a table that is too large in one place is refused there" * doctest::test_suite("long")) {
  CHECK(
      refusal("a,b\n\"" + std::string(100 << 20, 'x') + "\n").starts_with("the row has more than"));
  CHECK(refusal("a,b\n" + std::string(100 << 20, 'x')).starts_with("the row has more than"));
  CHECK(refusal(std::string(1'000'000, ',') + "\n").starts_with("the row has 1000001 cells"));
}

}  // namespace solnoma
