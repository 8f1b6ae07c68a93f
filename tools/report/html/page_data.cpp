#include "tools/report/html/page_data.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/base/check.hpp"
#include "tools/report/json/report_data.hpp"

namespace solnoma {
namespace {

using rapidjson::Value;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

/// What the page lays events out by: it stands in the core.
constexpr auto kTimes = std::to_array<std::string_view>(
    {"type", "modality", "earliest", "latest", "known", "effective", "shown"});
constexpr auto kCourses =
    std::to_array<std::string_view>({"status", "plans", "figures", "described"});

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

bool is_time(std::string_view member) {
  return std::ranges::find(kTimes, member) != kTimes.end();
}

/// Whether a member says nothing: null, or a list of nothing.
bool says_nothing(const Value& value) {
  return value.IsNull() || (value.IsArray() && value.Empty());
}

/// Deeper than anything that is recorded: what a damaged log holds is not walked further.
constexpr int kDeepest = 32;

/// Writes a value without members that are null.
void write_without_null(Writer& json, const Value& value, int deepest = kDeepest) {
  if (deepest == 0) {
    json.Null();
  } else if (value.IsObject()) {
    json.StartObject();
    for (const auto& [name, member] : value.GetObject()) {
      if (member.IsNull()) continue;
      json.Key(name.GetString(), name.GetStringLength());
      write_without_null(json, member, deepest - 1);
    }
    json.EndObject();
  } else if (value.IsArray()) {
    json.StartArray();
    for (const Value& item : value.GetArray()) write_without_null(json, item, deepest - 1);
    json.EndArray();
  } else {
    value.Accept(json);
  }
}

/// The members of an event that are, or are not, among its times, where they say anything.
std::string members(const Value& event, bool times) {
  rapidjson::StringBuffer text;
  Writer json(text);
  json.StartObject();
  for (const auto& [name, member] : event.GetObject()) {
    if (says_nothing(member) || is_time(text_of(name)) != times) continue;
    json.Key(name.GetString(), name.GetStringLength());
    write_without_null(json, member);
  }
  json.EndObject();
  return {text.GetString(), text.GetSize()};
}

/// JSON texts, each once, in the order in which they came.
class Distinct {
 public:
  std::size_t place(std::string text) {
    const auto [found, is_new] = places_.try_emplace(std::move(text), texts_.size());
    if (is_new) texts_.push_back(&found->first);
    return found->second;
  }
  void write(std::string& json) const {
    json += '[';
    for (const std::string* text : texts_) {
      if (text != texts_.front()) json += ',';
      json += *text;
    }
    json += ']';
  }

 private:
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<const std::string*> texts_;  // keys of places_, which stay where they are
};

/// Divides subjects, one after the other.
class Divided {
 public:
  explicit Divided(std::size_t part_bytes) : part_bytes_(part_bytes) {}

  void add(std::string_view subject_json) {
    rapidjson::Document subject;
    subject.Parse<rapidjson::kParseIterativeFlag>(subject_json.data(), subject_json.size());
    SOLNOMA_CHECK(!subject.HasParseError());
    subjects_ += subjects_.empty() ? '[' : ',';
    subjects_ += in_core(subject);
    add_to_part(subject);
    if (subject["hasStatus"].GetBool()) note_kinds(subject);
    ++count_;
  }

  PageData finished(std::string_view rest) {
    if (subjects_.empty()) subjects_ = "[";
    if (!part_.empty()) end_part();
    // `rest` is an object with members: what is ours goes before its end.
    std::string core(rest.substr(0, rest.rfind('}')));
    core += ",\"courses\":";
    courses_.write(core);
    core += ",\"times\":";
    times_.write(core);
    core += ",\"subjects\":" + subjects_ + "]}";
    return {std::move(core), std::move(parts_), std::move(kinds_)};
  }

 private:
  std::string in_core(const Value& subject) {
    rapidjson::StringBuffer text;
    Writer json(text);
    json.StartObject();
    json.Key("subject");
    subject["subject"].Accept(json);
    json.Key("hasStatus");
    subject["hasStatus"].Accept(json);
    for (const std::string_view name : kCourses) {
      const Value& course = subject[name.data()];
      if (course.IsNull()) continue;
      rapidjson::StringBuffer of_course;
      Writer course_json(of_course);
      write_without_null(course_json, course);
      json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
      json.Uint64(courses_.place({of_course.GetString(), of_course.GetSize()}));
    }
    json.Key("events");
    json.StartArray();
    for (const Value& event : subject["events"].GetArray())
      json.Uint64(times_.place(members(event, /*times=*/true)));
    json.EndArray();
    json.EndObject();
    return {text.GetString(), text.GetSize()};
  }

  void note_kinds(const Value& subject) {
    kinds_.named.emplace(text_of(subject["kind"]));
    bool is_told = false;
    for (const Value& described : subject["described"]["answers"].GetArray()) {
      const Value& kind = described["kind"];
      if (kind.IsNull()) continue;
      kinds_.described.emplace(text_of(kind));
      is_told = true;
    }
    if (!is_told) kinds_.described.emplace();
  }

  void add_to_part(const Value& subject) {
    if (part_.empty())
      part_ = "{\"first\":" + std::to_string(count_) + ",\"subjects\":[";
    else
      part_ += ',';
    part_ += "{\"events\":[";
    for (const Value& event : subject["events"].GetArray()) {
      if (part_.back() != '[') part_ += ',';
      part_ += members(event, /*times=*/false);
    }
    rapidjson::StringBuffer sources;
    Writer json(sources);
    write_without_null(json, subject["sources"]);
    part_ += "],\"sources\":";
    part_ += std::string_view(sources.GetString(), sources.GetSize());
    part_ += '}';
    if (part_.size() >= part_bytes_) end_part();
  }

  void end_part() {
    parts_.push_back(std::move(part_) + "]}");
    part_.clear();
  }

  std::size_t part_bytes_;
  std::size_t count_ = 0;
  Distinct courses_;
  Distinct times_;
  std::string subjects_;  // JSON that is not ended
  std::string part_;      // as well
  std::vector<std::string> parts_;
  Kinds kinds_;
};

}  // namespace

Result<PageData> page_data(const Report& report, std::size_t part_bytes) {
  Divided divided(part_bytes);
  const auto rest =
      report_subjects_json(report, [&](std::string_view subject) { divided.add(subject); });
  if (!rest) return std::unexpected(rest.error());
  return divided.finished(*rest);
}

}  // namespace solnoma
