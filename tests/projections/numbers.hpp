#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "events/codec.hpp"
#include "projections/figures.hpp"
#include "tests/oracle/history.hpp"

namespace solnoma::test {

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

inline Quantity residents(std::string value, Bound bound = Bound::exact) {
  return {"residents", std::move(value), "companies", bound, ""};
}
inline Quantity buildings(std::string value, Bound bound = Bound::exact) {
  return {"buildings", std::move(value), "buildings", bound, ""};
}
inline Quantity payment(std::string value, std::string unit = "USD") {
  return {"payments", std::move(value), std::move(unit)};
}
inline Quantity between(std::string value, std::string upper) {
  return {"buildings", std::move(value), "buildings", Bound::between, "", std::move(upper)};
}
inline Quantity about(std::string value, std::string upper) {
  return {"buildings", std::move(value), "buildings", Bound::about, "", std::move(upper)};
}
inline Quantity grant(std::string value, Accrual accrual) {
  return {"grants", std::move(value), "USD", Bound::exact, "", "", accrual};
}
inline Quantity turnover(std::string value, std::string period) {
  return {"turnover", std::move(value), "USD", Bound::exact, std::move(period)};
}

}  // namespace solnoma::test
