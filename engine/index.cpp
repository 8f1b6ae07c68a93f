#include "engine/index.hpp"

#include <xxhash.h>

#include "engine/bytes.hpp"
#include "engine/check.hpp"

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

std::string id_prefix(std::string_view id) {
  std::string key;
  store_key(key, std::uint64_t{XXH3_64bits(id.data(), id.size())});
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
    if (family == Family::names)
      batch.put(family, key, value);
    else
      batch.append(family, key, value);
  });
}

}  // namespace solnoma
