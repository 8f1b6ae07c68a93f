#include "tools/import/standards/json_tree.hpp"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>

#include "events/json/compact.hpp"

namespace solnoma {
namespace {

using rapidjson::Value;

constexpr std::size_t kMostBytes = 256 << 20;
constexpr std::size_t kMostDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view view_of(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

/// Hands a document on, piece by piece, as long as it is not nested too deep, and remembers where
/// the objects of the outermost lists stand.
template <class Handler>
class Watching {
 public:
  struct Span {
    std::size_t begin, end;
  };

  Watching(Handler& handler, const rapidjson::MemoryStream& stream)
      : handler_(handler), stream_(stream) {}

  bool Null() { return handler_.Null(); }
  bool Bool(bool value) { return handler_.Bool(value); }
  bool Int(int value) { return handler_.Int(value); }
  bool Uint(unsigned value) { return handler_.Uint(value); }
  bool Int64(std::int64_t value) { return handler_.Int64(value); }
  bool Uint64(std::uint64_t value) { return handler_.Uint64(value); }
  bool Double(double value) { return handler_.Double(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
    return handler_.RawNumber(text, size, copy);
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return handler_.String(text, size, copy);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    if (depth_ == 1) key_.assign(text, size);
    return handler_.Key(text, size, copy);
  }
  bool StartObject() {
    if (depth_ == kEntryDepth) begin_ = stream_.Tell() - 1;
    return deeper() && handler_.StartObject();
  }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    if (depth_ == kEntryDepth) spans_[key_].push_back({begin_, stream_.Tell()});
    return handler_.EndObject(members);
  }
  bool StartArray() { return deeper() && handler_.StartArray(); }
  bool EndArray(rapidjson::SizeType entries) {
    --depth_;
    return handler_.EndArray(entries);
  }

  [[nodiscard]] bool too_deep() const { return depth_ > kMostDepth; }
  [[nodiscard]] const std::map<std::string, std::vector<Span>>& spans() const { return spans_; }

 private:
  static constexpr std::size_t kEntryDepth = 2;
  bool deeper() { return ++depth_ <= kMostDepth; }

  Handler& handler_;
  const rapidjson::MemoryStream& stream_;
  std::size_t depth_ = 0;
  std::size_t begin_ = 0;
  std::string key_;
  std::map<std::string, std::vector<Span>> spans_;
};

std::size_t line_of(std::string_view bytes, std::size_t offset) {
  return static_cast<std::size_t>(
      std::ranges::count(bytes.substr(0, std::min(offset, bytes.size())), '\n') + 1);
}

}  // namespace

Result<JsonTree> JsonTree::parse(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (bytes.size() > kMostBytes)
    return fail(Errc::invalid, fmt::format("it is larger than {} MiB", kMostBytes >> 20),
                "divide it");
  // The parser calls itself, as deep as Watching lets it.
  constexpr unsigned kFlags = rapidjson::kParseFullPrecisionFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseCommentsFlag | rapidjson::kParseTrailingCommasFlag;
  JsonTree tree;
  rapidjson::Reader reader;
  rapidjson::ParseResult result;
  bool too_deep = false;
  const auto generate = [&](rapidjson::Document& document) {
    rapidjson::MemoryStream stream(bytes.data(), bytes.size());
    Watching watching(document, stream);
    result = reader.Parse<kFlags>(stream, watching);
    too_deep = watching.too_deep();
    if (result.IsError()) return false;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (const auto& [name, spans] : watching.spans()) {
      std::vector<Slice>& slices = tree.slices_[name];
      for (const auto& [begin, end] : spans) {
        if (begin < counted) line = 1, counted = 0;  // a list that stands before the last one
        line += static_cast<std::size_t>(
            std::ranges::count(bytes.substr(counted, begin - counted), '\n'));
        counted = begin;
        slices.push_back({line, bytes.substr(begin, end - begin)});
      }
    }
    return true;
  };
  tree.document_.Populate(generate);
  if (too_deep)
    return fail(Errc::invalid, fmt::format("it is nested deeper than {} levels", kMostDepth),
                "no standard needs that: look at what wrote it");
  if (result.IsError()) {
    std::string_view reason = rapidjson::GetParseError_En(result.Code());
    if (reason.ends_with('.')) reason.remove_suffix(1);
    return fail(
        Errc::invalid,
        fmt::format("it is not JSON: {}, in line {}", reason, line_of(bytes, result.Offset())),
        "look at what wrote it");
  }
  return tree;
}

const std::vector<JsonTree::Slice>& JsonTree::slices(const std::string& name) const {
  static const std::vector<Slice> kNone;
  const auto found = slices_.find(name);
  return found != slices_.end() ? found->second : kNone;
}

JsonNode::operator bool() const {
  return value_ != nullptr && !value_->IsNull() &&
         !(value_->IsString() && value_->GetStringLength() == 0);
}

JsonNode JsonNode::operator[](std::string_view name) const {
  JsonNode inner(*this);
  inner.path_ += path_.empty() ? "" : "/";
  inner.path_ += name;
  inner.value_ = nullptr;
  if (!*this) return inner;
  if (!value_->IsObject()) {
    wrong_type("an object {…}");
    return inner;
  }
  const Value key(rapidjson::StringRef(name.data(), name.size()));
  if (const auto found = value_->FindMember(key); found != value_->MemberEnd())
    inner.value_ = &found->value;
  return inner;
}

std::vector<JsonNode> JsonNode::items() const {
  std::vector<JsonNode> items;
  if (!*this) return items;
  if (!value_->IsArray()) {
    wrong_type("a list […]");
    return items;
  }
  for (const Value& each : value_->GetArray()) items.emplace_back(each, path_, *reading_);
  return items;
}

std::string JsonNode::text() const {
  if (!*this) return {};
  if (!value_->IsString()) {
    wrong_type("a text");
    return {};
  }
  use();
  return std::string(view_of(*value_));
}

std::string JsonNode::id() const {
  if (!*this || value_->IsString()) return text();
  if (!value_->IsInt64() && !value_->IsUint64()) {
    wrong_type("a text");
    return {};
  }
  return decimal();
}

std::string JsonNode::decimal() const {
  if (!*this) return {};
  if (!value_->IsNumber()) {
    wrong_type("a number");
    return {};
  }
  use();
  if (value_->IsInt64()) return fmt::format("{}", value_->GetInt64());
  if (value_->IsUint64()) return fmt::format("{}", value_->GetUint64());
  constexpr std::size_t kLongest = 512;  // 1e308 in digits
  char digits[kLongest];
  const auto end =
      std::to_chars(digits, digits + kLongest, value_->GetDouble(), std::chars_format::fixed);
  return {digits, end.ptr};
}

std::string JsonNode::object() const {
  if (!*this) return {};
  const auto compact = compact_object(*value_);
  if (!compact) {
    wrong_type("an object {…}");
    return {};
  }
  use();
  return *compact;
}

void JsonNode::use() const {
  if (value_ != nullptr) reading_->read.insert(value_);
}

void JsonNode::wrong(std::string what, std::string value, std::string remedy) const {
  reading_->problems.push_back({path_, std::move(what), std::move(value), std::move(remedy)});
}

void JsonNode::wrong_type(std::string_view wanted) const {
  if (!reading_->read.insert(value_).second) return;  // told already
  wrong(fmt::format("it must be {}", wanted), compact_json(*value_).value_or(""),
        "write it as the standard has it");
}

void count_unread(const Value& value, const std::string& path, const JsonReading& reading,
                  std::map<std::string, std::size_t>& counts) {
  if (reading.read.contains(&value) || value.IsNull()) return;
  if (value.IsObject()) {
    for (const auto& member : value.GetObject())
      count_unread(member.value, path + "/" + std::string(view_of(member.name)), reading, counts);
  } else if (value.IsArray()) {
    for (const Value& each : value.GetArray()) count_unread(each, path, reading, counts);
  } else if (!(value.IsString() && value.GetStringLength() == 0)) {
    ++counts[path];
  }
}

}  // namespace solnoma
