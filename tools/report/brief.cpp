#include "tools/report/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <vector>

#include "events/subject.hpp"
#include "events/text.hpp"
#include "projections/status.hpp"
#include "projections/steps.hpp"
#include "tools/report/json_report.hpp"
#include "tools/report/messages.hpp"
#include "tools/report/phrases.hpp"
#include "tools/report/table.hpp"
#include "tools/side_by_side.hpp"

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

/// The lines of all subjects, by number; as many threads as there are processors.
Result<std::vector<Line>> all_lines(const Log& log, const Vantage& vantage) {
  auto count = log.subject_count();
  if (!count) return std::unexpected(count.error());
  std::vector<Line> lines(*count);
  const auto threads = static_cast<std::uint32_t>(usual_threads());
  const std::uint32_t share = *count / threads + 1;
  std::vector<std::future<Result<void>>> parts;
  for (std::uint32_t i = 0; i < threads; ++i) {
    const SubjectRange range{SubjectNumber{i * share}, SubjectNumber{i * share + share - 1}};
    parts.push_back(
        std::async(std::launch::async, [&, range] { return fill(log, vantage, range, lines); }));
  }
  Result<void> result;
  for (auto& part : parts)
    if (auto ok = part.get(); !ok) result = ok;
  if (!result) return std::unexpected(result.error());
  return lines;
}

/// Calls `visit(name, line)` for every subject of the board, in the order of names.
template <class Visit>
Try<void> each_line(const Log& log, const Vantage& vantage, const Visit& visit) {
  auto lines = all_lines(log, vantage);
  if (!lines) return refuse(lines);
  auto ok = log.subjects("", [&](std::string_view name, SubjectNumber number) {
    if (number.value < lines->size() && (*lines)[number.value].visible && has_status(name))
      visit(name, (*lines)[number.value]);
    return true;
  });
  if (!ok) return refuse(ok);
  return {};
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

}  // namespace

Try<std::string> brief_json(const Log& log, const Vantage& vantage) {
  std::string text = fmt::format("{{\"vantage\":{},\"subjects\":[", json_vantage(vantage).print());
  bool first = true;
  auto ok = each_line(log, vantage, [&](std::string_view name, const Line& line) {
    const StatusAt& status = line.status;
    std::vector<std::string> possible;
    for (std::size_t i = 0; i < kStatuses; ++i)
      if (status.possible.test(i))
        possible.push_back(fmt::format("\"{}\"", solnoma::name(static_cast<Status>(i))));
    std::vector<std::uint64_t> because;
    for (const Position position : line.because) because.push_back(position.value);
    const std::string since =
        status.rule == Rule::nothing_recorded
            ? "null"
            : fmt::format("{{\"earliest\":{},\"latest\":{}}}", day(status.since.earliest),
                          day(status.since.latest));
    fmt::format_to(std::back_inserter(text),
                   "{}{{\"subject\":{},\"status\":\"{}\",\"certain\":{},\"possible\":[{}],"
                   "\"since\":{},\"becauseAt\":[{}]}}",
                   first ? "" : ",", quoted(name), solnoma::name(status.status), status.certain(),
                   fmt::join(possible, ","), since, fmt::join(because, ","));
    first = false;
  });
  if (!ok) return refuse(ok);
  return text + "]}\n";
}

Try<std::string> brief_text(const Log& log, const Vantage& vantage, Language language) {
  std::vector<std::vector<std::string>> rows;
  const auto head = [&](std::string_view word) { return std::string(translate(language, word)); };
  rows.push_back({head("Subject"), head("Status"), head("Since")});
  auto ok = each_line(log, vantage, [&](std::string_view name, const Line& line) {
    const bool nothing = line.status.rule == Rule::nothing_recorded;
    rows.push_back(
        {visible(name), phrase(line.status, language),
         nothing ? "" : translate(language, "by {}", to_string(line.status.since.latest))});
  });
  if (!ok) return refuse(ok);
  return phrase(vantage, language) + "\n\n" + text_table(rows);
}

}  // namespace solnoma
