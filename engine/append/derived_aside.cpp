#include "engine/append/derived_aside.hpp"

#include <type_traits>
#include <utility>

#include "engine/base/check.hpp"

namespace solnoma {
namespace {

static_assert(std::is_trivially_copyable_v<IndexEntry> && std::is_trivially_copyable_v<Hash>);

template <class T>
std::string_view bytes_of_all(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

template <class T>
Result<void> read_all(Scratch& scratch, std::vector<T>& values) {
  return scratch.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(T));
}

}  // namespace

Result<void> DerivedAside::add(std::span<const IndexEntry> entries, std::span<const Hash> leaves) {
  SOLNOMA_CHECK(entries.size() == leaves.size());
  if (auto ok = scratch_.add(bytes_of_all(entries)); !ok) return ok;
  if (auto ok = scratch_.add(bytes_of_all(leaves)); !ok) return ok;
  stretches_.push_back(entries.size());
  return {};
}

Result<void> DerivedAside::take(const Visit& visit) {
  std::vector<IndexEntry> entries;
  std::vector<Hash> leaves;
  Result<void> taken;
  for (const std::size_t events : std::exchange(stretches_, {})) {
    entries.resize(events);
    leaves.resize(events);
    taken = read_all(scratch_, entries);
    if (taken) taken = read_all(scratch_, leaves);
    if (taken) taken = visit(entries, leaves);
    if (!taken) break;
  }
  scratch_.clear();
  return taken;
}

}  // namespace solnoma
