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

class FeatureCells : public CellReader {
 public:
  explicit FeatureCells(const Value& features) {
    header_.emplace_back("geometry");
    for (const Value& feature : features.GetArray()) {
      std::vector<std::string>& row = rows_.emplace_back(header_.size());
      if (!feature.IsObject()) continue;
      if (const auto geometry = feature.FindMember("geometry"); geometry != feature.MemberEnd())
        row[0] = text_of(geometry->value);
      const auto properties = feature.FindMember("properties");
      if (properties == feature.MemberEnd() || !properties->value.IsObject()) continue;
      for (const auto& member : properties->value.GetObject()) {
        const std::size_t column = column_of(text_of(member.name));
        if (row.size() <= column) row.resize(column + 1);
        row[column] = text_of(member.value);
      }
    }
  }

  Result<bool> next(CellRow& row) override {
    row.problem.clear();
    row.original.clear();
    row.line = next_;
    if (next_ > rows_.size()) return false;
    row.cells = next_ == 0 ? header_ : std::move(rows_[next_ - 1]);
    ++next_;
    return true;
  }

 private:
  std::size_t column_of(std::string name) {
    const auto [found, is_new] = columns_.emplace(std::move(name), header_.size());
    if (is_new) header_.push_back(found->first);
    return found->second;
  }

  std::vector<std::string> header_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
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
  const auto features =
      document.IsObject() ? document.FindMember("features") : Value::ConstMemberIterator();
  if (!document.IsObject() || features == document.MemberEnd() || !features->value.IsArray())
    return wrong("it is no GeoJSON FeatureCollection", "give a table that is one");
  return std::make_unique<FeatureCells>(features->value);
}

}  // namespace solnoma
