// The addresses of a log's tiles, as c2sp.org/tlog-tiles writes them.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tools/serve/tiles/tile_address.hpp"

using namespace solnoma;

namespace {

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path)
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

}  // namespace

TEST_CASE("a tile is written as the specification's examples are, and read back") {
  const std::vector<std::pair<TileAddress, std::string>> known{
      {{.number = 0}, "tile/0/000"},
      {{.level = 2, .number = 999}, "tile/2/999"},
      {{.number = 1'000}, "tile/0/x001/000"},
      {{.number = 1'234'067}, "tile/0/x001/x234/067"},
      {{.level = 1, .number = 5, .width = 17}, "tile/1/005.p/17"},
      {{.entries = true, .number = 273, .width = 255}, "tile/entries/273.p/255"},
      {{.entries = true, .number = 1'234'067}, "tile/entries/x001/x234/067"}};
  for (const auto& [tile, text] : known) {
    CAPTURE(text);
    CHECK(to_string(tile) == text);
    CHECK(tile_from(segments(text)) == tile);
  }
}

TEST_CASE("the tile that holds a hash is as wide as the log makes it") {
  for (const std::uint64_t size : {1ULL, 255ULL, 256ULL, 257ULL, 70'000ULL, 16'777'300ULL})
    for (unsigned level = 0; size >> (8 * level) > 0; ++level)
      for (const std::uint64_t index : {std::uint64_t{0}, (size >> (8 * level)) - 1}) {
        const TileAddress tile = tile_with(level, index, size);
        CAPTURE(size);
        CAPTURE(to_string(tile));
        CHECK(tile.first() <= index);
        CHECK(index < tile.first() + tile.width);
        CHECK(tile.least_size() <= size);
        CHECK(tile_from(segments(to_string(tile))) == tile);
        // One more would not be there, or not in it.
        TileAddress wider = tile;
        ++wider.width;
        CHECK((tile.width == TileAddress::kWidth || wider.least_size() > size));
      }
}

TEST_CASE("what is no address of a tile is none, and each has one alone") {
  for (const char* text : {"",
                           "tile",
                           "tile/0",
                           "tiles/0/000",
                           "tile/8/000",
                           "tile/x/000",
                           "tile/00/000",
                           "tile/-1/000",
                           "tile/0/0",
                           "tile/0/0000",
                           "tile/0/x000/000",
                           "tile/0/001/000",
                           "tile/0/x001",
                           "tile/0/X001/000",
                           "tile/0/000.p",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/1/2",
                           "tile/0/000.q/1",
                           "tile/entries",
                           "tile/data/000",
                           "tile/0/ 00",
                           "tile/0/\xd9\xa0\xd9\xa0\xd9\xa0",
                           "tile/7/x999/x999/x999/x999/999",
                           "tile/0/x999/x999/x999/x999/x999/999"}) {
    CAPTURE(text);
    CHECK(!tile_from(segments(text)));
  }
}
