#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "tools/import/table/number_format.hpp"
#include "tools/import/table/sheet.hpp"
#include "tools/import/table/xml_reader.hpp"

namespace solnoma {
namespace {

/// A number that counts; 0 where it is none.
std::size_t count_of(std::string_view digits) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Result<void> read_part(const ZipArchive& archive, const std::string& part, XmlHandler& handler) {
  XmlReader reader(handler);
  auto read = archive.unpack(part, [&](std::string_view piece) { return reader.read(piece); });
  return read ? reader.finish() : read;
}

/// Where a relationship leads that stands in `folder`.
std::string resolved(const std::string& folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string path = folder;
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    path.erase(path.size() < 2 ? 0 : path.rfind('/', path.size() - 2) + 1);
  }
  return path + std::string(target);
}

/// What a part refers to: by id, and by the last word of what it is ("styles").
class Relationships : public XmlHandler {
 public:
  explicit Relationships(std::string folder) : folder_(std::move(folder)) {}

  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attributes.find("Type");
    const std::string target = resolved(folder_, attributes.find("Target"));
    by_id_.emplace(attributes.find("Id"), target);
    by_type_.emplace(type.substr(type.rfind('/') + 1), target);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  [[nodiscard]] std::optional<std::string> of_id(const std::string& id) const {
    return found(by_id_, id);
  }
  [[nodiscard]] std::optional<std::string> of_type(const std::string& type) const {
    return found(by_type_, type);
  }

 private:
  using Targets = std::map<std::string, std::string>;
  static std::optional<std::string> found(const Targets& targets, const std::string& key) {
    const auto target = targets.find(key);
    return target == targets.end() ? std::nullopt : std::optional(target->second);
  }
  std::string folder_;
  Targets by_id_, by_type_;
};

struct NamedSheet {
  std::string name, id;
  bool hidden;
};

class WorkbookPart : public XmlHandler {
 public:
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "sheet") {
      const std::string_view state = attributes.find("state");
      sheets.push_back({std::string(attributes.find("name")), std::string(attributes.find("id")),
                        state == "hidden" || state == "veryHidden"});
    } else if (name == "workbookPr") {
      const std::string_view flag = attributes.find("date1904");
      from_1904 = flag == "1" || flag == "true";
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<NamedSheet> sheets;
  bool from_1904 = false;
};

/// What the numbers of cells are shown as, by the cells' style.
class Styles : public XmlHandler {
 public:
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_cells_ = true;
    if (name == "numFmt")
      codes_.emplace(count_of(attributes.find("numFmtId")),
                     shown_by(attributes.find("formatCode")));
    if (name != "xf" || !in_cells_) return;
    const std::size_t format = count_of(attributes.find("numFmtId"));
    const auto code = codes_.find(format);
    styles_.push_back(code != codes_.end() ? code->second
                                           : shown_by_number(static_cast<int>(format)));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  void text(std::string_view) override {}

  [[nodiscard]] ShownAs of(std::size_t style) const {
    return style < styles_.size() ? styles_[style] : ShownAs::number;
  }

 private:
  bool in_cells_ = false;
  std::map<std::size_t, ShownAs> codes_;
  std::vector<ShownAs> styles_;
};

/// The texts of a workbook, each once.
class SharedStrings : public XmlHandler {
 public:
  void begin(std::string_view name, const XmlAttributes&) override {
    if (name == "si") all.emplace_back();
    if (name == "rPh") in_reading_ = true;  // how a Japanese word sounds
    in_text_ = name == "t" && !in_reading_ && !all.empty();
  }
  void end(std::string_view name) override {
    if (name == "rPh") in_reading_ = false;
    if (name == "t") in_text_ = false;
  }
  void text(std::string_view text) override {
    if (in_text_) all.back() += text;
  }

  std::vector<std::string> all;

 private:
  bool in_text_ = false, in_reading_ = false;
};

class SheetPart : public XmlHandler {
 public:
  SheetPart(Sheet& sheet, const SharedStrings& strings, const Styles& styles, bool from_1904)
      : sheet_(sheet), strings_(strings), styles_(styles), from_1904_(from_1904) {}

  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      const std::size_t said = count_of(attributes.find("r"));
      line_ = said > 0 ? said : line_ + 1;
      column_ = 0;
    } else if (name == "c") {
      begin_cell(attributes);
    } else if (name == "rPh") {
      in_reading_ = true;
    }
    in_text_ = in_cell_ && (name == "v" || (name == "t" && !in_reading_));
  }

  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") in_reading_ = false;
    if (name != "c" || !in_cell_) return;
    in_cell_ = false;
    if (auto ok = sheet_.put(line_, column_, cell_text()); !ok) stop(ok.error());
    ++column_;
  }

  void text(std::string_view text) override {
    if (in_text_) text_ += text;
  }

 private:
  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    text_.clear();
    type_ = attributes.find("t");
    style_ = count_of(attributes.find("s"));
    // "B12": the letters are the column.
    std::size_t column = 0;
    for (const char c : attributes.find("r")) {
      if (c < 'A' || c > 'Z' || column > 1'000'000) break;
      column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    if (column > 0) column_ = column - 1;
  }

  std::string cell_text() {
    if (text_.empty() || type_ == "e") return {};
    if (type_ == "s") {
      const std::size_t id = count_of(text_);
      if (id < strings_.all.size()) return strings_.all[id];
      stop({Errc::invalid,
            "the workbook is broken: a cell has a text that is not there",
            {},
            "save it again from the program it is of"});
      return {};
    }
    if (type_ == "b") return text_ == "1" || text_ == "true" ? "TRUE" : "FALSE";
    if (!type_.empty() && type_ != "n") return std::move(text_);
    const double value = number_of(text_);
    if (!std::isfinite(value)) return std::move(text_);
    const ShownAs shown = styles_.of(style_);
    if (shown == ShownAs::number) return number_text(value);
    if (shown == ShownAs::percent) return percent_text(value);
    return date_text(value, shown, from_1904_).value_or(number_text(value));
  }

  Sheet& sheet_;
  const SharedStrings& strings_;
  const Styles& styles_;
  bool from_1904_;
  bool in_cell_ = false, in_text_ = false, in_reading_ = false;
  std::size_t line_ = 0, column_ = 0, style_ = 0;
  std::string type_, text_;
};

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/') + 1);
}

Result<Relationships> relationships_of(const ZipArchive& archive, const std::string& part) {
  const std::string folder = folder_of(part);
  Relationships relationships(folder);
  const std::string path = fmt::format("{}_rels/{}.rels", folder, part.substr(folder.size()));
  if (auto ok = read_part(archive, path, relationships); !ok) return std::unexpected(ok.error());
  return relationships;
}

}  // namespace

Result<std::vector<Sheet>> read_xlsx(const ZipArchive& archive, const std::string& only,
                                     SheetRoom& room) {
  auto package = relationships_of(archive, "");
  if (!package) return std::unexpected(package.error());
  const std::string path = package->of_type("officeDocument").value_or("xl/workbook.xml");
  WorkbookPart workbook;
  if (auto ok = read_part(archive, path, workbook); !ok) return std::unexpected(ok.error());
  auto parts = relationships_of(archive, path);
  if (!parts) return std::unexpected(parts.error());
  Styles styles;
  if (const auto part = parts->of_type("styles"))
    if (auto ok = read_part(archive, *part, styles); !ok) return std::unexpected(ok.error());
  SharedStrings strings;
  if (const auto part = parts->of_type("sharedStrings"))
    if (auto ok = read_part(archive, *part, strings); !ok) return std::unexpected(ok.error());
  std::vector<Sheet> sheets;
  for (const NamedSheet& each : workbook.sheets) {
    Sheet& sheet = sheets.emplace_back(each.name, each.hidden, room);
    const auto part = parts->of_id(each.id);
    if (!part || (!only.empty() && each.name != only)) continue;
    SheetPart handler(sheet, strings, styles, workbook.from_1904);
    if (auto ok = read_part(archive, *part, handler); !ok) return std::unexpected(ok.error());
  }
  return sheets;
}

}  // namespace solnoma
