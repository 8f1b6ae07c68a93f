#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <unordered_map>

#include "events/json/compact.hpp"
#include "tools/import/table/cells.hpp"

namespace solnoma {
namespace {

using rapidjson::Value;

std::string text_of(const Value& value) {
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  return value.IsNull() ? std::string() : compact_json(value).value_or("");
}

const Value* member(const Value& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

class FeatureCells : public CellReader {
 public:
  /// Precondition: the document has a list of features.
  static Result<std::unique_ptr<CellReader>> of(rapidjson::Document document) {
    std::unique_ptr<FeatureCells> cells(new FeatureCells(std::move(document)));
    for (const Value& feature : cells->features_->GetArray()) {
      const Value* const properties = member(feature, "properties");
      if (properties == nullptr || !properties->IsObject()) continue;
      for (const auto& each : properties->GetObject()) cells->add_column(text_of(each.name));
      if (cells->header_.size() > kMostColumns)
        return fail(Errc::invalid,
                    fmt::format("its features have more than {} properties", kMostColumns),
                    "give each feature the same ones");
    }
    return cells;
  }

  Result<bool> next(CellRow& row) override {
    row.problem.clear();
    row.original.clear();
    row.line = next_;
    if (next_ > features_->Size()) return false;
    if (next_ == 0)
      row.cells = header_;
    else
      fill(row.cells, (*features_)[static_cast<rapidjson::SizeType>(next_ - 1)]);
    ++next_;
    return true;
  }

 private:
  explicit FeatureCells(rapidjson::Document document)
      : document_(std::move(document)), features_(member(document_, "features")) {
    add_column("geometry");
  }

  void add_column(std::string name) {
    const auto [found, is_new] = columns_.emplace(std::move(name), header_.size());
    if (is_new) header_.push_back(found->first);
  }

  void fill(std::vector<std::string>& cells, const Value& feature) const {
    cells.assign(header_.size(), {});
    const Value* const properties = member(feature, "properties");
    if (properties != nullptr && properties->IsObject())
      for (const auto& each : properties->GetObject())
        cells[columns_.at(text_of(each.name))] = text_of(each.value);
    if (const Value* const geometry = member(feature, "geometry")) cells[0] = text_of(*geometry);
  }

  rapidjson::Document document_;
  const Value* features_;
  std::vector<std::string> header_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::size_t next_ = 0;
};

}  // namespace

Result<std::unique_ptr<CellReader>> open_geojson_cells(const FileContent& file) {
  constexpr std::size_t kMostBytes = 256 << 20;
  const std::string_view bytes = file.bytes();
  const auto wrong = [&](std::string what, std::string remedy) {
    return at(file.name(), Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
  };
  if (bytes.size() > kMostBytes)
    return wrong(fmt::format("it is larger than {} MiB", kMostBytes >> 20), "divide it");
  rapidjson::Document document;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;
  document.Parse<kFlags>(bytes.data(), bytes.size());
  if (document.HasParseError())
    return wrong(fmt::format("it is not JSON: {}, at byte {}",
                             rapidjson::GetParseError_En(document.GetParseError()),
                             document.GetErrorOffset() + 1),
                 "look at what wrote it");
  const Value* const features = member(document, "features");
  if (features == nullptr || !features->IsArray())
    return wrong("it is no GeoJSON FeatureCollection", "give a table that is one");
  auto cells = FeatureCells::of(std::move(document));
  if (!cells) return at(file.name(), cells.error());
  return cells;
}

}  // namespace solnoma
