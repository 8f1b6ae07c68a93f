#include "tools/import/standards/standard.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <string>
#include <string_view>

#include "tools/import/standards/iati.hpp"
#include "tools/import/standards/oc4ids.hpp"
#include "tools/import/standards/ocds.hpp"
#include "tools/import/standards/unpacked.hpp"

namespace solnoma {
namespace {

/// Stops at the first member of the root that names a standard.
class RootMembers : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, RootMembers> {
 public:
  [[nodiscard]] std::optional<Standard> found() const { return found_; }

  bool StartObject() { return ++depth_ > 0; }
  bool EndObject(rapidjson::SizeType) { return --depth_ > 0; }
  bool StartArray() { return ++depth_ > 1; }  // a root that is an array has no members
  bool EndArray(rapidjson::SizeType) { return --depth_ > 0; }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ != 1) return true;
    const std::string_view key(text, size);
    if (key == "projects") found_ = Standard::oc4ids;
    if (key == "releases" || key == "records" || key == "ocid") found_ = Standard::ocds;
    return !found_;
  }

 private:
  int depth_ = 0;
  std::optional<Standard> found_;
};

}  // namespace

const char* name(Standard standard) {
  switch (standard) {
    case Standard::oc4ids:
      return "OC4IDS";
    case Standard::ocds:
      return "OCDS";
    case Standard::iati:
      return "IATI";
  }
  return "";
}

std::optional<Standard> standard_of(const FileContent& file) {
  constexpr std::size_t kBeginning = 256 << 10;
  std::string unpacked;
  std::string_view bytes = file.bytes();
  if (is_gzip(bytes)) bytes = unpacked = unpacked_beginning(bytes, kBeginning);
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  bytes.remove_prefix(first);
  if (bytes.front() == '<')
    return bytes.substr(0, kBeginning).find("<iati-activities") != std::string_view::npos
               ? std::optional(Standard::iati)
               : std::nullopt;
  if (bytes.front() != '{') return std::nullopt;
  rapidjson::MemoryStream stream(bytes.data(), bytes.size());
  rapidjson::Reader reader;
  RootMembers members;
  constexpr unsigned kFlags = rapidjson::kParseStopWhenDoneFlag | rapidjson::kParseIterativeFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  reader.Parse<kFlags>(stream, members);
  return members.found();
}

Result<std::unique_ptr<RowReader>> open_standard(Standard standard, const FileContent& file,
                                                 const ReadOptions& options) {
  switch (standard) {
    case Standard::oc4ids:
      return open_oc4ids(file, options);
    case Standard::ocds:
      return open_ocds(file, options);
    case Standard::iati:
      break;
  }
  return open_iati(file, options);
}

}  // namespace solnoma
