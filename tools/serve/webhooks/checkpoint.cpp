#include "tools/serve/webhooks/checkpoint.hpp"

#include "tools/report/json/writer.hpp"
#include "tools/serve/webhooks/json_members.hpp"

namespace solnoma {

std::string to_json(const Checkpoint& checkpoint) {
  JsonWriter json;
  json.begin_object();
  json.key("position").count(checkpoint.position.value);
  json.key("day").text(to_string(checkpoint.day));
  json.key("head").text(to_string(checkpoint.head));
  const FailedAttempts& pending = checkpoint.pending;
  json.key("pending").text(pending.message);
  if (!pending.message.empty()) {
    json.key("attempts").count(pending.count);
    json.key("first").text(to_string(pending.first));
    json.key("next").text(to_string(pending.next));
    json.key("answer").text(pending.answer);
  }
  json.key("disabled").text(checkpoint.disabled);
  json.end_object();
  return std::string(json.text());
}

Result<Checkpoint> checkpoint_from_json(std::string_view text) {
  JsonMembers json(text);
  Checkpoint checkpoint;
  checkpoint.position = Position{json.count("position")};
  const auto day = day_from_text(json.text("day"));
  if (!day) json.miss("day");
  checkpoint.day = day.value_or(Day{});
  const auto head = tree_head_from(json.text("head"));
  if (!head || head->position > checkpoint.position) json.miss("head");
  checkpoint.head = head.value_or(TreeHead{});
  FailedAttempts& pending = checkpoint.pending;
  pending.message = json.text("pending");
  if (!pending.message.empty()) {
    pending.count = json.count("attempts");
    pending.first = json.instant("first");
    pending.next = json.instant("next");
    pending.answer = json.text("answer");
  }
  checkpoint.disabled = json.text("disabled");
  if (auto ok = json.done(); !ok) return std::unexpected(ok.error());
  return checkpoint;
}

}  // namespace solnoma
