#include "events/history.hpp"

#include "events/exchange.hpp"
#include "events/history/history_files.hpp"

namespace solnoma {

Result<std::vector<Event>> shipped_history() {
  std::vector<Event> events;
  for (const HistoryFile& file : history_files()) {
    auto read = events_from_json_array(file.json, "urn:solnoma:history");
    if (!read) return at(std::string(file.name), read.error());
    for (auto& each : *read) events.push_back(std::move(each.event));
  }
  return events;
}

}  // namespace solnoma
