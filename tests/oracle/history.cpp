#include "tests/oracle/history.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "events/codec.hpp"
#include "events/edtf.hpp"

namespace solnoma::test {
namespace {

std::string number(Day day) {
  if (day == kOpenPast) return "past";
  if (day == kOpenFuture) return "future";
  return fmt::format("{}", day.number);
}

Day last_day(const std::string& edtf) {
  return parse_edtf(edtf).value().bounds.latest;
}

std::string text(const Bounds& bounds) {
  return fmt::format("{}..{}", number(bounds.earliest), number(bounds.latest));
}

std::string text(const std::optional<std::int64_t>& days) {
  return days ? fmt::format("{}", *days) : "open";
}

}  // namespace

Revision History::tell(Event event, Revision supersedes) {
  const Dating mark = dating_of(event.type, event.modality, event.occurred, event.known).value();
  rows_.emplace_back(mark, Position{10 * (rows_.size() + 1)}, supersedes);
  const Revision revision{static_cast<std::uint32_t>(rows_.size())};
  if (event.id.empty()) event.id = fmt::format("e{}", revision.value);
  events_.push_back({std::move(event), rows_.back().position(), revision, {}});
  return revision;
}

Revision History::add(std::string_view type, Modality modality, std::string_view occurred,
                      const std::string& known, Revision supersedes) {
  Event told = event("", std::string(type), std::string(occurred), known);
  told.modality = modality;
  return tell(std::move(told), supersedes);
}

Revision History::actual(std::string_view type, std::string_view occurred, const std::string& known,
                         Revision supersedes) {
  return add(type, Modality::actual, occurred, known, supersedes);
}

Revision History::plan(std::string_view type, std::string_view target, const std::string& known,
                       Revision supersedes) {
  return add(type, Modality::planned, target, known, supersedes);
}

Revision History::retract(Revision revision, const std::string& known) {
  return add("retracted", Modality::actual, "", known, revision);
}

Position History::position(Revision revision) const {
  return rows_.at(revision.value - 1).position();
}

StatusAt History::at(const Vantage& vantage) const {
  return solnoma::status(steps(rows_, effective(rows_, vantage)), vantage.as_of);
}

std::vector<Plan> History::plans(const Vantage& vantage) const {
  return solnoma::plans(rows_, keys(), effective(rows_, vantage), vantage);
}

std::vector<TimelineMark> History::timeline(const Vantage& vantage, Bounds window) const {
  return solnoma::timeline(rows_, effective(rows_, vantage), vantage, window);
}

Evidence History::evidence(Revision revision, const Vantage& vantage) const {
  return explain(rows_, vantage).evidence.at(revision.value - 1);
}

Vantage as_of(const std::string& text) {
  return {.as_of = last_day(text)};
}

Vantage as_of(const std::string& text, const std::string& known_by) {
  return {.as_of = last_day(text), .known_by = last_day(known_by)};
}

Vantage as_of(const std::string& text, Position at) {
  return {.as_of = last_day(text), .at = at};
}

StatusSet set_of(const std::vector<Status>& statuses) {
  StatusSet set;
  for (const Status status : statuses) set.set(static_cast<std::size_t>(status));
  return set;
}

std::string text(const StatusSet& statuses) {
  std::string result;
  for (std::size_t i = 0; i < statuses.size(); ++i)
    if (statuses[i]) result += fmt::format(" {}", name(static_cast<Status>(i)));
  return fmt::format("{{{} }}", result);
}

std::string text(Rows rows) {
  std::string result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    result += fmt::format("\n  {}: {}{} {}..{} known {} position {}", i + 1,
                          is_planned(row.kind()) ? "plan: " : "",
                          event_type(type_of_kind(row.kind())).name, number(row.earliest),
                          number(row.latest), number(row.known), row.position().value);
    if (row.supersedes != 0) result += fmt::format(" supersedes {}", row.supersedes);
  }
  return result;
}

std::string text(const std::vector<StoredEvent>& events) {
  std::string result;
  for (const StoredEvent& stored : events) {
    const Event& e = stored.event;
    result += fmt::format("\n  {}: {} {}#{}", stored.revision.value, e.type, e.source, e.id);
    if (!e.part.empty()) result += " part " + e.part;
    if (!e.fulfils.empty()) result += fmt::format(" fulfils {}", fmt::join(e.fulfils, ", "));
  }
  return result;
}

std::string text(const Vantage& vantage) {
  return fmt::format("as of {} known by {} at {}", number(vantage.as_of), number(vantage.known_by),
                     vantage.at.value);
}

std::string text(const std::vector<Plan>& plans) {
  std::string result;
  for (const Plan& p : plans)
    result += fmt::format(
        "\n  {}: type {} target {} known {} {} baseline {} met by {} ({}) slippage {}/{} moved "
        "to {} by {}/{} dropped by {}",
        p.revision.value, p.type, text(p.target), number(p.known), name(p.state), p.baseline.value,
        p.met_by.value, text(p.actual), text(p.slippage.least), text(p.slippage.most),
        p.moved_to.value, text(p.moved_by.least), text(p.moved_by.most), p.dropped_by.value);
  return result;
}

std::string text(const std::vector<Figure>& figures) {
  std::string result;
  for (const Figure& f : figures) {
    const Quantity& q = f.quantity;
    result +=
        fmt::format("\n  {} {} {}{} {}{}{} {} [{}] of '{}' {} word {} on {} from", q.measure,
                    name(q.bound), q.value, f.ends.excluded.value ? " excluded" : "", q.upper,
                    f.ends.excluded.upper ? " excluded" : "", name(f.ends.open), q.unit, q.period,
                    f.part, f.flow ? "flow" : "level", static_cast<int>(q.accrual), text(f.bounds));
    for (const Revision revision : f.from) result += fmt::format(" {}", revision.value);
  }
  return result;
}

std::string text(const std::vector<TimelineMark>& marks) {
  std::string result;
  for (const TimelineMark& m : marks)
    result += fmt::format("\n  {}: type {} {} known {} happened {}", m.revision.value, m.type,
                          text(m.bounds), number(m.known), static_cast<int>(m.happened));
  return result;
}

std::string text(const std::vector<EventChange>& changes) {
  std::string result;
  for (const EventChange& c : changes)
    result += fmt::format("\n  {}: {} was {} by {}{}", c.revision.value, name(c.change),
                          c.was.value, c.by.value, c.ahead ? " ahead" : "");
  return result;
}

}  // namespace solnoma::test
