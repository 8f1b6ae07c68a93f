#include "tools/shared/event_line.hpp"

#include <fmt/format.h>

#include "events/codec.hpp"
#include "events/text/id_text.hpp"
#include "tools/report/text/isolated.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {

std::string event_line(const StoredEvent& stored, Language language) {
  return fmt::format("{:>6}  {}", stored.position.value, event_line(stored.event, language));
}

std::string event_line(const Event& event, Language language) {
  const auto mark = dating_of(event.type, event.modality, event.occurred, event.known);
  const std::string type = type_name(event.type, language);
  std::string line = fmt::format(
      "{}  {:<24}  {} {}  {}", to_string(event.known), event.subject,
      event.modality == Modality::planned ? plan_of(type, language) : type,
      event.type == "described" || !mark ? "" : "(" + when(event, mark->bounds, language) + ")",
      isolated(title(event, language)));
  line += fmt::format("  [{}]", isolated(visible_id(event.id)));
  if (!event.supersedes.empty())
    line += fmt::format("  supersedes {}", isolated(visible_id(event.supersedes)));
  return line;
}

}  // namespace solnoma
