#pragma once

#include "projections/effective.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"

namespace solnoma::test {

/// By the functions under test, one after the other.
[[nodiscard]] inline StatusAt status_of(Rows rows, const Vantage& vantage) {
  return status(steps(rows, effective(rows, vantage)), vantage.as_of);
}

/// Whether every status of `some` is in `all`.
[[nodiscard]] inline bool is_within(const StatusSet& some, const StatusSet& all) {
  return (some & ~all).none();
}

}  // namespace solnoma::test
