#include "tools/report/view/board_from_index.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "events/chronicle.hpp"
#include "events/subject.hpp"
#include "projections/steps.hpp"
#include "tools/report/view/event_of_since.hpp"
#include "tools/report/view/parallel_in_order.hpp"

namespace solnoma {
namespace {

struct Line {
  bool visible = false;
  StatusAt status;
  std::vector<Position> because;
  std::optional<Position> since;
};

/// The lines of these subjects, by number from `range.first` on.
Result<void> fill(const Log& log, const Vantage& vantage, SubjectRange range,
                  std::vector<Line>& lines) {
  return log.all_rows(
      [&](SubjectNumber subject, Rows rows) {
        if (subject.value >= lines.size()) return false;  // recorded since we began
        Line& line = lines[subject.value];
        line.visible = std::ranges::any_of(
            rows, [&](const Row& row) { return is_visible(row.known, row.position(), vantage); });
        if (!line.visible) return true;
        line.status = status(steps(rows, effective(rows, vantage)), vantage.as_of);
        for (const Revision revision : line.status.because)
          line.because.push_back(rows[revision.value - 1].position());
        if (const auto since = event_of_since(rows, line.status))
          line.since = rows[since->value - 1].position();
        return true;
      },
      range);
}

/// Subjects differ in length: small shares keep all threads at work to the end.
constexpr std::uint32_t kSharesPerThread = 16;

/// The lines of all subjects, by number; as many threads as there are processors.
Result<std::vector<Line>> all_lines(const Log& log, const Vantage& vantage) {
  auto count = log.subject_count();
  if (!count) return std::unexpected(count.error());
  std::vector<Line> lines(*count);
  const auto threads = static_cast<std::uint32_t>(usual_threads());
  const std::uint32_t share = *count / (threads * kSharesPerThread) + 1;
  std::vector<Result<void>> done(*count / share + 1);
  parallel_for(done.size(), threads, [&](std::size_t i) {
    const auto first = static_cast<std::uint32_t>(i) * share;
    done[i] = fill(log, vantage, {SubjectNumber{first}, SubjectNumber{first + share - 1}}, lines);
  });
  for (const auto& part : done)
    if (!part) return std::unexpected(part.error());
  return lines;
}

}  // namespace

Result<std::vector<BoardLine>> board_from_index(const Log& log, const Vantage& vantage) {
  auto lines = all_lines(log, vantage);
  if (!lines) return std::unexpected(lines.error());
  std::vector<BoardLine> board;
  auto ok = log.subjects("", [&](std::string_view name, SubjectNumber number) {
    if (number.value >= lines->size() || !has_status(name)) return true;
    Line& line = (*lines)[number.value];
    if (line.visible)
      board.push_back(
          {std::string(name), std::move(line.status), std::move(line.because), line.since});
    return true;
  });
  if (!ok) return std::unexpected(ok.error());
  return board;
}

Result<std::vector<std::optional<Event>>> events_of_since(const Log& log,
                                                          const std::vector<BoardLine>& board) {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < board.size(); ++i)
    if (board[i].since) lines.push_back(i);
  std::ranges::sort(lines, {}, [&](std::size_t i) { return *board[i].since; });
  std::vector<Position> positions;
  for (const std::size_t i : lines) positions.push_back(*board[i].since);
  auto events = fetch(log, positions);
  if (!events) return std::unexpected(events.error());
  std::vector<std::optional<Event>> result(board.size());
  for (std::size_t i = 0; i < lines.size(); ++i) result[lines[i]] = std::move((*events)[i].event);
  return result;
}

}  // namespace solnoma
