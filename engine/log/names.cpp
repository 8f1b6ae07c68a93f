#include "engine/log/names.hpp"

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"

namespace solnoma {
namespace {

Result<std::optional<std::uint32_t>> find_number(const Store& store, char space,
                                                 std::string_view name) {
  auto value = store.get(Family::names, name_key(space, name));
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::optional<std::uint32_t>{};
  return stored_number(**value);
}

Result<std::uint32_t> count_numbers(const Store& store, char space) {
  auto cursor = store.cursor(Family::names);
  cursor.seek_backward(number_key(space, UINT32_MAX));
  if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
  if (!cursor.valid() || cursor.key().empty() || cursor.key().front() != space) return 0U;
  return load_key<std::uint32_t>(cursor.key().substr(1)) + 1;
}

}  // namespace

void put_names(Store::Batch& batch, const Frame& frame) {
  for_names(frame, [&](std::string_view key, std::string_view value) {
    batch.put(Family::names, key, value);
  });
}

Result<std::optional<SubjectNumber>> find_subject(const Store& store, std::string_view name) {
  auto number = find_number(store, 's', name);
  if (!number) return std::unexpected(number.error());
  if (!*number) return std::optional<SubjectNumber>{};
  return SubjectNumber{**number};
}

Result<std::optional<std::uint32_t>> find_source(const Store& store, std::string_view name) {
  return find_number(store, 'p', name);
}

Result<void> each_subject(const Store& store, std::string_view prefix,
                          const std::function<bool(std::string_view, SubjectNumber)>& visit) {
  const std::string key = name_key('s', prefix);
  auto cursor = store.cursor(Family::names);
  for (cursor.seek(key); cursor.valid() && cursor.key().starts_with(key); cursor.next()) {
    auto number = stored_number(cursor.value());
    if (!number) return std::unexpected(number.error());
    if (!visit(cursor.key().substr(1), SubjectNumber{*number})) return {};
  }
  return cursor.status();
}

Result<std::uint32_t> count_subjects(const Store& store) {
  return count_numbers(store, 'S');
}

Result<std::uint32_t> count_sources(const Store& store) {
  return count_numbers(store, 'P');
}

}  // namespace solnoma
