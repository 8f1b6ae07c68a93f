#include "projections/figures.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/projections/numbers.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("a figure keeps its value as text, its unit and its bound") {
  Numbers n;
  const Quantity told{"investment", "10.50", "USD", Bound::slightly_more_than, ""};
  n.add("investment-reported", "2022-01-01", "2022-01-01", {told});
  const Figure figure = n.only(as_of("2022-12-31"));
  CHECK(figure.quantity == told);
  CHECK(figure.from == std::vector{Revision{1}});
  CHECK(figure.bounds == Bounds{day("2022-01-01"), day("2022-01-01")});
}

TEST_CASE("a figure holds from the day on which it had certainly happened") {
  Numbers n;
  n.add("residents-reported", "2022-03", "2022-05-01", {residents("10")});
  CHECK(n.at(as_of("2022-03-30")).empty());
  CHECK(n.at(as_of("2022-03-31")).size() == 1);
  CHECK(n.at(as_of("2022-03-31", "2022-04-30")).empty());
}

TEST_CASE("the newest figure wins: the latest day, then the position") {
  Numbers n;
  n.add("residents-reported", "2023-01-01", "2023-01-01", {residents("20", Bound::more_than)});
  n.add("residents-reported", "2022-01-01", "2023-02-01", {residents("10")});
  CHECK(n.only(as_of("2022-06-01")).quantity == residents("10"));
  CHECK(n.only(as_of("2023-06-01")).quantity == residents("20", Bound::more_than));
  n.add("residents-reported", "2023-01-01", "2023-03-01", {residents("21")});
  CHECK(n.only(as_of("2023-06-01")).quantity == residents("21"));
}

TEST_CASE("figures of different periods stand beside each other") {
  Numbers n;
  n.add("indicator-reported", "2024-02-01", "2024-02-01", {turnover("5", "2023")});
  n.add("indicator-reported", "2025-02-01", "2025-02-01", {turnover("7", "2024")});
  n.add("indicator-reported", "2025-03-01", "2025-03-01", {turnover("6", "2023")});
  const auto all = n.at(as_of("2025-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].quantity == turnover("6", "2023"));
  CHECK(all[0].from == std::vector{Revision{3}});
  CHECK(all[1].quantity == turnover("7", "2024"));
}

TEST_CASE("figures of a superseded or retracted event do not count") {
  Numbers n;
  n.add("residents-reported", "2022-01-01", "2022-01-01", {residents("10")});
  n.add("residents-reported", "2022-02-01", "2022-02-01", {residents("100")});
  n.add("retracted", "", "2022-03-01", {}, Revision{2});
  CHECK(n.only(as_of("2022-12-31")).quantity == residents("10"));
}

TEST_CASE("figures of plans do not count") {
  Numbers n;
  Event planned = event("p", "residents-reported", "2022-01-01", "2021-01-01");
  planned.modality = Modality::planned;
  planned.quantities = {residents("500")};
  const Row row(dating_of(planned.type, planned.modality, planned.occurred, planned.known).value(),
                Position{1}, Revision{0});
  const std::vector<Row> rows{row};
  const std::vector<StoredEvent> events{{planned, Position{1}, Revision{1}, {}}};
  CHECK(figures(events, rows, effective(rows, {}), {}).empty());
}

TEST_CASE("completed buildings add up") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01", {buildings("2")});
  n.add("building-completed", "2023-01-01", "2023-01-01", {buildings("3")});
  CHECK(n.only(as_of("2022-06-01")).quantity == buildings("2"));
  const Figure figure = n.only(as_of("2023-06-01"));
  CHECK(figure.quantity == buildings("5"));
  CHECK(figure.from == std::vector{Revision{1}, Revision{2}});
  CHECK(figure.bounds == Bounds{day("2023-01-01"), day("2023-01-01")});
}

TEST_CASE("a completed building without a number is one building") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01", {});
  n.add("building-completed", "2023-01-01", "2023-01-01", {buildings("3")});
  CHECK(n.only(as_of("2022-06-01")).quantity == buildings("1"));
  CHECK(n.only(as_of("2023-06-01")).quantity == buildings("4"));
}

TEST_CASE("amounts in two currencies never meet") {
  Numbers n;
  const auto investment = [](std::string value, std::string unit) {
    return Quantity{"investment", std::move(value), std::move(unit)};
  };
  n.add("investment-reported", "2022-01-01", "2022-01-01", {investment("40000000", "USD")});
  n.add("investment-reported", "2023-01-01", "2023-01-01", {investment("7000", "RUB")});
  const auto all = n.at(as_of("2023-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].quantity == investment("40000000", "USD"));
  CHECK(all[1].quantity == investment("7000", "RUB"));
}

TEST_CASE("payments add up") {
  Numbers n;
  for (const char* day : {"2022-01-01", "2022-02-01", "2022-03-01"})
    n.add("investment-reported", day, day, {payment("100")});
  n.add("investment-reported", "2022-04-01", "2022-04-01", {payment("5", "RUB")});
  CHECK(n.at(as_of("2022-02-15")).front().quantity == payment("200"));
  const auto all = n.at(as_of("2022-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].quantity == payment("300"));
  CHECK(all[0].flow);
  CHECK(all[0].from == std::vector{Revision{1}, Revision{2}, Revision{3}});
  CHECK(all[1].quantity == payment("5", "RUB"));
}

TEST_CASE("two payments of one event add up, and the event is named once") {
  Numbers n;
  n.add("investment-reported", "2022-01-01", "2022-01-01", {payment("100"), payment("20.5")});
  const Figure figure = n.only(as_of("2022-12-31"));
  CHECK(figure.quantity == payment("120.5"));
  CHECK(figure.from == std::vector{Revision{1}});
}

TEST_CASE("payments of different periods stand beside each other, those of one period add up") {
  Numbers n;
  const auto of = [](std::string value, std::string period) {
    return Quantity{"payments", std::move(value), "USD", Bound::exact, std::move(period)};
  };
  n.add("investment-reported", "2022-01-01", "2022-01-01", {of("1", "2021")});
  n.add("investment-reported", "2022-02-01", "2022-02-01", {of("2", "2022")});
  n.add("investment-reported", "2022-03-01", "2022-03-01", {of("4", "2021")});
  const auto all = n.at(as_of("2022-12-31"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].quantity == of("5", "2021"));
  CHECK(all[1].quantity == of("2", "2022"));
}

TEST_CASE("figures of different parts stand beside each other") {
  Numbers n;
  n.add("residents-reported", "2022-01-01", "2022-01-01", {residents("10")});
  n.add("residents-reported", "2022-02-01", "2022-02-01", {residents("4")}).part = "phase-2";
  n.add("building-completed", "2022-03-01", "2022-03-01", {}).part = "phase-2";
  const auto all = n.at(as_of("2022-12-31"));
  REQUIRE(all.size() == 3);
  CHECK(all[0].quantity == residents("10"));
  CHECK(all[0].part.empty());
  CHECK(all[1].quantity == residents("4"));
  CHECK(all[1].part == "phase-2");
  CHECK(all[2].quantity == buildings("1"));
  CHECK(all[2].part == "phase-2");
}

TEST_CASE("what a source says of a flow or a level counts more than what is usual") {
  Numbers n;
  n.add("indicator-reported", "2022-01-01", "2022-01-01", {grant("10", Accrual::flow)});
  n.add("indicator-reported", "2022-02-01", "2022-02-01", {grant("20", Accrual::flow)});
  CHECK(n.only(as_of("2022-12-31")).quantity == grant("30", Accrual::flow));
  // Nothing is known of grants in general: a source that says nothing is read as the one before.
  n.add("indicator-reported", "2022-03-01", "2022-03-01", {grant("5", Accrual::by_measure)});
  CHECK(n.only(as_of("2022-12-31")).quantity.value == "35");
  // A level is a new total, to which the next flow adds.
  n.add("indicator-reported", "2022-04-01", "2022-04-01", {grant("100", Accrual::level)});
  CHECK(n.only(as_of("2022-12-31")).quantity.value == "100");
  CHECK_FALSE(n.only(as_of("2022-12-31")).flow);
  n.add("indicator-reported", "2022-05-01", "2022-05-01", {grant("1", Accrual::flow)});
  CHECK(n.only(as_of("2022-12-31")).quantity.value == "101");
  CHECK(n.only(as_of("2022-12-31")).from == std::vector{Revision{4}, Revision{5}});
}

TEST_CASE("payments that a source calls a level are not added up") {
  Numbers n;
  Quantity total = payment("500");
  total.accrual = Accrual::level;
  n.add("indicator-reported", "2022-01-01", "2022-01-01", {payment("100")});
  n.add("indicator-reported", "2022-02-01", "2022-02-01", {total});
  CHECK(n.only(as_of("2022-12-31")).quantity == total);
  n.add("indicator-reported", "2022-03-01", "2022-03-01", {payment("7")});
  CHECK(n.only(as_of("2022-12-31")).quantity == payment("507"));
}

TEST_CASE("figures stand in the order in which their measures first appear") {
  Numbers n;
  n.add("building-completed", "2022-01-01", "2022-01-01", {residents("1"), buildings("2")});
  n.add("indicator-reported", "2023-01-01", "2023-01-01", {turnover("1", ""), residents("2")});
  const auto all = n.at(as_of("2023-06-01"));
  REQUIRE(all.size() == 3);
  CHECK(all[0].quantity == residents("2"));
  CHECK(all[1].quantity == buildings("2"));
  CHECK(all[2].quantity == turnover("1", ""));
}

TEST_CASE("a subject is what its newest description that counts says") {
  Numbers n;
  const auto described = [&](const std::string& english, const std::string& known) {
    Description description;
    description.names.en = english;
    n.add("described", "", known, {}).description = description;
  };
  CHECK(n.described({}) == nullptr);
  described("Chirchik", "2022-01-01");
  described("Chirchik Technopark", "2023-01-01");
  CHECK(n.described({})->names.en == "Chirchik Technopark");
  CHECK(n.described(as_of("2024", "2022-12-31"))->names.en == "Chirchik");
  CHECK(n.described(as_of("2024", "2021-12-31")) == nullptr);
}
