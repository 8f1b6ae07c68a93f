#include "events/as_recorded.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "engine/event.hpp"
#include "events/exchange.hpp"
#include "events/text/id_text.hpp"

namespace solnoma {
namespace {

constexpr const char* kHead = "loghead";
constexpr const char* kRecordedBy = "recordedby";

std::unexpected<Error> missing(const char* attribute) {
  return at(attribute, fail(Errc::invalid, "it does not say where and when it was recorded",
                            "take a file that 'export' wrote")
                           .error());
}

/// Empty where there is none.
std::string_view text_of(const rapidjson::Document& json, const char* attribute) {
  const auto found = json.FindMember(attribute);
  if (found == json.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

}  // namespace

void event_to_json(const StoredEvent& stored, const TreeHead& head, std::string& to) {
  event_to_json(stored, to);
  to.pop_back();  // the end of the object
  to += fmt::format(",\"{}\":\"{}\"}}", kHead, to_string(head));
}

Result<AsRecorded> as_recorded_from_json(std::string_view text) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (json.HasParseError() || !json.IsObject()) return fail(Errc::invalid, "it is no JSON object");
  const auto position = json.FindMember("position");
  if (position == json.MemberEnd() || !position->value.IsUint64() ||
      position->value.GetUint64() == 0 || position->value.GetUint64() > kNewest.value)
    return missing("position");
  const std::string_view time = text_of(json, "time");
  if (time.empty()) return missing("time");
  const auto recorded = instant_from_text(time);
  if (!recorded) return at("time", recorded.error());
  AsRecorded as{Position{position->value.GetUint64()}, *recorded,
                std::string(text_of(json, kRecordedBy))};
  if (!as.recorded_by.empty())
    if (auto ok = check_id(as.recorded_by, kMaxRecorder); !ok) return at(kRecordedBy, ok.error());
  const std::string_view stated = text_of(json, kHead);
  if (stated.empty()) return as;
  const auto head = tree_head_from(stated);
  if (!head) return at(kHead, head.error());
  as.head = *head;
  return as;
}

}  // namespace solnoma
