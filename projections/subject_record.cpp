#include "projections/subject_record.hpp"

#include <fmt/format.h>

#include <utility>

#include "events/chronicle.hpp"
#include "projections/effective.hpp"
#include "projections/steps.hpp"
#include "projections/subject_events.hpp"

namespace solnoma {
namespace {

Result<std::vector<Row>> rows_of(const Log& log, std::string_view subject) {
  auto number = log.subject(subject);
  if (!number) return std::unexpected(number.error());
  std::vector<Row> rows;
  if (*number) {
    auto read = log.rows(**number);
    if (!read) return read;
    rows = std::move(*read);
  }
  if (rows.empty())
    return fail(Errc::not_found, fmt::format("nothing is recorded of '{}'", subject),
                "look at the names with Log::subjects()");
  return rows;
}

StatusAt status_at(Rows rows, const Vantage& vantage) {
  return solnoma::status(steps(rows, effective(rows, vantage)), vantage.as_of);
}

}  // namespace

Result<StatusAt> status_of(const Log& log, std::string_view subject, const Vantage& vantage) {
  auto rows = rows_of(log, subject);
  if (!rows) return std::unexpected(rows.error());
  return status_at(*rows, vantage);
}

Result<SubjectRecord> SubjectRecord::read(const Log& log, std::string_view subject) {
  auto rows = rows_of(log, subject);
  if (!rows) return std::unexpected(rows.error());
  std::vector<Position> positions;
  for (const Row& row : *rows) positions.push_back(row.position());
  auto events = fetch(log, positions);  // of these rows, though more may be recorded by now
  if (!events) return std::unexpected(events.error());
  SubjectRecord record;
  record.subject_ = subject;
  record.keys_ = plan_keys(*events);
  record.rows_ = std::move(*rows);
  record.events_ = std::move(*events);
  return record;
}

StatusAt SubjectRecord::status(const Vantage& vantage) const {
  return status_at(rows_, vantage);
}

Explanation SubjectRecord::explain(const Vantage& vantage) const {
  return solnoma::explain(rows_, vantage);
}

std::vector<TimelineMark> SubjectRecord::timeline(const Vantage& vantage, Bounds window) const {
  return solnoma::timeline(rows_, effective(rows_, vantage), vantage, window);
}

std::vector<Plan> SubjectRecord::plans(const Vantage& vantage) const {
  return solnoma::plans(rows_, keys_, effective(rows_, vantage), vantage);
}

std::vector<Figure> SubjectRecord::figures(const Vantage& vantage) const {
  return solnoma::figures(SubjectEvents(events_), rows_, effective(rows_, vantage), vantage);
}

SubjectDiff SubjectRecord::diff(const Vantage& from, const Vantage& to) const {
  return solnoma::diff(rows_, keys_, from, to);
}

}  // namespace solnoma
