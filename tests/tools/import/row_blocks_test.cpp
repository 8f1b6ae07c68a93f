// Rows are recorded in blocks that memory has room for.

#include "tools/import/row_blocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "tools/import/text_bytes.hpp"

namespace solnoma {
namespace {

/// Rows of one event each, numbered from 1, whose sources have notes.
class LargeRows : public RowReader {
 public:
  LargeRows(std::size_t rows, std::size_t sources, std::size_t note)
      : rows_(rows), sources_(sources), note_(note) {}

  Result<bool> next(ImportRow& row) override {
    row.events.clear();
    row.problems.clear();
    if (given_ == rows_) return false;
    row.line = ++given_;
    Event event;
    event.id = std::to_string(given_);
    event.source = "urn:example";
    event.subject = "park/large";
    event.type = "opened";
    event.occurred = "2020";
    event.known = *day_from_text("2021-01-01");
    event.title = "It opens";
    for (std::size_t i = 0; i < sources_; ++i)
      event.sources.push_back({.publisher = "A publisher",
                               .published = "2021",
                               .url = "",
                               .note = std::string(note_, 'x')});
    row.events.push_back({std::move(event), {}, {}});
    return true;
  }

 private:
  std::size_t rows_, sources_, note_;
  std::size_t given_ = 0;
};

/// What the blocks of an import hold: rows of each, and the most bytes of one.
struct Held {
  std::vector<std::size_t> rows;
  std::size_t most_bytes = 0;
};

Held read_all(LargeRows reader, bool ahead) {
  Refusals refusals(true, {});
  DoubtfulDates dates;
  RowBlocks blocks(reader, {.ahead = ahead, .latest = *day_from_text("2100-01-01")}, 0, "large",
                   refusals, dates);
  Held held;
  std::size_t number = 0;
  while (auto block = blocks.next()) {
    REQUIRE(*block);
    std::size_t bytes = 0;
    for (const Event& event : (*block)->events) {
      CHECK(event.id == std::to_string(++number));
      bytes += text_bytes(event);
    }
    CHECK((*block)->prepared.events().size() == (*block)->events.size());
    held.rows.push_back((*block)->rows.size());
    held.most_bytes = std::max(held.most_bytes, bytes);
  }
  return held;
}

}  // namespace

TEST_CASE("however large events are, little more than half a megabyte of them is held together") {
  constexpr std::size_t kMostBytes = 512 << 10, kRow = 160'000;
  for (const bool ahead : {false, true}) {
    const Held held = read_all({25, 20, 7'900}, ahead);
    CHECK(std::accumulate(held.rows.begin(), held.rows.end(), std::size_t{0}) == 25);
    CHECK(held.most_bytes < kMostBytes + kRow);
    CHECK(held.most_bytes > kRow);  // more than one
  }
}

TEST_CASE("small events are held by the hundred") {
  const Held held = read_all({5'000, 1, 100}, true);
  CHECK(std::accumulate(held.rows.begin(), held.rows.end(), std::size_t{0}) == 5'000);
  REQUIRE(held.rows.size() > 1);
  CHECK(held.rows.front() > 500);
  CHECK(held.rows.front() <= 2'048);
}

TEST_CASE("every text of an event counts, in whichever field it stands") {
  const std::string text(1000, 'x');
  Event event;
  std::size_t texts = 0;
  const auto check = [&] { CHECK(text_bytes(event) >= ++texts * text.size()); };
  event.title = text;
  check();
  event.note.others = {{"zh", text}};
  check();
  event.parties.emplace_back().ru = text;
  check();
  event.sources.emplace_back().url = text;
  check();
  event.sources.emplace_back().note.uz = text;
  check();
  event.quantities.emplace_back().unit = text;
  check();
  event.fulfils = {text};
  check();
  event.description = Description{};
  event.description->geometry = text;
  check();
  event.description->partners.emplace_back().name = text;
  check();
  event.description->identifiers.emplace_back().id = text;
  check();
}

}  // namespace solnoma
