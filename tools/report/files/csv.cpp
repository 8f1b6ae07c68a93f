#include "tools/report/files/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "events/codec.hpp"
#include "events/text/decimal.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

std::string field(std::string_view text) {
  std::string value(text);
  if (is_formula(text)) value.insert(0, "'");
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

/// "-1-1" is one, "-1" is a number. In East Asian ones full-width signs begin a formula as well.
bool is_formula(std::string_view text) {
  constexpr auto kBegin = std::to_array<std::string_view>(
      {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"});
  return std::ranges::any_of(kBegin,
                             [&](std::string_view sign) { return text.starts_with(sign); }) &&
         !is_any_decimal(text);
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + field(cells[i]);
  return line + "\r\n";
}

std::string csv_day(Day day) {
  return is_calendar_day(day) ? to_string(day) : "";
}

std::string csv_flow(const Quantity& quantity) {
  if (quantity.accrual == Accrual::by_measure) return "";
  return quantity.accrual == Accrual::flow ? "yes" : "no";
}

std::string csv_head() {
  std::vector<std::string> names{"position", "recorded", "subject",   "revision", "source",
                                 "id",       "type",     "modality",  "occurred", "earliest",
                                 "latest",   "known",    "supersedes"};
  for (const auto& language : kLanguages) names.push_back(fmt::format("title_{}", language.code));
  for (const char* name : {"measure", "bound", "value", "upper", "unit", "period", "flow", "part",
                           "parties", "citations", "note", "recorded_by"})
    names.emplace_back(name);
  return csv_row(names);
}

std::string csv_event(const StoredEvent& stored) {
  const Event& event = stored.event;
  const auto mark = dating_of(event.type, event.modality, event.occurred, event.known);
  const Bounds bounds = mark ? mark->bounds : Bounds{};
  std::vector<Quantity> quantities = event.quantities;
  if (quantities.empty()) quantities.emplace_back();
  std::string text;
  for (const Quantity& quantity : quantities) {
    const std::string bound(quantity.measure.empty() ? "" : name(quantity.bound));
    std::vector<std::string> cells{fmt::format("{}", stored.position.value),
                                   to_string(stored.recorded),
                                   event.subject,
                                   fmt::format("{}", stored.revision.value),
                                   event.source,
                                   event.id,
                                   event.type,
                                   event.modality == Modality::planned ? "planned" : "actual",
                                   event.occurred,
                                   csv_day(bounds.earliest),
                                   csv_day(bounds.latest),
                                   to_string(event.known),
                                   event.supersedes};
    for (const auto& each : kLanguages) cells.push_back(event.title.only(each.language));
    for (const std::string& cell :
         {quantity.measure, bound, quantity.value, quantity.upper, quantity.unit, quantity.period,
          csv_flow(quantity), event.part, party_list(event, Language::en),
          citation(event, Language::en), event.note.in(Language::en)})
      cells.push_back(cell);
    text += csv_row(cells);
  }
  return text;
}

}  // namespace solnoma
