#include "engine/format/keys.hpp"

#include "engine/base/bytes.hpp"
#include "engine/format/malformed.hpp"

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

void for_names(const Frame& frame, const NameSink& sink) {
  const auto name = [&](char by_name, char by_number, std::string_view text, std::uint32_t number) {
    if (text.empty()) return;
    std::string value;
    put_le(value, number);
    sink(name_key(by_name, text), value);
    sink(number_key(by_number, number), text);
  };
  name('s', 'S', frame.subject_name, frame.subject);
  name('p', 'P', frame.source_name, frame.source);
}

Result<std::uint32_t> stored_number(std::string_view value) {
  if (value.size() != sizeof(std::uint32_t)) return malformed_entry();
  return load<std::uint32_t>(value.data());
}

Result<Position> stored_position(std::string_view value) {
  if (value.size() != sizeof(std::uint64_t)) return malformed_entry();
  return Position{load<std::uint64_t>(value.data())};
}

}  // namespace solnoma
