#include <fmt/format.h>

#include <algorithm>

#include "events/subject.hpp"
#include "tools/report/svg/chart.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/svg/style.hpp"
#include "tools/report/text/lines.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

constexpr double kBoardRow = 26;    // where it may be as it likes
constexpr double kTallestRow = 64;  // of a row
constexpr double kBoardHead = 28;   // of the table
constexpr double kBoardName = 12;   // size of text
constexpr double kBoardLabel = 11;
constexpr double kBoardGap = 14;

}  // namespace

SvgPicture svg_board(const Vantage& vantage, const std::vector<SubjectView>& views,
                     Language language, const SvgOptions& options) {
  const ChartFrame frame(vantage, language, options.id.empty() ? "board" : options.id,
                         options.width, message("Board"),
                         message("What stands where, and since when."));
  std::vector<const SubjectView*> shown;
  for (const SubjectView& view : views)
    if (has_status(view.subject)) shown.push_back(&view);
  if (shown.empty()) return frame.empty();
  const std::size_t all = shown.size();
  shown.resize(std::min(all, options.most));
  const bool more = all > shown.size();

  const auto [left, top] = frame.top_left();
  const double width = frame.inner_width();
  const double status = left + width * 0.5;
  const double since_at = left + width * 0.74;
  const double rest =
      options.height - top - kBoardHead - ChartFrame::kMargin - (more ? kBoardRow : 0);
  const double row = std::clamp(rest / static_cast<double>(shown.size()), kBoardRow, kTallestRow);
  const auto word = [&](std::string_view text) { return translate(language, text); };
  std::string text = svg_text({left, top + 18}, word("Subject"), "quiet") +
                     svg_text({status, top + 18}, word("Status"), "quiet") +
                     svg_text({since_at, top + 18}, word("Since"), "quiet");
  double y = top + kBoardHead;
  for (const SubjectView* const view : shown) {
    const double line = y + row / 2 + 4;
    text += svg_line({left, y}, {left + width, y}, "rule");
    text += svg_text(
        {left, line},
        svg_fitted(view->name(language), kBoardName, status - left - kBoardGap, Weight::bold),
        "name");
    text += svg_rect({status, line - 9}, 10, 10, "edge",
                     svg_status_fill(frame.id(), view->status.status));
    text += svg_text({status + 16, line},
                     svg_fitted(in_words(view->status, language), kBoardLabel,
                                since_at - status - 16 - kBoardGap),
                     "label");
    text += svg_text({since_at, line},
                     svg_fitted(since(*view, view->status, language, Style::full), kBoardLabel,
                                left + width - since_at),
                     "label");
    y += row;
  }
  text += svg_line({left, y}, {left + width, y}, "rule");
  if (more) text += svg_first_shown({left, y + 18}, shown.size(), all, language);
  return frame.around(y - top + (more ? kBoardRow : 0), svg_status_patterns(frame.id()), text);
}

}  // namespace solnoma
