#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "events/event.hpp"
#include "projections/plans.hpp"
#include "projections/timeline.hpp"
#include "tools/report/svg/time_scale.hpp"
#include "tools/report/svg/writer.hpp"

namespace solnoma {

/// How marks look: by shape whether they bring the park further or only tell of it, whether
/// they happened, may have happened or are planned; by colour the status that they bring.
class MarkStyle {
 public:
  /// `id` begins the ids of the gradients.
  explicit MarkStyle(std::string id) : id_(std::move(id)) {}

  /// The mark itself; `plan` where it is one.
  [[nodiscard]] static std::string mark(const TimelineMark& mark, const Plan* plan, Point at,
                                        const std::string& tooltip);

  /// From the first possible day to the last, fading towards the first; an end that is open
  /// fades out at the edge of the scale. Nothing for a single day.
  [[nodiscard]] std::string span(const TimelineMark& mark, Point at, const TimeScale& time);

  /// The gradients that the spans so far need.
  [[nodiscard]] std::string definitions() const;

 private:
  enum class Fade : std::uint8_t { within, open_start, open_end };
  [[nodiscard]] std::string fade(std::string_view colour, Fade kind);

  std::string id_;
  std::map<std::string, std::string> gradients_;  // by id
};

/// What the marks mean, in rows from the upper left corner on; `strip` is a fill for the strip
/// that tells the status.
struct Legend {
  std::string text;
  double height = 0;
};
[[nodiscard]] Legend svg_marks_legend(Point at, double width, Language language, MarkStyle& marks,
                                      std::string_view strip);

/// What became of a plan: kept, carried out late, or moved.
enum class Tie { kept, late, moved };
/// A plan and what became of it: an arch of that height, with these words at its top.
[[nodiscard]] std::string svg_tie(Point plan, Point actual, double arch, const std::string& words,
                                  Tie tie);

}  // namespace solnoma
