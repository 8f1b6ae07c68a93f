#include "engine/keys.hpp"

#include "engine/bytes.hpp"

namespace solnoma {

std::string log_key(Position first) {
  std::string key;
  store_key(key, first.value);
  return key;
}

std::string name_key(char space, std::string_view name) {
  std::string key(1, space);
  key += name;
  return key;
}

std::string number_key(char space, std::uint32_t number) {
  std::string key(1, space);
  store_key(key, number);
  return key;
}

std::string row_page_key(const Segment& segment, SubjectNumber subject, Revision revision) {
  std::string key = segment_key(segment);
  store_key(key, subject.value);
  store_key(key, revision.value);
  return key;
}

std::string id_page_key(const Segment& segment, const IdEntry& last) {
  std::string key = segment_key(segment);
  store_key(key, last.hash);
  store_key(key, last.position.value);
  return key;
}

std::string tree_node_key(const TreeNode& node) {
  std::string key(kTreeNodes);
  key.push_back(static_cast<char>(node.level));
  store_key(key, node.index);
  return key;
}

void for_names(const Frame& frame, const NameSink& sink) {
  const auto name = [&](char by_name, char by_number, std::string_view text, std::uint32_t number) {
    if (text.empty()) return;
    std::string value;
    store(value, number);
    sink(name_key(by_name, text), value);
    sink(number_key(by_number, number), text);
  };
  name('s', 'S', frame.subject_name, frame.subject);
  name('p', 'P', frame.source_name, frame.source);
}

void put_names(Store::Batch& batch, const Frame& frame) {
  for_names(frame, [&](std::string_view key, std::string_view value) {
    batch.put(Family::names, key, value);
  });
}

Result<std::uint32_t> count_numbers(const Store& store, char space) {
  auto cursor = store.cursor(Family::names);
  cursor.seek_backward(number_key(space, UINT32_MAX));
  if (auto ok = cursor.status(); !ok) return std::unexpected(ok.error());
  if (!cursor.valid() || cursor.key().empty() || cursor.key().front() != space) return 0U;
  return load_key<std::uint32_t>(cursor.key().substr(1)) + 1;
}

Result<std::uint32_t> stored_number(std::string_view value) {
  if (value.size() != sizeof(std::uint32_t)) return malformed_entry();
  return load<std::uint32_t>(value.data());
}

Result<Position> stored_position(std::string_view value) {
  if (value.size() != sizeof(std::uint64_t)) return malformed_entry();
  return Position{load<std::uint64_t>(value.data())};
}

std::unexpected<Error> malformed_entry() {
  return fail(Errc::damaged_index, "the derived index holds a malformed entry",
              "run 'solnoma rebuild'");
}

}  // namespace solnoma
