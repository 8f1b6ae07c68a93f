#include "tools/import/standards/ocds_facts.hpp"

#include <algorithm>
#include <array>

#include "events/validate.hpp"
#include "tools/import/standards/json_milestones.hpp"

namespace solnoma {
namespace {

/// Whether a status is one of these; it is made use of.
template <std::size_t N>
bool is_any(const std::string& status, const std::array<std::string_view, N>& these) {
  return std::ranges::find(these, status) != these.end();
}

constexpr std::array<std::string_view, 2> kTenderToCome = {"planning", "planned"};
constexpr std::array<std::string_view, 3> kTenderFailed = {"cancelled", "unsuccessful",
                                                           "withdrawn"};

std::string first_text(const std::vector<JsonNode>& nodes) {
  for (const JsonNode& node : nodes)
    if (const std::string text = node.text(); !text.empty()) return text;
  return {};
}

}  // namespace

std::vector<Event> OcdsFacts::of(const JsonNode& process, Telling telling) {
  telling_ = std::move(telling);
  language_ = process["language"].text();
  describe(process);
  tell_planning(process["planning"]);
  if (process["tender"])
    tell_tender(process["tender"]);
  else if (process["planning"])
    telling_.add_plan("announced");
  for (const JsonNode& award : process["awards"].items()) tell_award(award);
  for (const JsonNode& contract : process["contracts"].items())
    tell_contract(contract, process["awards"]);
  tell_works(process);
  tell_end(process);
  std::vector<Event> facts;
  for (Exchanged& each : telling_.take()) facts.push_back(std::move(each.event));
  return facts;
}

void OcdsFacts::describe(const JsonNode& process) {
  Event& event = telling_.add("described");
  Description& description = event.description.emplace();
  const JsonNode tender = process["tender"];
  const JsonNode budget = process["planning"]["budget"];
  std::vector<JsonNode> titles = {process["title"], tender["title"]};
  for (const JsonNode& contract : process["contracts"].items()) titles.push_back(contract["title"]);
  for (const JsonNode& award : process["awards"].items()) titles.push_back(award["title"]);
  titles.push_back(budget["project"]);
  const std::string title = first_text(titles);
  add_text(description.names, language_, title.empty() ? telling_.key : title, repairs_);
  add_note(
      event.note, language_,
      first_text({process["description"], tender["description"], process["planning"]["rationale"]}),
      repairs_);
  description.kind = "contracting-process";
  description.identifiers.push_back({"OCID", telling_.key});
  description.partners = read_parties(process["parties"], language_, repairs_);
  for (const JsonNode& item : tender["items"].items()) {
    LocalText sector;
    add_text(sector, language_, item["classification"]["description"].text(), repairs_);
    const bool is_new = std::ranges::find(description.sectors, sector) == description.sectors.end();
    if (!sector.empty() && is_new && description.sectors.size() < kMaxEntries)
      description.sectors.push_back(std::move(sector));
  }
  if (const std::string project = budget["projectID"].id(); !project.empty())
    description.part_of = project_subject(project);
  if (description.part_of == telling_.subject) description.part_of.clear();
  add_documents(event.sources, process["planning"]["documents"], language_, repairs_);
  add_documents(event.sources, tender["documents"], language_, repairs_);
}

void OcdsFacts::tell_value(const JsonNode& value, std::string_view measure,
                           const std::string& title) {
  auto amount = read_value(value, std::string(measure), Accrual::level);
  if (!amount) return;
  Event& event = telling_.add("investment-reported", measure);
  event.quantities = {*amount};
  add_text(event.title, language_, title, repairs_);
}

void OcdsFacts::tell_planning(const JsonNode& planning) {
  const JsonNode budget = planning["budget"];
  tell_value(budget["amount"], "budget", budget["description"].text());
  tell_json_milestones(telling_, planning["milestones"], "planning", {}, language_, repairs_);
}

void OcdsFacts::tell_tender(const JsonNode& tender) {
  tell_value(tender["value"], "tender-value", {});
  tell_json_milestones(telling_, tender["milestones"], "tender", {}, language_, repairs_);
  const std::string status = tender["status"].text();
  const std::string start = read_period(tender["tenderPeriod"]).start;
  if (is_any(status, kTenderToCome)) {
    telling_.add_plan("announced").occurred = start;
    return;
  }
  if (!start.empty() && !telling_.has_come(start))
    telling_.add_plan("announced").occurred = start;
  else
    telling_.add("announced").occurred = start;
}

void OcdsFacts::add_suppliers(Event& event, const JsonNode& award) {
  for (const JsonNode& supplier : award["suppliers"].items())
    if (LocalText name = read_name(supplier, language_, repairs_);
        !name.empty() && event.parties.size() < kMaxEntries)
      event.parties.push_back(std::move(name));
}

void OcdsFacts::tell_award(const JsonNode& award) {
  const std::string status = award["status"].text();
  if (status == "cancelled" || status == "unsuccessful") return;
  const std::string id = award["id"].id();
  const std::string date = read_date(award["date"]);
  Event& event = status == "pending" ? telling_.add_plan("operator-engaged", "awards/" + id)
                                     : telling_.add_on(date, "operator-engaged", "awards/" + id);
  event.occurred = date;
  event.part = slug_of_code(id);
  event.label = status;
  add_text(event.title, language_, award["title"].text(), repairs_);
  add_note(event.note, language_, award["description"].text(), repairs_);
  add_suppliers(event, award);
  if (auto value = read_value(award["value"], "award-value", Accrual::level))
    event.quantities = {*value};
  add_documents(event.sources, award["documents"], language_, repairs_);
}

void OcdsFacts::tell_contract(const JsonNode& contract, const JsonNode& awards) {
  const std::string id = contract["id"].id();
  const std::string part = slug_of_code(id);
  const std::string status = contract["status"].text();
  const std::string date = read_date(contract["dateSigned"]);
  const bool is_void = date.empty() && status != "active" && status != "terminated";
  if (!is_void || status == "pending") {
    const std::string place = "contracts/" + id;
    Event& event = is_void ? telling_.add_plan("agreement-signed", place)
                           : telling_.add_on(date, "agreement-signed", place);
    event.part = part;
    event.label = status;
    add_text(event.title, language_, contract["title"].text(), repairs_);
    add_note(event.note, language_, contract["description"].text(), repairs_);
    if (auto value = read_value(contract["value"], "contract-value", Accrual::level))
      event.quantities = {*value};
    const std::string award_id = contract["awardID"].id();
    for (const JsonNode& award : awards.items())
      if (award["id"].id() == award_id) add_suppliers(event, award);
    add_documents(event.sources, contract["documents"], language_, repairs_);
  }
  const JsonNode implementation = contract["implementation"];
  tell_json_milestones(telling_, contract["milestones"], part, part, language_, repairs_);
  tell_json_milestones(telling_, implementation["milestones"], part + "-implementation", part,
                       language_, repairs_);
  tell_json_transactions(telling_, implementation["transactions"], part, language_, repairs_);
}

void OcdsFacts::tell_works(const JsonNode& process) {
  const JsonNode tender = process["tender"];
  if (tender["mainProcurementCategory"].text() != "works") return;
  JsonPeriod works;
  const auto widen = [&](const JsonNode& node) {
    const JsonPeriod period = read_period(node);
    if (!period.start.empty() && (works.start.empty() || period.start < works.start))
      works.start = period.start;
    works.end = std::max(works.end, period.end);
  };
  for (const JsonNode& contract : process["contracts"].items()) widen(contract["period"]);
  if (works.start.empty() && works.end.empty())
    for (const JsonNode& award : process["awards"].items()) widen(award["contractPeriod"]);
  if (works.start.empty() && works.end.empty()) widen(tender["contractPeriod"]);
  if (!works.start.empty()) telling_.add_plan("construction-started").occurred = works.start;
  if (!works.end.empty()) telling_.add_plan("construction-completed").occurred = works.end;
}

void OcdsFacts::tell_end(const JsonNode& process) {
  const auto contracts = process["contracts"].items();
  const std::string tender = process["tender"]["status"].text();
  const bool all_cancelled =
      !contracts.empty() && std::ranges::all_of(contracts, [](const JsonNode& contract) {
        return contract["status"].text() == "cancelled";
      });
  if (all_cancelled)
    telling_.add("cancelled").label = "cancelled";
  else if (contracts.empty() && is_any(tender, kTenderFailed))
    telling_.add("cancelled").label = tender;
}

}  // namespace solnoma
