#include "tools/shared/event_text.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "engine/base/check.hpp"
#include "events/exchange.hpp"
#include "events/known.hpp"

namespace solnoma {

std::string event_text(const Event& event, Notation notation) {
  constexpr std::array<std::string_view, 7> kOfItsPlace = {
      "specversion", "datacontenttype", "id", "source", "subject", "known", "supersedes"};
  auto text = notated(event_to_json(event), notation, kOfItsPlace);
  SOLNOMA_CHECK(text.has_value());  // it was written by us
  return std::move(*text);
}

Result<Event> event_from_text(const std::string& text, Notation notation, const std::string& file,
                              const Event& of) {
  using Member = std::pair<std::string_view, std::string_view>;
  const std::string known = to_string(known_of(of));
  const std::array<Member, 5> named = {Member{"specversion", "1.0"}, Member{"id", of.id},
                                       Member{"source", of.source}, Member{"subject", of.subject},
                                       Member{"known", known}};
  const auto json = json_of(text, notation, file, named);
  if (!json) return std::unexpected(json.error());
  auto told = event_from_json(*json, of.source);
  if (!told) return at(file, told.error());
  return std::move(told->event);
}

}  // namespace solnoma
