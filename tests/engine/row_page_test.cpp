#include "engine/format/row_page.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "engine/base/bytes.hpp"
#include "tests/engine/support/damage.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

Day random_day(Random& random) {
  constexpr std::array kExtreme{INT32_MIN, INT32_MIN + 1, -1, 0, 1, INT32_MAX - 1, INT32_MAX};
  if (random.one_in(4)) return Day{kExtreme[static_cast<std::size_t>(random.below(7))]};
  if (random.one_in(4)) return Day{static_cast<std::int32_t>(random.bits())};
  return Day{19'000 + random.below(2'000)};
}

Row random_row(Random& random, Position position, std::uint32_t revision) {
  Bounds bounds{random_day(random), random_day(random)};
  if (bounds.latest < bounds.earliest) std::swap(bounds.earliest, bounds.latest);
  if (random.one_in(3)) bounds.earliest = bounds.latest;
  Revision superseded{0};
  if (revision > 1 && random.one_in(3))
    superseded.value = 1 + static_cast<std::uint32_t>(random.bits() % (revision - 1));
  return {
      {bounds, random_day(random), static_cast<std::uint8_t>(random.bits())}, position, superseded};
}

/// Runs of any length, with positions that ascend within the segment.
RowPage random_page(Random& random, const Segment& segment, std::size_t rows) {
  RowPage page;
  std::uint64_t subject = random.one_in(2) ? 0 : random.bits() % 1000;
  while (page.rows.size() < rows) {
    const std::size_t left = rows - page.rows.size();
    const std::size_t most =
        std::min<std::uint64_t>({left, segment.events(), random.one_in(3) ? 200U : 3U});
    const auto count = static_cast<std::uint32_t>(1 + random.below(static_cast<int>(most)));
    std::uint32_t first = 1;
    if (random.one_in(3)) first += static_cast<std::uint32_t>(random.bits() % 1'000'000);
    if (random.one_in(20)) first = UINT32_MAX - count + 1;
    std::set<std::uint64_t> offsets;
    if (random.one_in(2)) offsets.insert(segment.events() - 1);
    while (offsets.size() < count) offsets.insert(random.bits() % segment.events());
    page.runs.push_back({SubjectNumber{static_cast<std::uint32_t>(subject)}, Revision{first}, 0});
    for (const std::uint64_t offset : offsets) {
      Run& run = page.runs.back();
      if (run.rows == count) break;
      page.rows.push_back(
          random_row(random, Position{segment.first.value + offset}, run.first.value + run.rows++));
    }
    subject += 1 + random.bits() % (random.one_in(5) ? 1'000'000 : 4);
  }
  if (random.one_in(3)) page.runs.back().subject = SubjectNumber{UINT32_MAX};
  return page;
}

/// A full one or a small one.
RowPage some_page(Random& random, const Segment& segment) {
  const bool full = random.one_in(8);
  return random_page(random, segment,
                     full ? kMostRowsPerPage : 1 + static_cast<std::size_t>(random.below(60)));
}

void check_same(const RowPage& page, const RowPage& expected) {
  CHECK(page.rows == expected.rows);
  REQUIRE(page.runs.size() == expected.runs.size());
  for (std::size_t i = 0; i < page.runs.size(); ++i) {
    CHECK(page.runs[i].subject == expected.runs[i].subject);
    CHECK(page.runs[i].first == expected.runs[i].first);
    CHECK(page.runs[i].rows == expected.runs[i].rows);
  }
}

/// What every page has that is read without an error, whatever its bytes.
void check_sound(const RowPage& page, const Segment& segment) {
  std::uint64_t rows = 0;
  std::int64_t subject = -1;
  for (const Run& run : page.runs) {
    if (run.rows == 0 || run.first.value == 0) FAIL("an empty run");
    if (run.subject.value <= subject) FAIL("subjects out of order");
    subject = run.subject.value;
    for (std::uint64_t i = rows; i < rows + run.rows && i < page.rows.size(); ++i) {
      const Row& row = page.rows[i];
      if (row.position() < segment.first || row.position() > segment.last())
        FAIL("a row of another segment");
      if (row.earliest > row.latest) FAIL("days out of order");
      if (row.supersedes >= run.first.value + (i - rows)) FAIL("it supersedes a later row");
    }
    rows += run.rows;
  }
  if (rows != page.rows.size() || rows > kMostRowsPerPage) FAIL("runs and rows differ");
}

const std::vector<Segment> kSomeSegments{{Position{1}, 0},
                                         {Position{1}, 3},
                                         {Position{8193}, 14},
                                         {Position{(1ULL << 40) + 1}, 40},
                                         {Position{(1ULL << 54) + 1}, 54}};

/// Varints, one after the other.
std::string varints(std::initializer_list<std::uint64_t> numbers) {
  std::string bytes;
  for (const std::uint64_t number : numbers) store_varint(bytes, number);
  return bytes;
}

Errc refused(std::string_view bytes) {
  RowPage page;
  auto code = Errc::io;
  at_the_edge(bytes, [&](std::string_view there) {
    const auto decoded = decode_rows(there, {Position{1}, 3}, page);
    REQUIRE(!decoded);
    code = decoded.error().code;
  });
  return code;
}

}  // namespace

TEST_CASE("a page of rows reads as it was written, whatever days and numbers it holds") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  RowPage decoded;
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    const Segment& segment = kSomeSegments[static_cast<std::size_t>(random.below(5))];
    const auto page = some_page(random, segment);
    at_the_edge(encode_rows(page, segment),
                [&](std::string_view bytes) { REQUIRE(decode_rows(bytes, segment, decoded)); });
    check_same(decoded, page);
    check_sound(decoded, segment);
  }
}

TEST_CASE("the rows of one subject are those that the whole page gives it") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    const Segment& segment = kSomeSegments[static_cast<std::size_t>(random.below(5))];
    const auto page = some_page(random, segment);
    const std::string bytes = encode_rows(page, segment);
    std::size_t begin = 0;
    for (const Run& run : page.runs) {
      std::vector<Row> rows{Row{}};
      at_the_edge(bytes, [&](std::string_view there) {
        const auto found = decode_run(there, segment, run.subject, rows);
        REQUIRE(found);
        REQUIRE(*found);
        CHECK((*found)->first == run.first);
        CHECK((*found)->rows == run.rows);
      });
      REQUIRE(rows.size() == 1 + run.rows);
      CHECK(std::equal(rows.begin() + 1, rows.end(),
                       page.rows.begin() + static_cast<std::ptrdiff_t>(begin)));
      begin += run.rows;
      const SubjectNumber next{run.subject.value + 1};
      const bool is_there =
          std::ranges::any_of(page.runs, [&](const Run& other) { return other.subject == next; });
      const auto found = decode_run(bytes, segment, next, rows);
      REQUIRE(found);
      CHECK(found->has_value() == is_there);
    }
  }
}

TEST_CASE("open ends and single days keep what they are") {
  const Segment segment{Position{1}, 3};
  RowPage page, decoded;
  page.runs.push_back({SubjectNumber{0}, Revision{1}, 6});
  Position position{0};
  for (const Bounds& bounds : {Bounds{}, Bounds{kOpenPast, kOpenPast},
                               Bounds{kOpenFuture, kOpenFuture}, Bounds{kOpenPast, Day{0}},
                               Bounds{Day{INT32_MIN + 1}, kOpenFuture}, Bounds{Day{5}, Day{6}}}) {
    const Day known{position.value % 2 == 0 ? INT32_MIN : INT32_MAX};
    position = position.next();
    page.rows.emplace_back(Dating{bounds, known, 255}, position, Revision{0});
  }
  REQUIRE(decode_rows(encode_rows(page, segment), segment, decoded));
  check_same(decoded, page);
}

TEST_CASE("damaged bytes of rows are refused, or read as rows that a segment may hold") {
  INFO("run again with SOLNOMA_SEED=", base_seed());
  Random random(base_seed());
  RowPage decoded;
  for (const std::size_t rows : {1U, 9U, 80U})
    for (const Segment& segment : kSomeSegments) {
      const RowPage page = random_page(random, segment, rows);
      const std::string bytes = encode_rows(page, segment);
      damaged_in_many_ways(bytes, random, [&](std::string_view damaged) {
        const Run& asked = page.runs[random.bits() % page.runs.size()];
        RowPage one;
        const auto run = decode_run(damaged, segment, asked.subject, one.rows);
        if (run && *run) one.runs.push_back(**run);
        if (run) check_sound(one, segment);
        const auto ok = decode_rows(damaged, segment, decoded);
        if (ok) check_sound(decoded, segment);
        if (!ok && ok.error().code != Errc::damaged_index) FAIL("it is called something else");
        if (damaged.size() < bytes.size() && bytes.starts_with(damaged) && ok)
          FAIL("cut short, it was taken for whole");
      });
    }
}

TEST_CASE("a page cannot claim more rows or higher numbers than there are") {
  // Two runs, of 1 and of 2^64 - 1 rows: the sum is 0.
  CHECK(refused(varints({2, 0, 1, 1, 1, 2, UINT64_MAX})) == Errc::damaged_index);
  CHECK(refused(varints({2, 0, 1, 1, 1, 2, UINT64_MAX, 0, 0, 0, 0, 0})) == Errc::damaged_index);
  // A first revision of 2^64 - 1, which passes every number when rows are added.
  CHECK(refused(varints({1, 0, UINT64_MAX, 2}) + "kk" + varints({0, 0, 0, 0, 0, 0, 0, 1, 0})) ==
        Errc::damaged_index);
  // Subjects that go past 2^64 and begin anew.
  CHECK(refused(varints({2, 5, 1, 1, UINT64_MAX, 1, 1}) + "kk" +
                varints({0, 0, 0, 0, 0, 0, 0, 0, 0})) == Errc::damaged_index);
  CHECK(refused(varints({513})) == Errc::damaged_index);
  CHECK(refused("") == Errc::damaged_index);
}

TEST_CASE("days that are impossibly far apart are refused") {
  const auto page = [](std::uint64_t known, std::uint64_t latest, std::uint64_t width) {
    return varints({1, 0, 1, 1}) + "k" + varints({known, latest, width, 0, 0});
  };
  RowPage decoded;
  REQUIRE(decode_rows(page(2, 2, 2), {Position{1}, 3}, decoded));
  CHECK(decoded.rows[0] == Row({{Day{-1}, Day{0}}, Day{1}, 'k'}, Position{1}, Revision{0}));
  constexpr std::uint64_t kFarthest = UINT64_MAX;
  for (const std::uint64_t far :
       {kFarthest, kFarthest - 1, kFarthest / 2 + 1, kFarthest / 2 + 2, kFarthest >> 30}) {
    CAPTURE(far);
    CHECK(refused(page(far, 2, 2)) == Errc::damaged_index);
    CHECK(refused(page(2, far, 2)) == Errc::damaged_index);
    CHECK(refused(page(2, 2, far)) == Errc::damaged_index);
  }
}
