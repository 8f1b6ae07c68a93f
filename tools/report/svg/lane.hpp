#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "tools/report/svg/labels.hpp"
#include "tools/report/svg/time_scale.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// How a subject is laid out in a timeline: which mark stands where, over which others, with
/// which words. Nothing is drawn here.

inline constexpr double kLaneNames = 250;  ///< width of the column of names
inline constexpr double kLaneLine = 14;    ///< of text
inline constexpr double kLaneText = 11;    ///< its size
inline constexpr double kLaneLevel = 11;   ///< between marks that stand over each other
inline constexpr double kLaneStrip = 7;    ///< height of the strip that tells the status

/// What all lanes of a timeline have in common.
struct LaneLayout {
  double plot_left, plot_right, undated_left;
  std::size_t label_rows;           // that a lane may have
  bool undated;                     // whether there are plans without a date
  std::optional<double> line = {};  // where the day of the question stands; labels keep off it
};

/// A mark with its place in the lane.
struct LaneMark {
  const TimelineMark* mark = nullptr;
  const Plan* plan = nullptr;  // where it is one
  double x = 0;
  double from = 0;        // where a span that is bounded begins; otherwise as x
  std::size_t level = 0;  // 0 is the lowest
};

/// A plan and what became of it: the event that met it, or of a baseline that moved, the newest
/// plan.
struct LaneTie {
  std::size_t plan, became;  // among the marks of the lane
};

struct Lane {
  const SubjectView* view = nullptr;
  std::vector<LaneMark> marks;    // that have a date
  std::vector<LaneMark> undated;  // plans without one
  std::vector<LaneTie> ties;
  std::vector<std::string> name;
  struct Label {
    LabelWish wish;
    std::vector<std::string> lines;
    LabelPlace place;
    bool alarm = false;
  };
  std::vector<Label> labels;
  double headroom = 0;  // above the lowest marks
  double height = 0;
};

/// True for bounds with at least one calendar day.
[[nodiscard]] bool has_date(Bounds bounds);

/// "opened", "plan: opened (overdue)", "residents: more than 10 companies".
[[nodiscard]] std::string label_of(const Lane& lane, const LaneMark& mark, Language language);
/// The title, when, what became of a plan, every number, and who told it.
[[nodiscard]] std::string tooltip_of(const Lane& lane, const LaneMark& mark, Language language);

/// The lane views into `view`, which must outlive it.
[[nodiscard]] Lane make_lane(const SubjectView& view, const TimeScale& scale,
                             const LaneLayout& layout, Language language);

}  // namespace solnoma
