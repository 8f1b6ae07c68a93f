#include "tools/report/svg/labels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace solnoma;

namespace {

struct Box {
  double from, to;
  std::size_t top, bottom;  // rows, the last one excluded
};

Box box(const LabelWish& wish, const LabelPlace& place) {
  return {place.leftwards ? wish.x - wish.width : wish.x,
          place.leftwards ? wish.x : wish.x + wish.width, place.row, place.row + wish.lines};
}

bool overlap(const Box& a, const Box& b) {
  return a.from < b.to && b.from < a.to && a.top < b.bottom && b.top < a.bottom;
}

void check_apart(const std::vector<LabelWish>& wishes, const std::vector<LabelPlace>& places) {
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (!places[i].shown) continue;
    const Box text = box(wishes[i], places[i]);
    const Box line{wishes[i].x, wishes[i].x + 0.001, 0, places[i].row};
    for (std::size_t j = 0; j < wishes.size(); ++j) {
      if (i == j || !places[j].shown) continue;
      CHECK(!overlap(text, box(wishes[j], places[j])));
      CHECK(!overlap(line, box(wishes[j], places[j])));
    }
  }
}

std::ptrdiff_t shown(const std::vector<LabelPlace>& places) {
  return std::ranges::count_if(places, &LabelPlace::shown);
}

}  // namespace

TEST_CASE("labels with room between them stand in the first row, to the right") {
  const auto places = place_labels({{10, 50}, {200, 50}, {400, 50}}, 0, 1000, 3);
  for (const LabelPlace& place : places) {
    CHECK(place.shown);
    CHECK(place.row == 0);
    CHECK(!place.leftwards);
  }
}

TEST_CASE("crowded labels go beneath each other, at the edge to the left") {
  const std::vector<LabelWish> wishes{{700, 200}, {740, 200}, {780, 200}, {980, 200}};
  const auto places = place_labels(wishes, 0, 1000, 6);
  CHECK(shown(places) == 4);
  CHECK(places[3].leftwards);
  check_apart(wishes, places);
}

TEST_CASE("a label of several lines takes as many rows") {
  const std::vector<LabelWish> wishes{{100, 100, 3}, {150, 100, 1}};
  const auto places = place_labels(wishes, 0, 1000, 4);
  CHECK(shown(places) == 2);
  check_apart(wishes, places);
}

TEST_CASE("without rows there are no labels") {
  CHECK(shown(place_labels({{10, 50}, {200, 50}}, 0, 1000, 0)) == 0);
  CHECK(place_labels({}, 0, 1000, 3).empty());
}

TEST_CASE("no label ever covers another, or the line to another") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<LabelWish> wishes(1 + random() % 30);
    for (LabelWish& wish : wishes)
      wish = {static_cast<double>(random() % 1000), static_cast<double>(20 + random() % 200),
              1 + random() % 3};
    // Two marks at one place are one wish.
    std::ranges::sort(wishes, {}, &LabelWish::x);
    const auto rest = std::ranges::unique(wishes, {}, &LabelWish::x);
    wishes.erase(rest.begin(), rest.end());
    check_apart(wishes, place_labels(wishes, 0, 1000, 1 + random() % 8));
  }
}
