#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/vantage.hpp"
#include "events/event.hpp"
#include "tools/report/svg/writer.hpp"
#include "tools/report/view/subject_view.hpp"

namespace solnoma {

/// The reports' pictures. Each is a whole `<svg>` element: alone it is a file that every browser
/// and XML parser takes, and it may stand inline in a page, whose colours it takes on
/// (style.hpp). Text is text, in the language asked for; nothing is told by colour alone;
/// what came from outside is escaped. The same input gives the same bytes. Where there is
/// nothing to draw, the picture says so in words.

inline constexpr std::size_t kMostLanes = 200;

struct SvgOptions {
  /// Begins every id within: two pictures in one page need two. A slug; empty: one for the kind
  /// of picture.
  std::string id;
  double width = 1200;
  /// Where there is room up to this height, what is drawn is spread over it; 0: as it comes.
  double height = 0;
  /// At most so many subjects are drawn; beyond that the picture says how many there are.
  std::size_t most = kMostLanes;
};
inline constexpr std::size_t kMostBars = 60;

/// A lane for each subject: its marks in time, imprecise ones as spans that fade towards
/// the earliest day; plans hollow, tied to what became of them.
[[nodiscard]] SvgPicture svg_timeline(const Vantage& vantage, const std::vector<SubjectView>& views,
                                      Language language, const SvgOptions& options = {});

/// A line for each subject that has a status: what it is, and since when.
[[nodiscard]] SvgPicture svg_board(const Vantage& vantage, const std::vector<SubjectView>& views,
                                   Language language, const SvgOptions& options = {});

/// How many parks had which status, up to the day of the question, as known at the vantage.
[[nodiscard]] SvgPicture svg_status_chart(const Vantage& vantage,
                                          const std::vector<SubjectView>& views, Language language,
                                          const SvgOptions& options = {});

/// Residents, investment and other numbers of parks, with their bounds, and what is planned.
[[nodiscard]] SvgPicture svg_figures_chart(const Vantage& vantage,
                                           const std::vector<SubjectView>& views, Language language,
                                           const SvgOptions& options = {});

/// How early or late plans were met, and for how long overdue ones have been waiting.
[[nodiscard]] SvgPicture svg_slippage_chart(const Vantage& vantage,
                                            const std::vector<SubjectView>& views,
                                            Language language, const SvgOptions& options = {});

/// Numbers of relations and programmes, such as trade, by period.
[[nodiscard]] SvgPicture svg_indicators_chart(const Vantage& vantage,
                                              const std::vector<SubjectView>& views,
                                              Language language, const SvgOptions& options = {});

}  // namespace solnoma
