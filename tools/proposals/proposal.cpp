#include "tools/proposals/proposal.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "events/exchange.hpp"
#include "tools/io/json_values.hpp"
#include "tools/report/json/writer.hpp"

namespace solnoma {
namespace {

using Json = rapidjson::Value;

std::unexpected<Error> wrong(const char* member) {
  return at(member, fail(Errc::invalid, "it is missing, or no such thing").error());
}

const Json* member_of(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

Result<void> read_text(const Json& object, const char* name, std::string& to) {
  const Json* const value = member_of(object, name);
  if (value == nullptr || !value->IsString()) return wrong(name);
  to.assign(value->GetString(), value->GetStringLength());
  return {};
}

Result<void> read_instant(const Json& object, const char* name, Instant& to) {
  std::string text;
  if (auto ok = read_text(object, name, text); !ok) return ok;
  const auto instant = instant_from_text(text);
  if (!instant) return at(name, instant.error());
  to = *instant;
  return {};
}

Result<ProposalDecision> decision_from(const Json& json) {
  ProposalDecision decision;
  const Json* const recorded = member_of(json, "recorded");
  if (recorded == nullptr || !recorded->IsBool()) return wrong("recorded");
  decision.recorded = recorded->GetBool();
  if (auto ok = read_instant(json, "decided", decision.decided); !ok)
    return std::unexpected(ok.error());
  if (auto ok = read_text(json, "by", decision.by); !ok) return std::unexpected(ok.error());
  if (auto ok = read_text(json, "why", decision.why); !ok) return std::unexpected(ok.error());
  const Json* const positions = member_of(json, "positions");
  if (positions == nullptr || !positions->IsArray()) return wrong("positions");
  for (const Json& each : positions->GetArray()) {
    if (!each.IsUint64()) return wrong("positions");
    decision.positions.emplace_back(each.GetUint64());
  }
  return decision;
}

}  // namespace

std::string to_json(const Proposal& proposal) {
  JsonWriter json;
  json.begin_object();
  json.key("proposal").count(proposal.number);
  json.key("proposed").text(to_string(proposal.proposed));
  json.key("by").text(proposal.by);
  json.key("events").begin_array();
  for (const Event& event : proposal.events) json.raw_object(event_to_json(event));
  json.end_array();
  json.key("decision");
  if (const auto& decision = proposal.decision) {
    json.begin_object();
    json.key("recorded").boolean(decision->recorded);
    json.key("decided").text(to_string(decision->decided));
    json.key("by").text(decision->by);
    json.key("why").text(decision->why);
    json.key("positions").begin_array();
    for (const Position position : decision->positions) json.count(position.value);
    json.end_array();
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
  return std::string(json.text());
}

Result<Proposal> proposal_from_json(std::string_view text) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag>(text.data(),
                                                                                  text.size());
  if (json.HasParseError() || !json.IsObject()) return fail(Errc::invalid, "it is no JSON object");
  Proposal proposal;
  const Json* const number = member_of(json, "proposal");
  if (number == nullptr || !number->IsUint64()) return wrong("proposal");
  proposal.number = number->GetUint64();
  if (auto ok = read_instant(json, "proposed", proposal.proposed); !ok)
    return std::unexpected(ok.error());
  if (auto ok = read_text(json, "by", proposal.by); !ok) return std::unexpected(ok.error());
  const Json* const events = member_of(json, "events");
  if (events == nullptr || !events->IsArray() || events->Empty()) return wrong("events");
  auto read = events_from_json_array(json_of(*events), "");
  if (!read) return at("events", read.error());
  for (Exchanged& each : *read) proposal.events.push_back(std::move(each.event));
  const Json* const decision = member_of(json, "decision");
  if (decision == nullptr || (!decision->IsNull() && !decision->IsObject()))
    return wrong("decision");
  if (decision->IsNull()) return proposal;
  auto decided = decision_from(*decision);
  if (!decided) return at("decision", decided.error());
  proposal.decision = std::move(*decided);
  return proposal;
}

}  // namespace solnoma
