#include "projections/amount.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "events/text/decimal.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/oracle/random_numbers.hpp"
#include "tests/projections/numbers.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("a sum of buildings is as sure as its parts together") {
  struct Expected {
    Quantity first, second, sum;
    Open open = Open::none;
  };
  const std::vector<Expected> table = {
      {buildings("2"), buildings("3"), buildings("5")},
      {buildings("2"), buildings("3", Bound::more_than), buildings("5", Bound::more_than)},
      {buildings("2", Bound::slightly_more_than), buildings("3"), buildings("5", Bound::more_than)},
      {buildings("2", Bound::more_than), buildings("3", Bound::more_than),
       buildings("5", Bound::more_than)},
      {buildings("2", Bound::at_least), buildings("3"), buildings("5", Bound::at_least)},
      {buildings("2", Bound::at_least), buildings("3", Bound::more_than),
       buildings("5", Bound::more_than)},
      {buildings("2", Bound::less_than), buildings("3"), buildings("5", Bound::less_than)},
      {buildings("2", Bound::at_most), buildings("3"), buildings("5", Bound::at_most)},
      {buildings("2", Bound::at_most), buildings("3", Bound::less_than),
       buildings("5", Bound::less_than)},
      {between("2", "4"), buildings("3"), between("5", "7")},
      {between("2", "4"), between("3", "3.5"), between("5", "7.5")},
      {between("2", "4"), buildings("3", Bound::more_than), buildings("5", Bound::more_than)},
      {between("2", "4"), buildings("3", Bound::at_most), buildings("7", Bound::at_most)},
      {buildings("2"), buildings("3", Bound::about), buildings("5", Bound::about)},
      {buildings("2", Bound::more_than), buildings("3", Bound::about), buildings("5", Bound::about),
       Open::above},
      {buildings("2", Bound::at_least), buildings("3", Bound::about), buildings("5", Bound::about),
       Open::above},
      {buildings("2", Bound::at_most), buildings("3", Bound::about), buildings("5", Bound::about),
       Open::below},
      {between("2", "5"), buildings("3", Bound::about), about("5", "8")},
      {buildings("2", Bound::less_than), buildings("3", Bound::more_than),
       buildings("5", Bound::about)},
  };
  for (const Expected& expected : table) {
    CAPTURE(name(expected.first.bound));
    CAPTURE(name(expected.second.bound));
    Numbers n;
    n.add("building-completed", "2022-01-01", "2022-01-01", {expected.first});
    n.add("building-completed", "2023-01-01", "2023-01-01", {expected.second});
    CHECK(n.only(as_of("2023-06-01")).quantity == expected.sum);
    CHECK(n.only(as_of("2023-06-01")).ends == Ends{{}, expected.open});
    Numbers turned;
    turned.add("building-completed", "2022-01-01", "2022-01-01", {expected.second});
    turned.add("building-completed", "2023-01-01", "2023-01-01", {expected.first});
    CHECK(turned.only(as_of("2023-06-01")).quantity == expected.sum);
    CHECK(turned.only(as_of("2023-06-01")).ends == Ends{{}, expected.open});
  }
}

TEST_CASE("a retracted or corrected payment is not in the sum") {
  Numbers n;
  n.add("investment-reported", "2022-01-01", "2022-01-01", {payment("100")});
  n.add("investment-reported", "2022-02-01", "2022-02-01", {payment("200")});
  n.add("investment-reported", "2022-03-01", "2022-03-01", {payment("300")});
  n.add("retracted", "", "2022-04-01", {}, Revision{1});
  n.add("investment-reported", "2022-02-01", "2022-04-01", {payment("250")}, Revision{2});
  CHECK(n.only(as_of("2022-12-31")).quantity == payment("550"));
  CHECK(n.only(as_of("2022-12-31", "2022-03-31")).quantity == payment("600"));
}

TEST_CASE("sums are exact, whatever their length") {
  const auto sum_of = [](std::vector<const char*> parts) {
    Numbers numbers;
    for (const char* part : parts)
      numbers.add("investment-reported", "2022-01-01", "2022-01-01", {payment(part)});
    return numbers.only(as_of("2022-12-31")).quantity.value;
  };
  CHECK(sum_of({"0.1", "0.2"}) == "0.3");
  CHECK(sum_of({"10.50", "0.50"}) == "11.00");
  CHECK(sum_of({"0.05", "0.005", "1"}) == "1.055");
  CHECK(sum_of({"-0.75", "0.5"}) == "-0.25");
  CHECK(sum_of({"-5", "5"}) == "0");
  CHECK(sum_of({"9999999999999999999999999999999999999999", "1"}) ==
        "10000000000000000000000000000000000000000");
  CHECK(sum_of({"0.00000000000000000000000000000000000001", "12345678901234567890123456789"}) ==
        "12345678901234567890123456789.00000000000000000000000000000000000001");
}

TEST_CASE("a lower and an upper bound of one event are a range") {
  struct Expected {
    Bound lower, upper;
    Excluded excluded;
  };
  const std::vector<Expected> table = {
      {Bound::more_than, Bound::less_than, {true, true}},
      {Bound::slightly_more_than, Bound::at_most, {true, false}},
      {Bound::at_least, Bound::less_than, {false, true}},
      {Bound::at_least, Bound::at_most, {false, false}},
  };
  const Quantity range{"residents", "4", "companies", Bound::between, "", "9"};
  for (const auto& [lower, upper, excluded] : table)
    for (const bool turned : {false, true}) {
      CAPTURE(name(lower));
      CAPTURE(name(upper));
      std::vector<Quantity> told{residents("4", lower), residents("9", upper)};
      if (turned) std::swap(told[0], told[1]);
      Numbers n;
      n.add("residents-reported", "2022-01-01", "2022-01-01", told);
      const Figure figure = n.only(as_of("2022-12-31"));
      CHECK(figure.quantity == range);
      CHECK(figure.ends == Ends{excluded});
    }
}

TEST_CASE("bounds of one event that are no range stay apart, and the last stands") {
  const std::vector<std::vector<Quantity>> table = {
      {residents("4", Bound::more_than), residents("9", Bound::more_than)},
      {residents("9", Bound::more_than), residents("4", Bound::less_than)},
      {residents("4", Bound::more_than), residents("4", Bound::at_most)},
      {residents("4", Bound::more_than), residents("9", Bound::about)},
      {residents("4", Bound::more_than), residents("9")},
  };
  for (const auto& told : table) {
    CAPTURE(name(told[1].bound));
    Numbers n;
    n.add("residents-reported", "2022-01-01", "2022-01-01", told);
    CHECK(n.only(as_of("2022-12-31")).quantity == told[1]);
  }
  Numbers n;
  n.add("residents-reported", "2022-01-01", "2022-01-01",
        {residents("4", Bound::at_least), residents("4.0", Bound::at_most)});
  CHECK(n.only(as_of("2022-12-31")).quantity == residents("4.0"));
}

TEST_CASE("an end of a sum is excluded where that of a part is") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01",
        {buildings("4", Bound::more_than), buildings("9", Bound::at_most)});
  n.add("building-completed", "2022-02-01", "2022-02-01", {between("1", "2")});
  const Figure figure = n.only(as_of("2022-12-31"));
  CHECK(figure.quantity == between("5", "11"));
  CHECK(figure.ends == Ends{{true, false}});
}

TEST_CASE("what is about a sum and open stays so as more is added") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01", {buildings("100", Bound::about)});
  n.add("building-completed", "2022-02-01", "2022-02-01", {buildings("50", Bound::more_than)});
  n.add("building-completed", "2022-03-01", "2022-03-01", {between("1", "3")});
  CHECK(n.only(as_of("2022-12-31")).quantity == buildings("151", Bound::about));
  CHECK(n.only(as_of("2022-12-31")).ends.open == Open::above);
  n.add("building-completed", "2022-04-01", "2022-04-01", {buildings("9", Bound::at_most)});
  CHECK(n.only(as_of("2022-12-31")).quantity == buildings("161", Bound::about));
  CHECK(n.only(as_of("2022-12-31")).ends == Ends{});
}

TEST_CASE("a total of buildings from another event replaces the sum, and buildings add to it") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01", {buildings("2")});
  n.add("visited", "2022-06-01", "2022-06-01", {buildings("12", Bound::about)});
  n.add("building-completed", "2023-01-01", "2023-01-01", {buildings("1")});
  CHECK(n.only(as_of("2022-12-31")).quantity == buildings("12", Bound::about));
  CHECK(n.only(as_of("2022-12-31")).from == std::vector{Revision{2}});
  CHECK(n.only(as_of("2023-12-31")).quantity == buildings("13", Bound::about));
}

TEST_CASE("figures of random histories are as worded, from every vantage") {
  for (std::uint64_t n = 0; n < histories(2'000); ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    RandomHistory random(seed);
    std::vector<Row> rows = random.history();
    const auto events = random_numbers(random, rows);
    INFO("history:", text(rows));
    for (int asked = 0; asked < 8; ++asked) {
      const Vantage vantage = random.percent(50) ? random.vantage(rows) : random.edge_vantage(rows);
      INFO(text(vantage));
      CHECK(text(figures(events, rows, effective(rows, vantage), vantage)) ==
            text(oracle::figures(events, rows, vantage)));
    }
  }
}

TEST_CASE("whatever the numbers of a sum truly are, what is said of the sum is true") {
  for (std::uint64_t n = 0; n < histories(2'000); ++n) {
    const std::uint64_t seed = base_seed() + n;
    INFO("again with: SOLNOMA_HISTORIES=1 SOLNOMA_SEED=", seed);
    Random random(seed);
    Numbers numbers;
    std::string truth = "0";
    bool about = false;
    for (int parts = random.between(2, 5); parts > 0; --parts) {
      Quantity part = random_quantity(random);
      part.measure = "payments";
      part.unit = "USD";
      part.period.clear();
      part.accrual = Accrual::by_measure;
      about = about || part.bound == Bound::about;
      // One that the bound allows: an end that belongs to it, or a number within.
      std::string value = part.value;
      const std::string away = std::to_string(random.between(1, 3));
      const bool at_end = random.percent(50);
      if (part.bound == Bound::between) {
        if (at_end) value = part.upper;
      } else if (part.bound == Bound::more_than || part.bound == Bound::slightly_more_than ||
                 (part.bound == Bound::at_least && !at_end)) {
        value = decimal_sum(value, "0.000" + away);
      } else if (part.bound == Bound::less_than || (part.bound == Bound::at_most && !at_end)) {
        value = decimal_sum(value, "-" + away);
      }
      truth = decimal_sum(truth, value);
      numbers.add("investment-reported", "2022-01-01", "2022-01-01", {part});
    }
    const Figure sum = numbers.only(as_of("2022-12-31"));
    const auto [from, to] = std::pair(compare_decimals(truth, sum.quantity.value),
                                      compare_decimals(truth, sum.quantity.upper));
    INFO(text({sum}), ", truly ", truth);
    switch (sum.quantity.bound) {
      case Bound::exact:
        CHECK(from == 0);
        break;
      case Bound::more_than:
        CHECK(from > 0);
        break;
      case Bound::at_least:
        CHECK(from >= 0);
        break;
      case Bound::less_than:
        CHECK(from < 0);
        break;
      case Bound::at_most:
        CHECK(from <= 0);
        break;
      case Bound::between:
        CHECK((sum.ends.excluded.value ? from > 0 : from >= 0));
        CHECK((sum.ends.excluded.upper ? to < 0 : to <= 0));
        break;
      case Bound::about:
      case Bound::slightly_more_than:
        CHECK(sum.quantity.bound == Bound::about);
        break;
    }
    if (about) CHECK(sum.quantity.bound == Bound::about);
  }
}
