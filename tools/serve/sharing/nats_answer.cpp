#include "tools/serve/sharing/nats_answer.hpp"

#include <algorithm>

#include "engine/proof/base64.hpp"
#include "tools/io/json_values.hpp"

namespace solnoma {

Result<NatsAnswer> NatsAnswer::from(std::string_view text) {
  NatsAnswer answer;
  answer.json_.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (answer.json_.HasParseError() || !answer.json_.IsObject())
    return fail(Errc::unavailable, "what NATS answers is no answer of JetStream");
  return answer;
}

const rapidjson::Value* NatsAnswer::find(Path path) const {
  const rapidjson::Value* value = &json_;
  for (const char* name : path) {
    if (!value->IsObject()) return nullptr;
    const auto found = value->FindMember(name);
    if (found == value->MemberEnd()) return nullptr;
    value = &found->value;
  }
  return value;
}

std::uint64_t NatsAnswer::number(Path path) const {
  const auto* value = find(path);
  return value != nullptr && value->IsUint64() ? value->GetUint64() : 0;
}

std::string NatsAnswer::text(Path path) const {
  const auto* value = find(path);
  return value != nullptr && value->IsString() ? std::string(text_of(*value)) : std::string();
}

std::vector<std::string> NatsAnswer::names(Path path) const {
  std::vector<std::string> names;
  const auto* value = find(path);
  if (value != nullptr && value->IsObject())
    for (const auto& each : value->GetObject()) names.emplace_back(text_of(each.name));
  return names;
}

std::vector<std::string> NatsAnswer::each(Path path, const char* name) const {
  std::vector<std::string> texts;
  const auto* value = find(path);
  if (value != nullptr && value->IsArray())
    for (const auto& object : value->GetArray()) texts.push_back(member_text(object, name));
  return texts;
}

std::uint64_t NatsAnswer::error() const {
  if (!has("error")) return kNone;
  return std::max<std::uint64_t>(number({"error", "err_code"}), 1);
}

bool NatsAnswer::may_pass() const {
  constexpr std::uint64_t kServersOwn = 500;
  return number({"error", "code"}) >= kServersOwn || error() == kNoPeersYet;
}

Result<std::string> NatsAnswer::message() const {
  auto content = from_base64(text({"message", "data"}));
  if (!content) return fail(Errc::unavailable, "a message of NATS is no base64");
  return std::move(*content);
}

}  // namespace solnoma
