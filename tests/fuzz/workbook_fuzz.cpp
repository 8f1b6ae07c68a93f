#include "tests/fuzz/fuzz.hpp"
#include "tests/tools/import/table/archive.hpp"
#include "tools/import/table/cells.hpp"

using namespace solnoma;

namespace {

/// A workbook is refused, or its rows come one after another and are no larger than said.
void check_workbook(std::string archive) {
  const auto cells = open_cells(FileContent::of_text("w", std::move(archive)), {});
  if (!cells) return;
  CellRow row;
  while (*(*cells)->next(row)) {
    SOLNOMA_PROMISE(!row.cells.empty() && row.cells.size() <= kMostColumns);
    for (const std::string& cell : row.cells) SOLNOMA_PROMISE(cell.size() <= kMostCellBytes);
  }
}

}  // namespace

/// An archive, or the XML of a sheet: of LibreOffice's, or of Excel's with styles and texts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  check_workbook(text);
  check_workbook(archive_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", text}}));
  constexpr const char* kRelationships =
      "<x><Relationship Id='a' Type='/worksheet' Target='a'/><Relationship Id='b' Type='/styles' "
      "Target='a'/><Relationship Id='c' Type='/sharedStrings' Target='a'/></x>";
  check_workbook(archive_of({{"[Content_Types].xml", ""},
                             {"_rels/.rels", "<x/>"},
                             {"xl/_rels/workbook.xml.rels", kRelationships},
                             {"xl/workbook.xml", "<x><sheet name='s' id='a'/></x>"},
                             {"xl/a", text}}));
  return 0;
}
