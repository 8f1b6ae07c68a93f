#include "projections/figures.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "events/codec.hpp"
#include "tests/oracle/history.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// Events with numbers, and the rows that the log would make of them.
class Numbers {
 public:
  Event& add(const std::string& type, const std::string& occurred, const std::string& known,
             std::vector<Quantity> quantities, Revision supersedes = {}) {
    const auto revision = static_cast<std::uint32_t>(events_.size() + 1);
    Event e = event("e" + std::to_string(revision), type, occurred, known);
    e.quantities = std::move(quantities);
    const Dating mark = dating_of(type, e.modality, occurred, e.known).value();
    rows_.emplace_back(mark, Position{revision}, supersedes);
    events_.push_back({std::move(e), Position{revision}, Revision{revision}, {}});
    return events_.back().event;
  }

  [[nodiscard]] std::vector<Figure> at(const Vantage& vantage) const {
    return figures(events_, rows_, effective(rows_, vantage), vantage);
  }
  [[nodiscard]] Figure only(const Vantage& vantage) const {
    const auto all = at(vantage);
    REQUIRE(all.size() == 1);
    return all.front();
  }
  [[nodiscard]] const Description* described(const Vantage& vantage) const {
    return description(events_, effective(rows_, vantage));
  }

 private:
  std::vector<StoredEvent> events_;
  std::vector<Row> rows_;
};

Quantity residents(std::string value, Bound bound = Bound::exact) {
  return {"residents", std::move(value), "companies", bound, ""};
}
Quantity buildings(std::string value, Bound bound = Bound::exact) {
  return {"buildings", std::move(value), "buildings", bound, ""};
}
Quantity turnover(std::string value, std::string period) {
  return {"turnover", std::move(value), "USD", Bound::exact, std::move(period)};
}

}  // namespace

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

TEST_CASE("a sum of buildings is as sure as the least sure of its parts") {
  struct Expected {
    Bound first, second, sum;
  };
  const std::vector<Expected> table = {
      {Bound::exact, Bound::exact, Bound::exact},
      {Bound::exact, Bound::more_than, Bound::more_than},
      {Bound::slightly_more_than, Bound::exact, Bound::more_than},
      {Bound::more_than, Bound::more_than, Bound::more_than},
      {Bound::exact, Bound::about, Bound::about},
      {Bound::less_than, Bound::more_than, Bound::about},
  };
  for (const Expected& expected : table) {
    CAPTURE(static_cast<int>(expected.first));
    CAPTURE(static_cast<int>(expected.second));
    Numbers n;
    n.add("building-completed", "2022-01-01", "2022-01-01", {buildings("2", expected.first)});
    n.add("building-completed", "2023-01-01", "2023-01-01", {buildings("3", expected.second)});
    CHECK(n.only(as_of("2023-06-01")).quantity == buildings("5", expected.sum));
  }
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
