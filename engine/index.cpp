#include "engine/index.hpp"

#include "engine/bytes.hpp"
#include "engine/check.hpp"

namespace solnoma {
namespace {

std::unexpected<Error> malformed() {
  return fail(Errc::corrupt, "the derived index holds a malformed entry", "run 'solnoma rebuild'");
}

}  // namespace

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

std::string id_prefix(std::string_view id) {
  std::string key(1, static_cast<char>(id.size()));
  key += id;
  return key;
}

std::string id_key(std::string_view id, std::uint32_t source) {
  std::string key = id_prefix(id);
  store_key(key, source);
  return key;
}

std::string page_key(SubjectNumber subject, std::uint32_t page) {
  std::string key;
  store_key(key, subject.value);
  store_key(key, page);
  return key;
}

void derive(const Frame& frame, Position position, const Mark& mark, const EntrySink& sink) {
  SOLNOMA_CHECK(frame.revision >= 1);
  const auto name = [&](char by_name, char by_number, std::string_view text, std::uint32_t number) {
    if (text.empty()) return;
    std::string value;
    store(value, number);
    sink(Family::names, name_key(by_name, text), value);
    sink(Family::names, number_key(by_number, number), text);
  };
  name('s', 'S', frame.subject_name, frame.subject);
  name('p', 'P', frame.source_name, frame.source);

  std::string value;
  store(value, position.value);
  sink(Family::ids, id_key(frame.id, frame.source), value);

  const Row row(mark, position, Revision{frame.supersedes});
  sink(Family::timeline,
       page_key(SubjectNumber{frame.subject}, (frame.revision - 1) / kRowsPerPage),
       {reinterpret_cast<const char*>(&row), sizeof row});
}

void index_frame(Store::Batch& batch, const Frame& frame, Position position, const Mark& mark) {
  derive(frame, position, mark, [&](Family family, std::string_view key, std::string_view value) {
    if (family == Family::timeline)
      batch.append(family, key, (frame.revision - 1) % kRowsPerPage * sizeof(Row), value);
    else
      batch.put(family, key, value);
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
  if (value.size() != sizeof(std::uint32_t)) return malformed();
  return load<std::uint32_t>(value.data());
}

Result<Position> stored_position(std::string_view value) {
  if (value.size() != sizeof(std::uint64_t)) return malformed();
  return Position{load<std::uint64_t>(value.data())};
}

Result<Page> stored_page(std::string_view key) {
  if (key.size() != 2 * sizeof(std::uint32_t)) return malformed();
  return Page{SubjectNumber{load_key<std::uint32_t>(key)},
              load_key<std::uint32_t>(key.substr(sizeof(std::uint32_t)))};
}

}  // namespace solnoma
