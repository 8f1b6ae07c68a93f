#include "tools/shared/event_id.hpp"

#include "events/text/nfc.hpp"

namespace solnoma {

Result<std::vector<Position>> find_typed(const Log& log, const std::string& id) {
  auto found = log.find(nfc(id));
  if (!found || !found->empty() || is_nfc(id)) return found;
  return log.find(id);
}

Result<std::optional<Position>> find_typed(const Log& log, const std::string& source,
                                           const std::string& id) {
  auto found = log.find(nfc(source), nfc(id));
  if (!found || *found || (is_nfc(source) && is_nfc(id))) return found;
  return log.find(source, id);
}

bool is_typed(const std::string& recorded, const std::string& typed) {
  return recorded == typed || recorded == nfc(typed);
}

}  // namespace solnoma
