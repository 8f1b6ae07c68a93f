#include "tools/shared/event_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "events/chronicle.hpp"
#include "events/text/id_text.hpp"
#include "events/text/nfc.hpp"

namespace solnoma {
namespace {

/// Of how many characters a beginning is looked for: of fewer it would change its meaning with
/// nearly every event.
constexpr std::size_t kLeastBeginning = 4;

using Found = std::vector<Position>;

Result<Found> find_whole(const Log& log, const std::string& id, const std::string& source) {
  Found found;
  const auto look = [&](const std::string& each_id,
                        const std::string& each_source) -> Result<void> {
    if (each_source.empty()) {
      auto positions = log.find(each_id);
      if (!positions) return std::unexpected(positions.error());
      found = std::move(*positions);
      return {};
    }
    auto position = log.find(each_source, each_id);
    if (!position) return std::unexpected(position.error());
    if (*position) found.push_back(**position);
    return {};
  };
  for (const std::string& each_id : {nfc(id), id})
    for (const std::string& each_source : {nfc(source), source})
      if (found.empty())
        if (auto ok = look(each_id, each_source); !ok) return std::unexpected(ok.error());
  return found;
}

/// The events whose ids begin so, by id.
Result<std::map<std::string, Found>> find_beginning(const Log& log, const std::string& id,
                                                    const std::string& source) {
  std::map<std::string, Found> found;
  const std::string beginning = nfc(id);
  auto ok = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& event) {
    if (event.id.starts_with(beginning) &&
        (source.empty() || is_typed(std::string(event.source), source)))
      found[std::string(event.id)].push_back(event.position);
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  return found;
}

std::string list_of(const std::map<std::string, Found>& ids) {
  constexpr std::size_t kShown = 5;
  std::string list;
  std::size_t shown = 0;
  for (const auto& [id, positions] : ids) {
    if (shown == kShown) return list + fmt::format(" and {} more", ids.size() - kShown);
    list += fmt::format("{}{}", shown++ == 0 ? "" : ", ", visible_id(id));
  }
  return list;
}

Error several(const std::string& id, const std::map<std::string, Found>& ids) {
  return {Errc::invalid,
          fmt::format("{} events have an id that begins with '{}'", ids.size(), id.substr(0, 255)),
          {},
          "write more of it: " + list_of(ids)};
}

}  // namespace

bool is_typed(const std::string& recorded, const std::string& typed) {
  return recorded == typed || recorded == nfc(typed);
}

Try<Position> find_typed(const Log& log, const std::string& id, const std::string& source,
                         const char* source_option) {
  auto found = find_whole(log, id, source);
  if (!found) return refuse(found);
  if (found->empty() && id.size() >= kLeastBeginning) {
    auto ids = find_beginning(log, id, source);
    if (!ids) return refuse(ids);
    if (ids->size() > 1) return std::unexpected(Failure(several(id, *ids)));
    if (!ids->empty()) *found = std::move(ids->begin()->second);
  }
  if (found->empty())
    return std::unexpected(Failure(Error{Errc::not_found,
                                         fmt::format("no event has the id '{}'", id.substr(0, 255)),
                                         {},
                                         "'solnoma log' shows the ids"}));
  if (found->size() > 1)
    return std::unexpected(Failure(Error{Errc::invalid,
                                         fmt::format("several sources have an event '{}'", id),
                                         {},
                                         fmt::format("name one with {}", source_option)}));
  return found->front();
}

Try<StoredEvent> find_event(const Log& log, const std::string& id, const std::string& source,
                            const char* source_option) {
  auto position = find_typed(log, id, source, source_option);
  if (!position) return refuse(position);
  auto events = fetch(log, {&*position, 1});
  if (!events) return refuse(events);
  return std::move(events->front());
}

Outcome make_whole(const Log& log, std::vector<std::string>& ids) {
  for (std::string& id : ids) {
    auto exact = find_whole(log, id, {});
    if (!exact) return refuse(exact);
    if (!exact->empty() || id.size() < kLeastBeginning) continue;
    auto begun = find_beginning(log, id, {});
    if (!begun) return refuse(begun);
    if (begun->size() > 1) return std::unexpected(Failure(several(id, *begun)));
    if (!begun->empty()) id = begun->begin()->first;
  }
  return {};
}

}  // namespace solnoma
