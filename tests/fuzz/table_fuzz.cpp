#include "events/edtf.hpp"
#include "events/validate.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tools/import/table/guess.hpp"
#include "tools/import/table/table_reader.hpp"

using namespace solnoma;

namespace {

ReadOptions how_to_read() {
  ReadOptions options;
  options.source = "urn:fuzz";
  options.known = *known_from_text("2024-06-10");
  options.originals = true;
  return options;
}

/// All rows, one after another, as far as the table can be read.
std::vector<ImportRow> rows_of(const FileContent& file, const Mapping& mapping) {
  std::vector<ImportRow> rows;
  auto reader = open_table(file, mapping, how_to_read());
  ImportRow row;
  while (reader) {
    const auto more = (*reader)->next(row);
    if (!more || !*more) break;
    rows.push_back(row);
  }
  return rows;
}

/// The same table gives the same events, and dates that are understood.
void check_rows(const FileContent& file, const Mapping& mapping) {
  const auto rows = rows_of(file, mapping);
  const auto again = rows_of(file, mapping);
  SOLNOMA_PROMISE(rows.size() == again.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SOLNOMA_PROMISE(rows[i].events.size() == again[i].events.size());
    SOLNOMA_PROMISE(!rows[i].events.empty() || !rows[i].problems.empty());
    for (std::size_t j = 0; j < rows[i].events.size(); ++j) {
      const Event& event = rows[i].events[j].event;
      SOLNOMA_PROMISE(event == again[i].events[j].event);
      SOLNOMA_PROMISE(event.occurred.empty() || parse_edtf(event.occurred));
    }
  }
}

/// What is guessed of a table is a mapping of it.
void check_guess(const FileContent& file) {
  const auto text = guess_mapping(file);
  if (!text) return;
  const auto mapping = mapping_from_toml(*text, "guessed");
  SOLNOMA_PROMISE(mapping.has_value());
  SOLNOMA_PROMISE(open_table(file, *mapping, how_to_read()).has_value());
  check_rows(file, *mapping);
}

}  // namespace

/// A mapping, a line of "---" and a table; without that line a table alone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kBetween = "\n---\n";
  const auto text = fuzz::text_of(data, size);
  const std::size_t end = text.find(kBetween);
  const auto table = end == std::string_view::npos ? text : text.substr(end + kBetween.size());
  const auto file = FileContent::of_text("table 2024-05-01.csv", std::string(table));
  check_guess(file);
  if (end == std::string_view::npos) return 0;
  if (const auto mapping = mapping_from_toml(std::string(text.substr(0, end)), "mapping"))
    check_rows(file, *mapping);
  return 0;
}
