#include <fmt/format.h>

#include <algorithm>

#include "tools/import/table/cells.hpp"
#include "tools/import/table/sheet.hpp"
#include "tools/import/table/zip_archive.hpp"

namespace solnoma {
namespace {

constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;

class SheetCells : public CellReader {
 public:
  SheetCells(Sheet sheet, std::string chosen)
      : sheet_(std::move(sheet)), chosen_(std::move(chosen)) {}

  Result<bool> next(CellRow& row) override {
    row.problem.clear();
    row.original.clear();
    if (next_ == sheet_.rows().size()) return false;
    Sheet::Row& from = sheet_.rows()[next_++];
    row.line = from.line;
    row.cells = std::move(from.cells);
    return true;
  }
  CellOptions options() const override {
    return {.encoding = {}, .separator = 0, .sheet = chosen_};
  }

 private:
  Sheet sheet_;
  std::string chosen_;
  std::size_t next_ = 0;
};

Result<std::string> whole_part(const ZipArchive& archive, const std::string& name) {
  std::string text;
  auto ok = archive.unpack(name, [&](std::string_view piece) -> Result<void> {
    constexpr std::size_t kEnough = 1 << 20;
    if (text.size() < kEnough) text += piece;
    return {};
  });
  if (!ok) return std::unexpected(ok.error());
  return text;
}

Result<std::vector<Sheet>> read_sheets(const ZipArchive& archive, const std::string& only,
                                       SheetRoom& room) {
  if (archive.unpacked_size() > kMostUnpacked)
    return fail(Errc::invalid,
                fmt::format("the workbook unpacks to {} MiB, more than {}",
                            archive.unpacked_size() >> 20, kMostUnpacked >> 20),
                "save the sheet that is meant as CSV");
  if (archive.has("xl/workbook.bin"))
    return fail(Errc::invalid, "it is a binary workbook (XLSB)", "save it as XLSX");
  if (archive.has("[Content_Types].xml") && archive.has("xl/workbook.xml"))
    return read_xlsx(archive, only, room);
  if (archive.has("mimetype") && archive.has("content.xml")) {
    auto type = whole_part(archive, "mimetype");
    if (!type) return std::unexpected(type.error());
    if (type->starts_with("application/vnd.oasis.opendocument.spreadsheet")) {
      auto manifest = archive.has("META-INF/manifest.xml")
                          ? whole_part(archive, "META-INF/manifest.xml")
                          : Result<std::string>();
      if (!manifest) return std::unexpected(manifest.error());
      if (manifest->find("encryption-data") != std::string::npos)
        return fail(Errc::invalid, "the workbook is encrypted", "save it without a password");
      return read_ods(archive, only, room);
    }
  }
  return fail(Errc::invalid, "it is an archive, not a workbook", "unpack it first");
}

}  // namespace

Result<std::unique_ptr<CellReader>> open_workbook_cells(const FileContent& file,
                                                        const CellOptions& options) {
  auto archive = ZipArchive::open(file.bytes());
  if (!archive) return at(file.name(), archive.error());
  SheetRoom room;
  auto sheets = read_sheets(*archive, options.sheet, room);
  if (!sheets) return at(file.name(), sheets.error());
  std::string names;
  for (const Sheet& sheet : *sheets) names += (names.empty() ? "" : ", ") + sheet.name();
  if (!options.sheet.empty()) {
    const auto named = std::ranges::find(*sheets, options.sheet, &Sheet::name);
    if (named == sheets->end())
      return at(file.name(), Error{Errc::invalid,
                                   fmt::format("the workbook has no sheet '{}'", options.sheet),
                                   {},
                                   fmt::format("it has {}", names)});
    return std::make_unique<SheetCells>(std::move(*named), options.sheet);
  }
  const auto room_of = [](const Sheet& sheet) { return sheet.hidden() ? 0 : sheet.filled(); };
  const auto largest = std::ranges::max_element(*sheets, {}, room_of);
  if (largest == sheets->end() || largest->filled() == 0)
    return at(file.name(),
              Error{Errc::invalid, "no sheet of the workbook has rows", {}, "look into it"});
  std::string chosen = sheets->size() > 1 ? largest->name() : std::string();
  return std::make_unique<SheetCells>(std::move(*largest), std::move(chosen));
}

}  // namespace solnoma
