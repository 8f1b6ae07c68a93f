#include "engine/log/name_cache.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/format/keys.hpp"

namespace solnoma {

Result<std::string_view> NameCache::get(const Store& store, char space, std::uint32_t number,
                                        std::string_view name) {
  const std::lock_guard lock(mutex_);
  auto& names = space == 'S' ? subjects_ : sources_;
  if (number < names.size() && !names[number].empty()) return names[number];
  // Names come in the order of their numbers; one far ahead is a damaged one's, perhaps.
  constexpr std::uint32_t kNear = 1 << 16;
  std::string known(name);
  if (known.empty() || number > names.size() + kNear) {
    auto stored = store.get(Family::names, number_key(space, number));
    if (!stored) return std::unexpected(stored.error());
    if (!*stored)
      return fail(Errc::damaged_index, fmt::format("the name of number {} is missing", number),
                  Advice::derive_again);
    known = std::move(**stored);
  }
  if (number >= names.size()) names.resize(std::size_t{number} + 1);
  return names[number] = std::move(known);
}

void NameCache::forget() {
  const std::lock_guard lock(mutex_);
  for (Names* names : {&subjects_, &sources_}) forgotten_.push_back(std::exchange(*names, {}));
}

}  // namespace solnoma
