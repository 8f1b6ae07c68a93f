#include "projections/usual_accrual.hpp"

#include <algorithm>
#include <array>

namespace solnoma {
namespace {

/// The transactions of IATI and of OC4IDS as slugs; each also with an "s" behind it.
constexpr auto kFlows = std::to_array<std::string_view>({
    "commitment",
    "credit-guarantee",
    "disbursement",
    "expenditure",
    "incoming-commitment",
    "incoming-funds",
    "incoming-pledge",
    "interest-payment",
    "loan-repayment",
    "outgoing-commitment",
    "outgoing-pledge",
    "payment",
    "pledge",
    "purchase-of-equity",
    "reimbursement",
    "sale-of-equity",
    "transaction",
});

}  // namespace

Accrual usual_accrual(std::string_view measure, TypeCode type) {
  if (measure == kBuildings) return type == kBuildingCompleted ? Accrual::flow : Accrual::level;
  const auto is_flow = [](std::string_view name) {
    return std::ranges::find(kFlows, name) != kFlows.end();
  };
  const bool many = measure.ends_with('s') && is_flow(measure.substr(0, measure.size() - 1));
  return many || is_flow(measure) ? Accrual::flow : Accrual::by_measure;
}

}  // namespace solnoma
