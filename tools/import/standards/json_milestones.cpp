#include "tools/import/standards/json_milestones.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "events/event_type.hpp"

namespace solnoma {
namespace {

constexpr auto kTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"engagement", "meeting-held"},
    {"delivery", "building-completed"},
    {"financing", "investment-reported"},
    {"payment", "investment-reported"},
});

/// A text that is only looked at, not yet made use of.
std::string_view peek(const JsonNode& node) {
  return node && node.value()->IsString() ? node.value()->GetString() : std::string_view();
}

/// Types that an event of a standard can tell by itself.
bool stands_alone(TypeCode type) {
  return type != kUnknownType && type != kDescribed && type != kRetracted && type != kDelisted &&
         type != kImported;
}

std::string_view type_of(const JsonNode& milestone) {
  const JsonNode code = milestone["code"];
  if (const TypeCode type = type_code(peek(code)); stands_alone(type)) {
    code.use();
    return event_type(type).name;
  }
  const JsonNode kind = milestone["type"];
  const auto known =
      std::ranges::find(kTypes, peek(kind), &std::pair<std::string_view, std::string_view>::first);
  if (known == kTypes.end()) return {};
  if (known->second == "investment-reported" && !milestone["value"]) return {};
  kind.use();
  return known->second;
}

}  // namespace

void tell_json_milestones(Telling& telling, const JsonNode& milestones, const std::string& section,
                          const std::string& part, std::string_view language, Repairs& repairs) {
  for (const JsonNode& milestone : milestones.items()) {
    const std::string_view type = type_of(milestone);
    if (type.empty()) continue;
    const std::string id = milestone["id"].id();
    const std::string place = section.empty() ? fmt::format("milestones/{}", id)
                                              : fmt::format("{}/milestones/{}", section, id);
    const std::string due = read_date(milestone["dueDate"]);
    const std::string met = read_date(milestone["dateMet"]);
    const bool is_met = milestone["status"].text() == "met" || !met.empty();
    const auto value = read_value(milestone["value"], "milestone-value", Accrual::level);
    // A milestone that has a place of its own among many is a part of the whole; the stages of ours
    // that come once are not.
    const bool is_own = type_code(type) == type_code(peek(milestone["code"]));
    const auto fill = [&](Event& event, const std::string& date) {
      event.occurred = date;
      event.part = is_own ? part : slug_of_code(section.empty() ? id : section + "-" + id);
      add_text(event.title, language, milestone["title"].text(), repairs);
      add_note(event.note, language, milestone["description"].text(), repairs);
      if (value) event.quantities = {*value};
    };
    const bool came = is_met && (met.empty() || telling.has_come(met));
    if (!due.empty() || !came) fill(telling.add_plan(type, place), due.empty() ? met : due);
    if (came) fill(telling.add(type, place), met);
  }
}

void tell_json_transactions(Telling& telling, const JsonNode& transactions, const std::string& part,
                            std::string_view language, Repairs& repairs) {
  for (const JsonNode& transaction : transactions.items()) {
    const JsonNode amount = transaction["value"] ? transaction["value"] : transaction["amount"];
    const auto value = read_value(amount, "payments", Accrual::flow);
    if (!value) continue;
    const std::string date = read_date(transaction["date"]);
    const std::string id = transaction["id"].id();
    const std::string place = part.empty() ? fmt::format("transactions/{}", id)
                                           : fmt::format("{}/transactions/{}", part, id);
    Event& event = telling.add_on(date, "investment-reported", place);
    event.part = part;
    event.quantities = {*value};
    for (const char* role : {"payer", "payee"})
      if (LocalText party = read_name(transaction[role], language, repairs); !party.empty())
        event.parties.push_back(std::move(party));
  }
}

}  // namespace solnoma
