#include "tools/shared/import_summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "events/text/text.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kShown = 5;  // of what is counted

/// "1 row", "2 rows".
std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// "3 names look like slips of known ones: park/bukahra (park/bukhara), …"
std::string slip_line(const std::vector<Slip>& slips) {
  std::string line = slips.size() == 1
                         ? "1 name looks like a slip of a known one: "
                         : fmt::format("{} names look like slips of known ones: ", slips.size());
  for (std::size_t i = 0; i < std::min(slips.size(), kShown); ++i)
    line += fmt::format("{}{} {} ({})", i == 0 ? "" : ", ", slips[i].what, slips[i].typed,
                        slips[i].known);
  return slips.size() > kShown ? line + ", …" : line;
}

void tell_retracted(const std::vector<AlreadyRecorded::Retracted>& retracted,
                    std::vector<std::string>& lines) {
  if (retracted.empty()) return;
  lines.push_back(retracted.size() == 1
                      ? "1 of those recorded already is retracted, and stays so:"
                      : fmt::format("{} of those recorded already are retracted, and stay so:",
                                    retracted.size()));
  for (std::size_t i = 0; i < std::min(retracted.size(), kShown); ++i)
    lines.push_back(fmt::format("  '{}' by '{}', at position {}", retracted[i].id, retracted[i].by,
                                retracted[i].at.value));
  if (retracted.size() > kShown) lines.emplace_back("  …");
  lines.push_back(
      fmt::format("To bring one back, retract what retracts it: solnoma retract {} "
                  "--reason 'why it counts after all'",
                  retracted.front().by));
}

void tell_counts(std::string_view head, const std::map<std::string, std::size_t>& counts,
                 std::vector<std::string>& lines) {
  if (counts.empty()) return;
  lines.emplace_back(head);
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, std::size_t>::second);
  for (const auto& [what, count] : sorted)
    lines.push_back(fmt::format("  {:>7}  {}", count, visible(what)));
}

void tell_notes(const ReadNotes& notes, std::vector<std::string>& lines) {
  tell_counts("put right:", notes.repaired, lines);
  tell_counts("not used (values):", notes.left_out, lines);
  for (const std::string& remark : notes.remarks) lines.push_back(visible(remark));
}

void tell_problems(const ImportSummary& summary, std::vector<std::string>& lines) {
  if (summary.problems.count() == 0) return;
  lines.push_back(fmt::format("{} in {}:", counted(summary.problems.count(), "problem"),
                              counted(summary.refused_rows, "row")));
  for (const Problems::Group& group : summary.problems.groups()) {
    std::string line = fmt::format("  {:>7}  {}", group.count, visible(group.what));
    if (!group.field.empty()) line += fmt::format(", in {}", visible(group.field));
    for (std::size_t i = 0; i < group.examples.size(); ++i) {
      const auto& [place, value] = group.examples[i];
      line += fmt::format("{}{}", i == 0 ? ": " : ", ", place);
      if (!value.empty()) line += fmt::format(" '{}'", visible(value));
    }
    if (group.count > group.examples.size()) line += ", …";
    if (!group.remedy.empty()) line += fmt::format("; {}", visible(group.remedy));
    lines.push_back(std::move(line));
  }
}

void tell_changes(const StatusChanges& changes, std::vector<std::string>& lines) {
  std::size_t all = 0;
  for (const auto& [change, count] : changes.counts) all += count;
  if (all == 0) return lines.push_back("no status would change");
  lines.push_back(
      fmt::format("{} would change:", all == 1 ? "1 status" : fmt::format("{} statuses", all)));
  for (const auto& [change, count] : changes.counts)
    lines.push_back(
        fmt::format("  {:>7}  {} → {}", count, name(change.first), name(change.second)));
  for (const StatusChanges::Change& change : changes.first)
    lines.push_back(
        fmt::format("  {}: {} → {}", change.subject, name(change.from), name(change.to)));
  if (all > changes.first.size()) lines.emplace_back("  …");
}

void tell_doubts(const ImportSummary& summary, std::vector<std::string>& lines) {
  if (!summary.slips.empty()) lines.push_back(slip_line(summary.slips));
  if (!summary.doubtful_dates.empty()) lines.push_back(summary.doubtful_dates);
  tell_retracted(summary.retracted, lines);
}

}  // namespace

std::vector<std::string> lines_of(const ImportSummary& summary) {
  std::vector<std::string> lines{
      fmt::format("{} new, {} recorded already", summary.recorded, summary.already)};
  for (const std::string& id : summary.imports) lines.push_back(fmt::format("recorded as {}", id));
  if (summary.head) lines.push_back(fmt::format("as recorded, head {}", to_string(*summary.head)));
  if (summary.refused_rows > 0)
    lines.push_back(fmt::format("{} set aside", counted(summary.refused_rows, "row")));
  tell_problems(summary, lines);
  tell_notes(summary.notes, lines);
  tell_doubts(summary, lines);
  return lines;
}

std::vector<std::string> lines_of_undo(const ImportSummary& summary, const std::string& id) {
  const bool records = !summary.status_changes;
  std::vector<std::string> lines{fmt::format(
      "{}, {} {}retracted", id, counted(summary.recorded, "event"), records ? "" : "would be ")};
  if (summary.refused_rows > 0)
    lines.push_back(fmt::format("{} superseded since, and {} as they are:", summary.refused_rows,
                                records ? "stay" : "would stay"));
  tell_problems(summary, lines);
  if (records) return lines;
  tell_changes(*summary.status_changes, lines);
  lines.emplace_back("nothing was recorded");
  return lines;
}

std::vector<std::string> lines_of_check(const ImportSummary& summary) {
  std::vector<std::string> lines{fmt::format(
      "{}, {}: {} new, {} recorded already", counted(summary.rows, "row"),
      counted(summary.recorded + summary.already, "event"), summary.recorded, summary.already)};
  tell_counts("events:", summary.types, lines);
  tell_notes(summary.notes, lines);
  tell_problems(summary, lines);
  tell_doubts(summary, lines);
  if (summary.status_changes) tell_changes(*summary.status_changes, lines);
  lines.emplace_back("nothing was recorded");
  return lines;
}

}  // namespace solnoma
