#include "tools/report/view/board_from_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/in_shares.hpp"
#include "events/subject.hpp"
#include "events/text.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"
#include "tools/report/json/answers.hpp"
#include "tools/report/text/table.hpp"
#include "tools/report/view/parallel_in_order.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

struct Line {
  bool visible = false;
  StatusAt status;
  std::vector<Position> because;
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
  in_shares(done.size(), threads, [&](std::size_t i) {
    const auto first = static_cast<std::uint32_t>(i) * share;
    done[i] = fill(log, vantage, {SubjectNumber{first}, SubjectNumber{first + share - 1}}, lines);
  });
  for (const auto& part : done)
    if (!part) return std::unexpected(part.error());
  return lines;
}

struct Named {
  std::string name;
  Line line;
};

/// The lines of the board, in the order of names.
Try<std::vector<Named>> board(const Log& log, const Vantage& vantage) {
  auto lines = all_lines(log, vantage);
  if (!lines) return refuse(lines);
  std::vector<Named> board;
  auto ok = log.subjects("", [&](std::string_view name, SubjectNumber number) {
    if (number.value < lines->size() && (*lines)[number.value].visible && has_status(name))
      board.push_back({std::string(name), std::move((*lines)[number.value])});
    return true;
  });
  if (!ok) return refuse(ok);
  return board;
}

/// A subject is a slug in every log that this program wrote, and needs no escapes.
std::string quoted(std::string_view name) {
  const auto slash = name.find('/');
  if (slash != std::string_view::npos && is_slug(name.substr(0, slash)) &&
      is_slug(name.substr(slash + 1)))
    return fmt::format("\"{}\"", name);
  return Json(name).print();
}

std::string day(Day value) {
  return is_calendar_day(value) ? fmt::format("\"{}\"", to_string(value)) : "null";
}

std::string json_line(const Named& named) {
  const StatusAt& status = named.line.status;
  std::vector<std::string> possible;
  for (std::size_t i = 0; i < kStatuses; ++i)
    if (status.possible.test(i))
      possible.push_back(fmt::format("\"{}\"", solnoma::name(static_cast<Status>(i))));
  std::vector<std::uint64_t> because;
  for (const Position position : named.line.because) because.push_back(position.value);
  const std::string since = status.rule == Rule::nothing_recorded
                                ? "null"
                                : fmt::format("{{\"earliest\":{},\"latest\":{}}}",
                                              day(status.since.earliest), day(status.since.latest));
  return fmt::format(
      "{{\"subject\":{},\"status\":\"{}\",\"certain\":{},\"possible\":[{}],"
      "\"since\":{},\"becauseAt\":[{}]}}",
      quoted(named.name), solnoma::name(status.status), status.certain(), fmt::join(possible, ","),
      since, fmt::join(because, ","));
}

}  // namespace

Try<std::string> brief_json(const Log& log, const Vantage& vantage) {
  auto lines = board(log, vantage);
  if (!lines) return refuse(lines);
  constexpr std::size_t kShare = 1'000;
  std::vector<std::string> parts((lines->size() + kShare - 1) / kShare);
  in_shares(parts.size(), usual_threads(), [&](std::size_t i) {
    const std::size_t end = std::min((i + 1) * kShare, lines->size());
    for (std::size_t n = i * kShare; n < end; ++n)
      parts[i] += (n == 0 ? "" : ",") + json_line((*lines)[n]);
  });
  std::string text = fmt::format("{{\"vantage\":{},\"subjects\":[", json_vantage(vantage).print());
  for (const std::string& part : parts) text += part;
  return text + "]}\n";
}

Try<std::string> brief_text(const Log& log, const Vantage& vantage, Language language) {
  std::vector<std::vector<std::string>> rows;
  const auto head = [&](std::string_view word) { return std::string(translate(language, word)); };
  rows.push_back({head("Subject"), head("Status"), head("Since")});
  const auto lines = board(log, vantage);
  if (!lines) return refuse(lines);
  for (const auto& [name, line] : *lines) {
    const bool nothing = line.status.rule == Rule::nothing_recorded;
    rows.push_back(
        {visible(name), phrase(line.status, language),
         nothing ? "" : translate(language, "by {}", to_string(line.status.since.latest))});
  }
  return phrase(vantage, language) + "\n\n" + text_table(rows);
}

}  // namespace solnoma
