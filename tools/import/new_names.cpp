#include "tools/import/new_names.hpp"

namespace solnoma {

void NewNames::add(const Event& event, std::size_t event_number) {
  each_name(event, [&](NameUse use, const std::string& name) {
    if (shipped_.has(use, name)) return;
    if (seen_[static_cast<std::size_t>(use)].insert(name).second)
      names_.push_back({use, name, event_number});
  });
}

Result<std::vector<Slip>> NewNames::slips(const Log& log, Position before,
                                          const std::function<bool(std::size_t)>& is_new) {
  std::vector<Slip> slips;
  std::erase_if(names_, [&](const Name& name) { return !is_new(name.event); });
  if (names_.empty()) return slips;
  KnownNames known;
  if (auto ok = known.add_newest(log, before); !ok) return std::unexpected(ok.error());
  for (const Name& each : names_) {
    if (auto like = known.slip_of(each.use, each.text))
      slips.push_back({std::string(name(each.use)), each.text, std::move(*like)});
    known.add(each.use, each.text);
  }
  return slips;
}

}  // namespace solnoma
