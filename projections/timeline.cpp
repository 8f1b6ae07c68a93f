#include "projections/timeline.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "projections/rows.hpp"

namespace solnoma {

std::string_view name(Happened happened) {
  constexpr std::array<std::string_view, 3> kNames = {"certainly", "possibly", "planned"};
  return kNames[static_cast<std::size_t>(happened)];
}

std::vector<TimelineMark> timeline(Rows rows, const Effective& effective, const Vantage& vantage,
                                   Bounds window) {
  std::vector<TimelineMark> marks;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const TypeCode type = type_of_kind(row.kind());
    if (!effective.counts(i) || type == kDescribed || type == kRetracted) continue;
    if (row.latest < window.earliest || row.earliest > window.latest) continue;
    TimelineMark mark{
        revision_of(i), type, {row.earliest, row.latest}, row.known, Happened::certainly};
    if (is_planned(row.kind())) {
      if (row.known > vantage.as_of) continue;
      mark.happened = Happened::planned;
    } else {
      if (row.earliest > vantage.as_of) continue;
      if (row.latest > vantage.as_of) mark.happened = Happened::possibly;
    }
    marks.push_back(mark);
  }
  std::ranges::sort(marks, {}, [](const TimelineMark& m) {
    return std::tuple(m.bounds == Bounds{}, m.bounds.latest, m.bounds.earliest, m.revision);
  });
  return marks;
}

}  // namespace solnoma
