#include "tools/import/standards/standard.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <string>

#include "tools/import/standards/unpacked.hpp"
#include "tools/import/standards/xml_tree.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kBeginning = 64 << 10;
constexpr std::size_t kMostJsonDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Looks at the members of the outermost object until they tell the standard.
class TopLevel : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TopLevel> {
 public:
  bool Default() { return depth_ > 0; }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ != 1) return true;
    key_.assign(text, size);
    if (key_ == "ocid") found_ = Standard::ocds;
    return !found_;
  }
  bool StartObject() { return ++depth_ <= kMostJsonDepth; }
  bool EndObject(rapidjson::SizeType) { return --depth_ > 0; }
  bool StartArray() {
    if (depth_ == 1 && key_ == "projects") found_ = Standard::oc4ids;
    if (depth_ == 1 && (key_ == "releases" || key_ == "records")) found_ = Standard::ocds;
    return depth_++ > 0 && !found_ && depth_ <= kMostJsonDepth;
  }
  bool EndArray(rapidjson::SizeType) {
    --depth_;
    return true;
  }

  [[nodiscard]] std::optional<Standard> found() const { return found_; }

 private:
  std::size_t depth_ = 0;
  std::string key_;
  std::optional<Standard> found_;
};

std::optional<Standard> standard_of_json(std::string_view bytes) {
  constexpr unsigned kFlags = rapidjson::kParseCommentsFlag | rapidjson::kParseTrailingCommasFlag;
  rapidjson::MemoryStream stream(bytes.data(), bytes.size());
  rapidjson::Reader reader;
  TopLevel top;
  reader.Parse<kFlags>(stream, top);
  return top.found();
}

std::optional<Standard> standard_of_xml(std::string_view bytes) {
  XmlElements elements(bytes.substr(0, kBeginning), "iati-activities", "iati-activity");
  (void)elements.find_wrapper();  // the beginning alone is no whole document
  return elements.wrapper().name.empty() ? std::nullopt : std::optional(Standard::iati);
}

}  // namespace

std::string_view name(Standard standard) {
  constexpr std::array<std::string_view, 3> kNames = {"OC4IDS", "OCDS", "IATI"};
  return kNames.at(static_cast<std::size_t>(standard));
}

std::optional<Standard> standard_of(std::string_view bytes) {
  if (is_gzip(bytes)) return standard_of(unpacked_beginning(bytes, kBeginning));
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  if (bytes[first] == '{' || bytes[first] == '/') return standard_of_json(bytes);
  return bytes[first] == '<' ? standard_of_xml(bytes) : std::nullopt;
}

}  // namespace solnoma
