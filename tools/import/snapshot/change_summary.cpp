#include "tools/import/snapshot/change_summary.hpp"

#include <fmt/format.h>

#include "events/text/text.hpp"

namespace solnoma {
namespace {

/// A cell of a Markdown table.
std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : visible(text)) {
    if (c == '|' || c == '\\' || c == '<' || c == '`' || c == '*' || c == '_' || c == '[')
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string value_of(const Event& event) {
  if (!event.quantities.empty()) {
    const Quantity& figure = event.quantities.front();
    return figure.value + (figure.upper.empty() ? "" : ".." + figure.upper) + " " + figure.unit;
  }
  return event.occurred;
}

std::string what_of(const Event& event) {
  std::string what = event.quantities.empty() ? event.type : event.quantities.front().measure;
  if (!event.part.empty()) what += " (" + event.part + ")";
  return what;
}

}  // namespace

void ChangeSummary::add(const ReleaseChanges& changes, const std::string& subject,
                        const std::string& name) {
  if (changes.status_before != changes.status_now)
    statuses_.push_back({subject, name, "status", std::string(solnoma::name(changes.status_before)),
                         std::string(solnoma::name(changes.status_now))});
  for (const ReleaseChanges::Change& change : changes.changes) {
    const bool word = change.kind == Kind::label;
    changes_[change.kind].push_back({subject, name, what_of(change.event), change.before,
                                     word ? change.event.label : value_of(change.event)});
  }
}

void ChangeSummary::add_vanished(const std::string& subject, const std::string& name) {
  vanished_.push_back({subject, name, {}, {}, {}});
}

std::string ChangeSummary::markdown(const std::string& title) const {
  std::string text = fmt::format("# {}\n\n", cell(title));
  const auto count = [&](std::string_view what, std::size_t number) {
    if (number > 0) text += fmt::format("- {}: {}\n", what, number);
  };
  count("changed statuses", statuses_.size());
  for (const auto& [kind, lines] : changes_) count(name(kind), lines.size());
  count("no longer listed", vanished_.size());
  if (statuses_.empty() && changes_.empty() && vanished_.empty()) text += "Nothing changed.\n";
  const auto table = [&](std::string_view head, const std::vector<Line>& lines) {
    if (lines.empty()) return;
    text += fmt::format(
        "\n## {}\n\n| subject | name | what | before | now |\n|---|---|---|---|---|\n", head);
    for (const Line& line : lines)
      text += fmt::format("| {} | {} | {} | {} | {} |\n", cell(line.subject), cell(line.name),
                          cell(line.what), cell(line.before), cell(line.now));
  };
  table("changed statuses", statuses_);
  for (const auto& [kind, lines] : changes_) table(name(kind), lines);
  table("no longer listed", vanished_);
  return text;
}

}  // namespace solnoma
