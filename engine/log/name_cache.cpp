#include "engine/log/name_cache.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "engine/format/keys.hpp"

namespace solnoma {

Result<std::string_view> NameCache::meet(const Store& store, char space, std::uint32_t number,
                                         std::string_view name) {
  const std::lock_guard lock(mutex_);
  NameTable& names = table(*names_.load(std::memory_order_relaxed), space);
  if (const std::string_view met = names.find(number); !met.empty()) return met;
  // Names come in the order of their numbers; one far ahead is a damaged one's, perhaps.
  constexpr std::uint64_t kNear = 1 << 16;
  std::string known(name);
  if (known.empty() || number > names.end() + kNear) {
    auto stored = store.get(Family::names, number_key(space, number));
    if (!stored) return std::unexpected(stored.error());
    if (!*stored)
      return fail(Errc::damaged_index, fmt::format("the name of number {} is missing", number),
                  Advice::derive_again);
    known = std::move(**stored);
  }
  return names.add(number, std::move(known));
}

void NameCache::forget() {
  const std::lock_guard lock(mutex_);
  names_.store(all_.emplace_back(std::make_unique<Names>()).get(), std::memory_order_release);
}

}  // namespace solnoma
