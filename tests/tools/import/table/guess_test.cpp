// A mapping to begin with is one: the table can be read with it.

#include "tools/import/table/guess.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "events/validate.hpp"
#include "tests/support/contains.hpp"
#include "tools/import/table/table_reader.hpp"

namespace solnoma {
namespace {

std::string guessed(const FileContent& file) {
  auto text = guess_mapping(file);
  REQUIRE_MESSAGE(text, text.error().what);
  return *text;
}

}  // namespace

TEST_CASE("columns are guessed by their names and values, in the languages of the project") {
  const std::string text = guessed(FileContent::of_text(
      "parks 2024-06-10.csv",
      "Код;Название;Статус;Год ввода;Страна;Область;Широта;Долгота;Инвестор;Инвестиции (USD);Сайт\n"
      "1-а;Чирчик;строится;;Узбекистан;Ташкентская;41,4;69,5;A;1000000;https://a.uz\n"
      "2-б;Джизак;действует;2023;Узбекистан;Джизакская;40,1;67,8;B;2 000 000;https://b.uz\n"
      "3-в;Навои;непонятно;;Атлантида;Навоийская;40,1;65,3;C;3000;https://c.uz\n"));
  CHECK(test::contains(text, "key = [\"Код\"]"));
  CHECK(test::contains(text, "und = \"{Название}\""));
  CHECK(test::contains(text, "column = \"Статус\""));
  CHECK(test::contains(text, "\"строится\" = [\"construction-started\"]  # 1 row"));
  CHECK(test::contains(text, "\"действует\" = [\"opened\"]  # 1 row"));
  CHECK(test::contains(text, "\"непонятно\" = []  # 1 row: which?"));
  CHECK(test::contains(text, "opened = \"Год ввода\""));
  CHECK(test::contains(text, "country = \"Страна\""));
  CHECK(test::contains(text, "\"Атлантида\" = \"\"  # 1 row"));
  CHECK(test::contains(text, "latitude = \"Широта\""));
  CHECK(test::contains(text, "role = \"investor\""));
  CHECK(test::contains(text, "measure = \"investicii\""));
  CHECK(test::contains(text, "unit = \"USD\""));
  CHECK(test::contains(text, "[[address]]"));
  CHECK(test::contains(text, "file_name = '(\\d{4}-\\d{2}-\\d{2})'"));
}

TEST_CASE("a key may need two columns, and may not be there") {
  CHECK(test::contains(guessed(FileContent::of_text("t.csv", "Name,Unit\nA,1\nA,2\nB,1\n")),
                       "key = [\"Name\", \"Unit\"]"));
  const auto none = guess_mapping(FileContent::of_text("t.csv", "x,y\n1,1\n1,1\n"));
  REQUIRE(!none);
  CHECK(none.error().what == "no column can be a key: none has another value in each row");
}

TEST_CASE("columns without a name, or with that of another, are not guessed at") {
  const std::string text =
      guessed(FileContent::of_text("t.csv", "id,Name,name,,Name\nx,a,b,1,c\ny,a,b,2,c\n"));
  CHECK(test::contains(text, "key = [\"id\"]"));
  CHECK(test::contains(text, "slug = \"{name}\""));
  CHECK(!test::contains(text, "{Name}"));
}

TEST_CASE("a guess is a mapping, whatever signs and bytes stand in the table") {
  const FileContent file = FileContent::of_text(
      "t.csv",
      "id,na\"me,{x},Open?,status\nx,a\\b,1,2,\"a\x01\tb \xE9\"\ny,\"c\"\"d\",1,2,operating\n");
  auto mapping = mapping_from_toml(guessed(file), "guessed.toml");
  REQUIRE_MESSAGE(mapping, mapping.error().what);
  ReadOptions options;
  options.known = *known_from_text("2024");
  CHECK(open_table(file, *mapping, options));
}

TEST_CASE("how the table was found is said in the mapping, where it is not the usual") {
  CHECK(test::contains(guessed(FileContent::of_text("t.csv", "id;b\nx;1\n")), "separator = \";\""));
  CHECK(!test::contains(guessed(FileContent::of_text("t.csv", "id,b\nx,1\n")), "separator"));
  const std::string russian =
      "\xEA\xEE\xE4;\xF1\xF2\xE0\xF2\xF3\xF1\n1-\xE0;\xF1\xF2\xF0\xEE\xE8\xF2\xF1\xFF\n";
  CHECK(test::contains(guessed(FileContent::of_text("t.csv", russian)),
                       "encoding = \"windows-1251\""));
}

TEST_CASE("public trackers are read with what is guessed of them, but for a few rows" *
          doctest::test_suite("long")) {
  const std::string trackers = std::string(SOLNOMA_SHARED) + "/trackers";
  if (!std::filesystem::exists(trackers)) {
    MESSAGE("skipped: the trackers are not there");
    return;
  }
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(trackers)) {
    const std::string path = entry.path();
    INFO(path);
    auto file = FileContent::of(path);
    REQUIRE(file);
    auto mapping = mapping_from_toml(guessed(*file), "guessed.toml");
    REQUIRE_MESSAGE(mapping, mapping.error().what, mapping.error().where);
    auto reader = open_table(*file, *mapping, {});
    REQUIRE_MESSAGE(reader, reader.error().what);
    std::size_t rows = 0, refused = 0;
    ImportRow row;
    while (*(*reader)->next(row)) {
      ++rows;
      bool bad = !row.problems.empty();
      for (const Exchanged& each : row.events) bad |= !validate(each.event);
      refused += bad ? 1 : 0;
    }
    CHECK(rows > 500);
    CHECK(refused * 100 < rows);
    ++read;
  }
  CHECK(read == 6);
}

}  // namespace solnoma
