#include "tools/import/standards/oc4ids_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/edtf.hpp"
#include "events/event_type.hpp"
#include "events/json/geojson.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"
#include "tools/import/standards/json_milestones.hpp"

namespace solnoma {
namespace {

/// What a status of the standard says to have been reached
/// (https://standard.open-contracting.org/infrastructure/latest/en/reference/codelists/#projectstatus,
/// and "completed" of its first editions).
struct ProjectStatus {
  std::string_view code;
  std::string_view reached;  ///< the milestone of the stage
  Stage stage;
};
constexpr auto kStatus = std::to_array<ProjectStatus>({
    {"identification", "announced", Stage::announced},
    {"preparation", "announced", Stage::announced},
    {"implementation", "construction-started", Stage::under_construction},
    {"completion", "construction-completed", Stage::completed},
    {"completed", "construction-completed", Stage::completed},
    {"maintenance", "opened", Stage::operating},
    {"decommissioning", "opened", Stage::operating},
    {"decommissioned", "retired", Stage::operating},
    {"cancelled", "cancelled", Stage::announced},
});

std::string first_of(std::string first, std::string second) {
  return first.empty() ? second : first;
}

}  // namespace

std::vector<Exchanged> Oc4idsProject::events(const JsonNode& project) {
  begin(project);
  describe(project);
  tell_milestones(project);
  tell_stages(project);
  tell_money(project);
  tell_figures(project["metrics"], Modality::actual);
  tell_figures(project["forecasts"], Modality::planned);
  for (const JsonNode& process : project["contractingProcesses"].items()) tell_process(process);
  tell_meetings(project["lobbyingMeetings"], "lobbying");
  tell_meetings(project["social"]["consultationMeetings"], "consultation");
  return telling_.take();
}

void Oc4idsProject::begin(const JsonNode& project) {
  telling_.key = project["id"].id();
  if (telling_.key.empty())
    project["id"].wrong("the project has no id", {}, "give it the one by which it is registered");
  telling_.subject = subjects_.of(telling_.key);
  telling_.source = package_.source;
  telling_.sources = {package_.citation};
  language_ = project["language"].text();
  if (const auto updated = known_from_text(read_date(project["updated"])))
    telling_.known = *updated;
  else if (package_.known)
    telling_.known = *package_.known;
  else
    project["updated"].wrong(
        "nothing says when it became known", {},
        "give the project its date of update, or the package its publishedDate");
  if (package_.source.empty())
    project.wrong("nothing says whose data it is", {},
                  "give the package its uri, or name a source for all of it");
}

void Oc4idsProject::describe(const JsonNode& project) {
  Event& event = telling_.add("described");
  Description& description = event.description.emplace();
  add_text(description.names, language_, project["title"].text(), repairs_);
  if (description.names.empty())
    project["title"].wrong("the project has no title", {}, "give it one");
  add_note(event.note, language_, project["description"].text(), repairs_);
  description.kind = "infrastructure-project";
  description.identifiers.push_back({"OC4IDS", telling_.key});
  for (const JsonNode& each : project["identifiers"].items()) {
    const std::string id = each["id"].id();
    const std::string scheme = each["scheme"].text();
    if (!id.empty() && description.identifiers.size() < kMaxEntries)
      description.identifiers.push_back({scheme.empty() ? "local" : scheme, id});
  }
  const auto add_sector = [&](const std::string& name) {
    LocalText sector;
    add_text(sector, kUndetermined, name, repairs_);
    if (!sector.empty() && description.sectors.size() < kMaxEntries)
      description.sectors.push_back(std::move(sector));
  };
  for (const JsonNode& sector : project["sector"].items()) add_sector(sector.text());
  for (const JsonNode& each : project["additionalClassifications"].items())
    if (each["description"]) add_sector(each["description"].text());
  description.partners = read_parties(project["parties"], language_, repairs_);
  const JsonNode authority = project["publicAuthority"];
  Partner partner{
      read_name(authority, language_, repairs_), "public-authority", {}, authority["id"].id()};
  const bool is_told = std::ranges::any_of(description.partners, [&](const Partner& each) {
    return each.role == partner.role && each.id == partner.id;
  });
  if (!partner.name.empty() && !is_told && description.partners.size() < kMaxEntries)
    description.partners.push_back(std::move(partner));
  locate(description, project["locations"]);
  for (const JsonNode& related : project["relatedProjects"].items()) {
    constexpr std::array<std::string_view, 4> kWholes = {"partOf", "parent", "programme",
                                                         "program"};
    const JsonNode relationship = related["relationship"];
    if (!relationship || !relationship.value()->IsString() ||
        std::ranges::find(kWholes, std::string_view(relationship.value()->GetString())) ==
            kWholes.end())
      continue;
    (void)relationship.text();
    const std::string whole = project_subject(related["identifier"].id());
    if (whole != telling_.subject) description.part_of = whole;
  }
  add_documents(event.sources, project["documents"], language_, repairs_);
}

void Oc4idsProject::locate(Description& description, const JsonNode& locations) {
  std::vector<std::string> geometries;
  for (const JsonNode& location : locations.items()) {
    const JsonNode address = location["address"];
    if (description.region.empty()) {
      std::string region = first_of(address["region"].text(), address["locality"].text());
      const std::string country = address["countryName"].text();
      if (!country.empty()) region += (region.empty() ? "" : ", ") + country;
      add_text(description.region, language_, region, repairs_);
    }
    const JsonNode geometry = location["geometry"];
    const std::string json = geometry.object();
    if (json.empty()) continue;
    if (const auto ok = check_geometry(json); !ok) {
      geometry.wrong(ok.error().what, json, ok.error().remedy);
      continue;
    }
    geometries.push_back(json);
    if (geometries.size() > 1) continue;
    const JsonNode coordinates = geometry["coordinates"];
    if (geometry["type"].text() == "Point") {
      const auto numbers = coordinates.items();
      description.longitude = numbers[0].decimal();
      description.latitude = numbers[1].decimal();
    }
  }
  if (geometries.size() > 1) description.latitude = description.longitude = "";
  if (geometries.size() == 1 && description.latitude.empty()) description.geometry = geometries[0];
  if (geometries.size() > 1)
    description.geometry = fmt::format(R"({{"type":"GeometryCollection","geometries":[{}]}})",
                                       fmt::join(geometries, ","));
}

void Oc4idsProject::tell_milestones(const JsonNode& project) {
  tell_json_milestones(telling_, project["milestones"], {}, {}, language_, repairs_);
}

Stage Oc4idsProject::stage_told() const {
  Stage stage = Stage::unrecorded;
  for (const Event& event : telling_.events()) {
    const EventType type = event_type(type_code(event.type));
    if (event.modality == Modality::actual && type.effect == Effect::raise)
      stage = std::max(stage, type.stage);
  }
  return stage;
}

void Oc4idsProject::plan(std::string_view type, const std::string& date, const std::string& part) {
  if (date.empty()) return;
  Event& event = telling_.add_plan(type, part);
  event.occurred = date;
  event.part = part;
}

void Oc4idsProject::tell_stages(const JsonNode& project) {
  const JsonPeriod whole = read_period(project["period"]);
  const JsonPeriod identification = read_period(project["identificationPeriod"]);
  const JsonPeriod implementation = read_period(project["implementationPeriod"]);
  const JsonPeriod maintenance = read_period(project["maintenancePeriod"]);
  const JsonPeriod decommissioning = read_period(project["decommissioningPeriod"]);
  const JsonPeriod lifetime = read_period(project["assetLifetime"]);
  plan("announced", identification.start);
  plan("construction-started", first_of(implementation.start, whole.start));
  plan("construction-completed", first_of(implementation.end, whole.end));
  plan("opened", first_of(maintenance.start, lifetime.start));
  plan("retired", first_of(decommissioning.end, lifetime.end));
  const JsonNode completion = project["completion"];
  if (const std::string end = read_date(completion["endDate"]);
      !end.empty() && stage_told() < Stage::completed) {
    telling_.add_on(end, "construction-completed", "completion");
  }
  tell_status(project["status"]);
}

void Oc4idsProject::tell_status(const JsonNode& node) {
  const std::string code = node.text();
  if (code.empty()) return;
  const auto status = std::ranges::find(kStatus, code, &ProjectStatus::code);
  if (status == kStatus.end()) {
    node.wrong("the status is none of the standard's", code,
               "write identification, preparation, implementation, completion, maintenance, "
               "decommissioning, decommissioned or cancelled");
    return;
  }
  const bool ends = status->reached == "retired" || status->reached == "cancelled";
  const bool is_told = std::ranges::any_of(telling_.events(), [&](const Event& event) {
    return event.modality == Modality::actual && event.type == status->reached;
  });
  if (is_told || (!ends && stage_told() >= status->stage)) return;
  telling_.add(status->reached).label = code;
}

void Oc4idsProject::tell_money(const JsonNode& project) {
  const JsonNode budget = project["budget"];
  if (auto amount = read_value(budget["amount"], "budget", Accrual::level)) {
    const std::string approved = read_date(budget["approvalDate"]);
    Event& event = telling_.add_on(approved, "investment-reported", "budget");
    event.quantities = {*amount};
    add_text(event.title, language_, budget["description"].text(), repairs_);
  }
  for (const JsonNode& finance : budget["finance"].items()) {
    auto amount = read_value(finance["value"], "financing", Accrual::level);
    if (!amount) continue;
    const std::string id = finance["id"].id();
    Event& event = telling_.add("investment-reported", fmt::format("finance/{}", id));
    event.part = slug_of_code("finance-" + id);
    event.quantities = {*amount};
    add_text(event.title, language_, finance["title"].text(), repairs_);
    add_note(event.note, language_, finance["description"].text(), repairs_);
    LocalText party = read_name(finance["financingParty"], language_, repairs_);
    if (!party.empty()) event.parties.push_back(std::move(party));
  }
  const JsonNode completion = project["completion"];
  if (auto amount = read_value(completion["finalValue"], "final-cost", Accrual::level)) {
    Event& event = telling_.add("investment-reported", "final");
    event.quantities = {*amount};
    add_note(event.note, language_, completion["finalValueDetails"].text(), repairs_);
  }
  tell_json_transactions(telling_, project["transactions"], {}, language_, repairs_);
}

void Oc4idsProject::tell_figures(const JsonNode& metrics, Modality modality) {
  for (const JsonNode& metric : metrics.items()) {
    const std::string id = metric["id"].id();
    for (const JsonNode& observation : metric["observations"].items()) {
      const std::string place = fmt::format("{}/{}", id, observation["id"].id());
      std::optional<Quantity> quantity =
          read_value(observation["value"], slug_of_code(id), Accrual::level);
      const JsonNode measure = observation["measure"];
      if (!quantity && measure) {
        const std::string value = measure.value()->IsString() ? measure.text() : measure.decimal();
        const std::string unit = observation["unit"]["name"].text();
        if (is_decimal(value) && !unit.empty())
          quantity = Quantity{slug_of_code(id), value, unit};
        else
          measure.wrong(unit.empty() ? "the measure has no unit" : "the measure is no number",
                        value, "give a decimal number, and the name of its unit");
      }
      if (!quantity || quantity->measure.empty()) continue;
      quantity->accrual = Accrual::level;
      const JsonPeriod period = read_period(observation["period"]);
      quantity->period = interval_of(period);
      const bool is_planned = modality == Modality::planned ||
                              !(period.start.empty() || telling_.has_come(period.start));
      Event& event = is_planned ? telling_.add_plan("indicator-reported", place)
                                : telling_.add("indicator-reported", place);
      event.occurred = is_planned || telling_.has_come(period.end) ? period.end : std::string();
      event.quantities = {*quantity};
      add_text(event.title, language_, metric["title"].text(), repairs_);
    }
  }
}

void Oc4idsProject::tell_process(const JsonNode& process) {
  const std::string id = process["id"].id();
  if (id.empty()) {
    process["id"].wrong("the contracting process has no id", {}, "give it its OCID");
    return;
  }
  const std::string part = slug_of_code(id);
  const JsonNode summary = process["summary"];
  const auto name = [&](Event& event) {
    event.part = part;
    add_text(event.title, language_, summary["title"].text(), repairs_);
  };
  if (const std::string date = read_date(summary["tender"]["datePublished"]); !date.empty()) {
    Event& event = telling_.add_on(date, "announced", id);
    name(event);
    if (auto cost = read_value(summary["tender"]["costEstimate"], "cost-estimate", Accrual::level))
      event.quantities = {*cost};
  }
  const std::string status = summary["status"].text();
  std::string released;
  for (const JsonNode& release : process["releases"].items())
    for (const JsonNode& tag : release["tag"].items())
      if (tag.value()->IsString() && std::string_view(tag.value()->GetString()) == "contract") {
        (void)tag.text();
        released = first_of(released, read_date(release["date"]));
      }
  const bool is_signed = status == "active" || status == "closed";
  if (is_signed || (!released.empty() && telling_.has_come(released))) {
    Event& event = telling_.add("agreement-signed", id);
    name(event);
    event.label = status;
    if (!released.empty() && telling_.has_come(released))
      event.occurred = fmt::format("[..{}]", released);
    for (const JsonNode& supplier : summary["suppliers"].items())
      if (LocalText party = read_name(supplier, language_, repairs_);
          !party.empty() && event.parties.size() < kMaxEntries)
        event.parties.push_back(std::move(party));
    if (auto value = read_value(summary["contractValue"], "contract-value", Accrual::level))
      event.quantities.push_back(*value);
    if (auto value = read_value(summary["finalValue"], "final-cost", Accrual::level))
      event.quantities.push_back(*value);
    add_note(event.note, language_, summary["description"].text(), repairs_);
    add_documents(event.sources, summary["documents"], language_, repairs_);
  }
  const JsonPeriod period = read_period(summary["contractPeriod"]);
  if (std::ranges::any_of(summary["nature"].items(),
                          [](const JsonNode& nature) { return nature.text() == "construction"; })) {
    plan("construction-started", period.start, part);
    plan("construction-completed", period.end, part);
  }
  tell_json_milestones(telling_, summary["milestones"], part, part, language_, repairs_);
  tell_json_transactions(telling_, summary["transactions"], part, language_, repairs_);
}

void Oc4idsProject::tell_meetings(const JsonNode& meetings, std::string_view kind) {
  for (const JsonNode& meeting : meetings.items()) {
    const std::string date = read_date(meeting["date"]);
    if (date.empty()) continue;
    const std::string place = fmt::format("{}/{}", kind, meeting["id"].id());
    Event& event = telling_.add_on(date, "meeting-held", place);
    if (const std::string count = meeting["numberOfParticipants"].decimal(); !count.empty())
      event.quantities = {{"participants", count, "people"}};
    LocalText party = read_name(meeting["publicOffice"]["organization"], language_, repairs_);
    if (!party.empty()) event.parties.push_back(std::move(party));
  }
}

}  // namespace solnoma
