// Workbooks come in as what their cells show.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/tools/import/table/archive.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/number_format.hpp"

namespace solnoma {
namespace {

using SheetRow = std::vector<std::string>;
using Table = std::vector<SheetRow>;

struct NamedSheet {
  std::string name, rows, state;
};

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelationships =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relationships(const std::vector<std::pair<std::string, std::string>>& all) {
  std::string xml =
      "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
  for (std::size_t i = 0; i < all.size(); ++i)
    xml += fmt::format("<Relationship Id='r{}' Type='{}/{}' Target='{}'/>", i + 1, kRelationships,
                       all[i].first, all[i].second);
  return xml + "</Relationships>";
}

/// Styles: 1 a day, 2 a month, 3 a percentage, 4 a day by its code, 5 text in a code.
std::vector<ArchivedFile> xlsx_parts(const std::vector<NamedSheet>& sheets,
                                     const std::string& strings = {},
                                     const std::string& properties = {}) {
  std::vector<std::pair<std::string, std::string>> targets;
  std::string list;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    targets.emplace_back("worksheet", fmt::format("worksheets/sheet{}.xml", i + 1));
    list += fmt::format("<sheet name='{}' sheetId='{}' state='{}' r:id='r{}'/>", sheets[i].name,
                        i + 1, sheets[i].state, i + 1);
  }
  targets.emplace_back("styles", "/xl/styles.xml");
  targets.emplace_back("sharedStrings", "sharedStrings.xml");
  std::vector<ArchivedFile> parts = {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", relationships({{"officeDocument", "xl/workbook.xml"}})},
      {"xl/workbook.xml",
       fmt::format("<workbook xmlns='{}' xmlns:r='{}'>{}<sheets>{}</sheets></workbook>", kMain,
                   kRelationships, properties, list)},
      {"xl/_rels/workbook.xml.rels", relationships(targets)},
      {"xl/styles.xml",
       fmt::format("<styleSheet xmlns='{}'><numFmts><numFmt numFmtId='164' "
                   "formatCode='[$-419]dd\\/mm\\/yyyy;@'/><numFmt numFmtId='165' "
                   "formatCode='0.0\" days\"'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
                   "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
                   "numFmtId='17'/><xf numFmtId='9'/><xf numFmtId='164'/><xf numFmtId='165'/>"
                   "</cellXfs></styleSheet>",
                   kMain)},
      {"xl/sharedStrings.xml", fmt::format("<sst xmlns='{}'>{}</sst>", kMain, strings)}};
  for (std::size_t i = 0; i < sheets.size(); ++i)
    parts.push_back({fmt::format("xl/worksheets/sheet{}.xml", i + 1),
                     fmt::format("<worksheet xmlns='{}'><sheetData>{}</sheetData></worksheet>",
                                 kMain, sheets[i].rows)});
  return parts;
}

std::string ods(const std::string& content, const std::string& manifest = "<manifest/>") {
  return archive_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"META-INF/manifest.xml", manifest},
       {"content.xml",
        fmt::format("<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' "
                    "xmlns:draw='d'><office:body><office:spreadsheet>{}</office:spreadsheet>"
                    "</office:body></office:document-content>",
                    content)}});
}

Result<std::unique_ptr<CellReader>> open(const std::string& archive, const std::string& sheet) {
  return open_cells(FileContent::of_text("w.xlsx", archive),
                    {.encoding = {}, .separator = 0, .sheet = sheet});
}

Table sheet(const std::string& archive, const std::string& sheet = {}) {
  auto cells = open(archive, sheet);
  REQUIRE_MESSAGE(cells, (cells ? std::string() : cells.error().what));
  Table rows;
  CellRow row;
  while (*(*cells)->next(row)) rows.push_back(row.cells);
  return rows;
}

std::string refused_workbook(const std::string& archive, const std::string& sheet = {}) {
  const auto cells = open(archive, sheet);
  REQUIRE(!cells);
  CHECK(cells.error().where == "w.xlsx");
  return cells.error().what;
}

}  // namespace

TEST_CASE("texts of a workbook are read, wherever it keeps them") {
  const std::string strings =
      "<si><t>Name</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></si>";
  const std::string rows =
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>in the cell</t></is>"
      "</c></row><row r='3'><c t='s'><v>1</v></c><c t='str'><f>\"a\"</f><v>A &amp; B</v></c>"
      "<c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c><f>1+1</f></c></row>";
  const std::string archive = archive_of(xlsx_parts({{"S", rows, ""}}, strings));
  CHECK(sheet(archive) == Table{{"Name", "", "in the cell"}, {"rich text", "A & B", "TRUE"}});
  auto cells = open(archive, "");
  REQUIRE(cells);
  CellRow row;
  REQUIRE((*cells)->next(row));
  CHECK(row.line == 1);
  REQUIRE((*cells)->next(row));
  CHECK(row.line == 3);
  CHECK(refused_workbook(archive_of(
            xlsx_parts({{"S", "<row><c t='s'><v>7</v></c></row>", ""}}, "<si><t>x</t></si>"))) ==
        "the workbook is broken: a cell has a text that is not there");
}

TEST_CASE("numbers of a workbook are what is shown of them") {
  const std::string rows =
      "<row r='1'><c><v>2018</v></c><c><v>13.920199999999999</v></c><c s='1'><v>45123</v></c>"
      "<c s='2'><v>45108</v></c><c s='3'><v>0.07</v></c><c s='4'><v>45123.75</v></c>"
      "<c s='5'><v>12</v></c><c t='d'><v>2024-03-01</v></c><c s='1'><v>-3</v></c></row>";
  CHECK(sheet(archive_of(xlsx_parts({{"S", rows, ""}}))) ==
        Table{{"2018", "13.9202", "2023-07-16", "2023-07", "7%", "2023-07-16 18:00:00", "12",
               "2024-03-01", "-3"}});
  CHECK(sheet(archive_of(xlsx_parts({{"S", rows, ""}}, "", "<workbookPr date1904='1'/>")))[0][2] ==
        "2027-07-17");
  CHECK(date_text(1, ShownAs::day, /*from_1904=*/false) == "1900-01-01");
  CHECK(date_text(59, ShownAs::day, false) == "1900-02-28");
  CHECK(date_text(61, ShownAs::day, false) == "1900-03-01");
  CHECK(date_text(0, ShownAs::day, /*from_1904=*/true) == "1904-01-01");
  CHECK(date_text(2'958'465, ShownAs::day, false) == "9999-12-31");
  CHECK(date_text(2'958'466, ShownAs::day, false) == std::nullopt);
  CHECK(date_text(0.5, ShownAs::day, false) == std::nullopt);
  CHECK(date_text(45292, ShownAs::year, false) == "2024");
  CHECK(shown_by("yyyy") == ShownAs::year);
  CHECK(shown_by("mmm\\ yy") == ShownAs::month);
  CHECK(shown_by("d mmmm yyyy") == ShownAs::day);
  CHECK(shown_by("0.00%") == ShownAs::percent);
  CHECK(shown_by("#,##0.00 \"dollars\";[Red]-0") == ShownAs::number);
  CHECK(shown_by("[h]:mm") == ShownAs::number);
  CHECK(shown_by("General") == ShownAs::number);
}

TEST_CASE("the sheet that is meant is the one that is named, or the one with the most cells") {
  const std::string one = "<row><c><v>1</v></c></row>";
  const std::string archive =
      archive_of(xlsx_parts({{"About", one + one, ""},
                             {"Data", one + one + one, ""},
                             {"Old", one + one + one + one + one, "hidden"}}));
  CHECK(sheet(archive).size() == 3);
  CHECK((*open(archive, ""))->options().sheet == "Data");
  CHECK(sheet(archive, "About").size() == 2);
  CHECK(sheet(archive, "Old").size() == 5);
  CHECK((*open(archive, "About"))->options().sheet == "About");
  CHECK(refused_workbook(archive, "nowhere") == "the workbook has no sheet 'nowhere'");
  CHECK(refused_workbook(archive_of(xlsx_parts({{"S", "", ""}}))) ==
        "no sheet of the workbook has rows");
}

TEST_CASE("a workbook of LibreOffice is read") {
  const std::string archive =
      ods("<table:table table:name='S'><table:table-row>"
          "<table:table-cell office:value-type='string'><text:p>Name</text:p></table:table-cell>"
          "<table:table-cell office:value-type='string' table:number-columns-repeated='2'>"
          "<text:p>x</text:p></table:table-cell></table:table-row>"
          "<table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>"
          "<table:table-row table:number-rows-repeated='2'>"
          "<table:table-cell office:value-type='string'><office:annotation><text:p>remark</text:p>"
          "</office:annotation><text:p>two<text:s text:c='2'/><text:span>words</text:span></text:p>"
          "<text:p>lines</text:p></table:table-cell><table:table-cell "
          "table:number-columns-repeated='2'/><table:table-cell office:value-type='date' "
          "office:date-value='2024-03-01T00:00:00'><text:p>1 Mar</text:p></table:table-cell>"
          "<table:table-cell office:value-type='float' office:value='2.50'><text:p>2,5</text:p>"
          "</table:table-cell><table:table-cell office:value-type='percentage' office:value='0.5'>"
          "<text:p>50 %</text:p></table:table-cell><table:covered-table-cell/><table:table-cell "
          "office:value-type='boolean' office:boolean-value='true'/></table:table-row>"
          "<table:table-row table:number-rows-repeated='1048570'><table:table-cell "
          "table:number-columns-repeated='16384'/></table:table-row></table:table>");
  const SheetRow row{"two  words\nlines", "", "", "2024-03-01", "2.5", "50%", "", "TRUE"};
  CHECK(sheet(archive) == Table{{"Name", "x", "x"}, row, row});
  auto cells = open(archive, "S");
  REQUIRE(cells);
  CellRow read;
  std::vector<std::size_t> lines;
  while (*(*cells)->next(read)) lines.push_back(read.line);
  CHECK(lines == std::vector<std::size_t>{1, 5, 6});
}

TEST_CASE("a workbook that hides what it holds, or would grow beyond bounds, is refused by name" *
          doctest::test_suite("long")) {
  const std::string one = "<row><c><v>1</v></c></row>";
  auto parts = xlsx_parts({{"S", one, ""}});
  parts.back().said_size = 2'000'000'000;
  CHECK(refused_workbook(archive_of(parts)) == "the workbook unpacks to 1907 MiB, more than 1024");
  parts.back() = {"xl/worksheets/sheet1.xml", one, 0, /*encrypted=*/true};
  CHECK(refused_workbook(archive_of(parts)) == "the workbook is encrypted");
  CHECK(refused_workbook(ods("", "<manifest><encryption-data/></manifest>")) ==
        "the workbook is encrypted");
  CHECK(refused_workbook(archive_of({{"xl/workbook.bin", "x"}})) ==
        "it is a binary workbook (XLSB)");
  CHECK(refused_workbook(archive_of({{"word/document.xml", "<x/>"}})) ==
        "it is an archive, not a workbook");
  parts.pop_back();
  CHECK(refused_workbook(archive_of(parts)) ==
        "the workbook is broken: it has no 'xl/worksheets/sheet1.xml'");
  parts.push_back({"xl/worksheets/sheet1.xml", "<worksheet><row>"});
  CHECK(refused_workbook(archive_of(parts)) ==
        "the XML in it is broken: no element found, in line 1");
  parts.back().content = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet>&a;</worksheet>";
  CHECK(refused_workbook(archive_of(parts)).starts_with("the XML in it has a document type"));
  const auto too_large = [&](const std::string& rows) {
    return refused_workbook(archive_of(xlsx_parts({{"S", rows, ""}})));
  };
  CHECK(too_large("<row><c r='A1' t='str'><v>" + std::string(2 << 20, 'x') + "</v></c></row>")
            .starts_with("sheet 'S' is too large at row 1"));
  CHECK(too_large("<row><c r='ZZZZ1'><v>1</v></c></row>").starts_with("sheet 'S' is too large"));
  CHECK(refused_workbook(ods("<table:table table:name='S'><table:table-row "
                             "table:number-rows-repeated='1000000000'><table:table-cell "
                             "table:number-columns-repeated='9000' office:value-type='float' "
                             "office:value='1'/></table:table-row></table:table>"))
            .starts_with("sheet 'S' is too large at row"));
}

}  // namespace solnoma
