#include "projections/explain.hpp"

#include <algorithm>
#include <array>

#include "projections/rows.hpp"

namespace solnoma {
namespace {

constexpr std::array<std::string_view, 8> kVerdictNames = {
    "decided",          "possible",      "no-difference", "no-effect",
    "not-yet-recorded", "not-yet-known", "superseded",    "not-yet-happened"};

Verdict judge(const Row& row, std::size_t i, const Effective& effective, const StatusAt& status,
              const std::vector<Step>& steps, const Vantage& vantage) {
  if (row.position() > vantage.at) return Verdict::not_yet_recorded;
  if (row.known > vantage.known_by) return Verdict::not_yet_known;
  if (!effective.stands(i)) return Verdict::superseded;
  if (is_retraction(row)) return Verdict::no_effect;  // it takes effect from every day
  const Revision revision = revision_of(i);
  const auto step = std::ranges::find(steps, revision, &Step::revision);
  if (step == steps.end()) {
    const Day first = is_planned(row.kind()) ? row.known : row.earliest;
    return first > vantage.as_of ? Verdict::not_yet_happened : Verdict::no_effect;
  }
  if (step->earliest > vantage.as_of) return Verdict::not_yet_happened;
  if (!std::ranges::binary_search(status.because, revision)) return Verdict::no_difference;
  return step->latest > vantage.as_of ? Verdict::possible : Verdict::decided;
}

}  // namespace

std::string_view name(Verdict verdict) {
  return kVerdictNames[static_cast<std::size_t>(verdict)];
}

Explanation explain(Rows rows, const Vantage& vantage) {
  const Effective effective = solnoma::effective(rows, vantage);
  const std::vector<Step> steps = solnoma::steps(rows, effective);
  Explanation result{status(steps, vantage.as_of), {}, kOpenPast, false};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.evidence.push_back({revision_of(i),
                               judge(rows[i], i, effective, result.status, steps, vantage),
                               effective.superseded_by[i]});
    if (effective.visible(i) && rows[i].known <= vantage.as_of)
      result.last_news = std::max(result.last_news, rows[i].known);
  }
  constexpr std::int64_t kTwoYears = 2 * 365;
  result.silent = is_calendar_day(result.last_news) && is_calendar_day(vantage.as_of) &&
                  vantage.as_of - result.last_news > kTwoYears;
  return result;
}

}  // namespace solnoma
