#include "tools/import/standards/iati_activity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/proof/sha256.hpp"
#include "events/text/text.hpp"
#include "events/text/web_address.hpp"
#include "events/validate.hpp"
#include "tools/import/slug.hpp"

namespace solnoma {
namespace {

/// A code of version 2, the code or word of 1.0x, and what we call it.
struct Code {
  std::string_view code, word, name;
};

/// https://iatistandard.org/en/iati-standard/203/codelists/transactiontype/
constexpr auto kTransactions = std::to_array<Code>({
    {"1", "IF", "incoming-funds"},
    {"2", "C", "commitments"},
    {"3", "D", "disbursements"},
    {"4", "E", "expenditure"},
    {"5", "IR", "interest-payments"},
    {"6", "LR", "loan-repayments"},
    {"7", "R", "reimbursements"},
    {"8", "QP", "equity-purchases"},
    {"9", "QS", "equity-sales"},
    {"10", "CG", "credit-guarantees"},
    {"11", "IC", "incoming-commitments"},
    {"12", "OP", "pledges"},
    {"13", "IP", "incoming-pledges"},
});
constexpr auto kRoles = std::to_array<Code>({
    {"1", "Funding", "funding"},
    {"2", "Accountable", "accountable"},
    {"3", "Extending", "extending"},
    {"4", "Implementing", "implementing"},
});
/// Units of the measures of indicators; qualitative ones (5) are no numbers.
constexpr auto kMeasures = std::to_array<Code>({
    {"1", "", "units"},
    {"2", "", "percent"},
    {"3", "", "points"},
    {"4", "", "points"},
});

template <std::size_t N>
std::string_view name_of(const std::array<Code, N>& codes, const std::string& code) {
  for (const Code& each : codes)
    if (!code.empty() && (code == each.code || code == each.word)) return each.name;
  return {};
}

/// A number as texts have it: without thousands separators and signs of currency nobody reads.
std::string decimal_of(const std::string& text) {
  std::string digits;
  for (const char c : text)
    if (c != ',' && c != ' ') digits += c;
  if (digits.starts_with('+')) digits.erase(0, 1);
  if (digits.starts_with('.')) digits.insert(0, 1, '0');
  if (digits.ends_with('.')) digits.pop_back();
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.erase(0, 1);
  return digits;
}

std::string interval_of(const std::string& start, const std::string& end) {
  if (start.empty() || end.empty() || start == end) return start.empty() ? end : start;
  return start + "/" + end;
}

}  // namespace

std::vector<Exchanged> IatiActivity::events(const XmlElement& activity) {
  language_ = activity.attribute("xml:lang");
  currency_ = activity.attribute("default-currency");
  describe(activity);
  tell_stages(activity);
  tell_budgets(activity);
  tell_disbursements(activity);
  tell_transactions(activity);
  tell_results(activity);
  return telling_.take();
}

void IatiActivity::add_narratives(LocalText& to, const XmlElement& element, bool note) {
  const auto add = [&](const XmlElement& text, const std::string& outer) {
    const std::string& own = text.attribute("xml:lang");
    const std::string& language = own.empty() ? outer : own;
    note ? add_note(to, language, text.text(), repairs_)
         : add_text(to, language, text.text(), repairs_);
  };
  const auto narratives = element.all("narrative");
  for (const XmlElement* each : narratives) add(*each, language_);
  if (narratives.empty()) add(element, language_);
}

std::string IatiActivity::read_date(const XmlElement& element, const std::string& path) {
  const std::string& iso = element.attribute("iso-date");
  if (iso.empty()) {
    const auto date = date_of_standard(element.own_text);
    if (date) (void)element.text();
    return date.value_or("");
  }
  if (auto date = date_of_standard(iso)) return *date;
  problems_.push_back(
      {"iati-activity/" + path, "the date is not understood", iso, "write it as in 2024-05-31"});
  return {};
}

std::optional<Quantity> IatiActivity::read_value(const XmlElement& value, std::string measure,
                                                 const std::string& path) {
  const auto wrong = [&](std::string what, std::string text, std::string remedy) {
    problems_.push_back(
        {"iati-activity/" + path + "/value", std::move(what), std::move(text), std::move(remedy)});
    return std::nullopt;
  };
  const std::string amount = decimal_of(value.text());
  const std::string& own = value.attribute("currency");
  const std::string& currency = own.empty() ? currency_ : own;
  if (!is_decimal(amount))
    return wrong("the value is no number", value.own_text, "write it as in 12500.50");
  if (currency.empty())
    return wrong("the value has no currency", amount,
                 "give it one, or the activity a default-currency");
  return Quantity{std::move(measure), amount, currency};
}

std::string IatiActivity::place_of(std::string_view kind, const std::vector<std::string>& content) {
  constexpr std::size_t kDigits = 12;
  const std::string text = fmt::format("{}", fmt::join(content, "\n"));
  return fmt::format("{}/{}", kind, to_hex(sha256({text})).substr(0, kDigits));
}

void IatiActivity::describe(const XmlElement& activity) {
  Event& event = telling_.add("described");
  Description& description = event.description.emplace();
  for (const XmlElement* title : activity.all("title")) add_narratives(description.names, *title);
  for (const XmlElement* each : activity.all("description"))
    add_narratives(event.note, *each, /*note=*/true);
  description.kind = "development-activity";
  description.identifiers.push_back({"IATI", telling_.key});
  for (const XmlElement* other : activity.all("other-identifier")) {
    const std::string& ref = other->attribute("ref");
    const std::string& id = ref.empty() ? other->text() : ref;
    std::string scheme = other->child("owner-org").attribute("ref");
    if (scheme.empty()) scheme = other->attribute("owner-ref");
    if (!id.empty() && description.identifiers.size() < kMaxEntries)
      description.identifiers.push_back({scheme.empty() ? "other" : scheme, id});
  }
  add_partners(description, activity);
  locate(description, activity);
  for (const XmlElement* each : activity.all("sector")) {
    LocalText sector;
    add_narratives(sector, *each);
    const std::string& code = each->attribute("code");
    if (sector.empty() && !code.empty()) {
      const std::string& vocabulary = each->attribute("vocabulary");
      const bool dac = vocabulary.empty() || vocabulary == "1" || vocabulary == "2";
      add_text(sector, kUndetermined, dac ? "DAC " + code : fmt::format("{} {}", vocabulary, code),
               repairs_);
    }
    if (!sector.empty() && description.sectors.size() < kMaxEntries)
      description.sectors.push_back(std::move(sector));
  }
  for (const XmlElement* related : activity.all("related-activity")) {
    if (plain_attribute(*related, "type") != "1") continue;
    (void)related->attribute("type");
    const std::string whole = project_subject(related->attribute("ref"));
    if (whole != telling_.subject) description.part_of = whole;
  }
  add_documents(event, activity);
}

void IatiActivity::add_partners(Description& description, const XmlElement& activity) {
  for (const XmlElement* each : activity.all("participating-org")) {
    if (description.partners.size() == kMaxEntries) return;
    Partner partner;
    add_narratives(partner.name, *each);
    partner.id = each->attribute("ref");
    if (partner.name.empty()) add_text(partner.name, kUndetermined, partner.id, repairs_);
    partner.role = name_of(kRoles, each->attribute("role"));
    if (!partner.name.empty()) description.partners.push_back(std::move(partner));
  }
}

void IatiActivity::locate(Description& description, const XmlElement& activity) {
  const auto countries = activity.all("recipient-country");
  std::vector<std::string> regions;
  for (const XmlElement* country : countries) {
    const std::string& code = country->attribute("code");
    const bool is_code =
        code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (countries.size() == 1 && is_code) {
      description.country = code;
    } else {
      LocalText name;
      add_narratives(name, *country);
      regions.push_back(name.empty() ? code : name.in(Language::en));
    }
  }
  for (const XmlElement* region : activity.all("recipient-region")) {
    LocalText name;
    add_narratives(name, *region);
    if (!name.empty()) regions.push_back(name.in(Language::en));
  }
  std::vector<std::pair<std::string, std::string>> points;
  for (const XmlElement* location : activity.all("location")) {
    const XmlElement& coordinates = location->child("coordinates");
    std::string latitude = coordinates.attribute("latitude");
    std::string longitude = coordinates.attribute("longitude");
    if (const XmlElement& pos = location->child("point").child("pos"); !pos.own_text.empty()) {
      const std::string& text = pos.text();
      const std::size_t gap = std::min(text.find_first_of(" \t\n"), text.size());
      latitude = text.substr(0, gap);
      longitude = text.substr(std::min(text.find_first_not_of(" \t\n", gap), text.size()));
    }
    if (is_decimal(latitude) && is_decimal(longitude) && points.size() < kMaxEntries)
      points.emplace_back(latitude, longitude);
    else if (!latitude.empty() || !longitude.empty())
      problems_.push_back({"iati-activity/location", "the point is not understood",
                           latitude + " " + longitude,
                           "write its latitude and longitude, as in 41.47 69.58"});
    LocalText name;
    add_narratives(name, location->child("name"));
    if (regions.empty() && description.region.empty()) description.region = name;
  }
  if (!regions.empty())
    add_text(description.region, language_, fmt::format("{}", fmt::join(regions, ", ")), repairs_);
  if (points.size() == 1) std::tie(description.latitude, description.longitude) = points[0];
  if (points.size() > 1) {
    std::vector<std::string> positions;
    for (const auto& [latitude, longitude] : points)
      positions.push_back(fmt::format("[{},{}]", longitude, latitude));
    description.geometry =
        fmt::format(R"({{"type":"MultiPoint","coordinates":[{}]}})", fmt::join(positions, ","));
  }
}

void IatiActivity::add_documents(Event& event, const XmlElement& activity) {
  for (const XmlElement* document : activity.all("document-link")) {
    if (event.sources.size() == kMaxEntries) return;
    const std::string url = plain_attribute(*document, "url");
    if (!is_web_address(url) || holds_several_addresses(url) || url.size() > kMaxUrl) continue;
    Source source;
    source.url = document->attribute("url");
    source.published = read_date(document->child("document-date"), "document-link/document-date");
    for (const XmlElement* title : document->all("title"))
      add_narratives(source.note, *title, /*note=*/true);
    event.sources.push_back(std::move(source));
  }
}

void IatiActivity::tell_start_or_end(std::string_view type, const std::string& planned,
                                     const std::string& actual, bool reached) {
  const bool came = reached && !actual.empty() && telling_.has_come(actual);
  if (!planned.empty()) telling_.add_plan(type).occurred = planned;
  if (!actual.empty() && !came) {
    repairs_.add("actual dates that lie ahead, or that the status contradicts, told as plans");
    if (actual != planned) telling_.add_plan(type, "foreseen").occurred = actual;
  }
  if (reached) telling_.add(type).occurred = came ? actual : std::string();
}

void IatiActivity::tell_stages(const XmlElement& activity) {
  for (const XmlElement* date : activity.all("activity-date")) {
    (void)date->attribute("type");
    (void)read_date(*date, "activity-date");
  }
  const IatiDates dates = dates_of(activity);
  const auto date = [&](std::string_view name) {
    const auto found = dates.find(name);
    return found != dates.end() ? found->second : std::string();
  };
  const XmlElement& element = activity.child("activity-status");
  const std::string code = element.attribute("code");
  const bool has_status = code.size() == 1 && code[0] >= '1' && code[0] <= '6';
  if (!has_status && !code.empty())
    problems_.push_back({"iati-activity/activity-status", "the status is none of the standard's",
                         code, "write a code from 1 to 6"});
  // Without a status, and where it is cancelled or suspended, the dates say how far it has come.
  const bool says_stage = has_status && code < "5";
  const auto came = [&](std::string_view name) {
    return !date(name).empty() && telling_.has_come(date(name));
  };
  const bool started = says_stage ? code >= "2" : came("actual start");
  const bool completed = says_stage ? code >= "3" : came("actual end");
  const std::size_t before = telling_.events().size();
  if (has_status && !started) telling_.add("announced");
  tell_start_or_end("construction-started", date("planned start"), date("actual start"), started);
  tell_start_or_end("construction-completed", date("planned end"), date("actual end"), completed);
  if (code == "5") telling_.add("cancelled");
  if (code == "6") telling_.add("suspended");
  const std::string word = element.text().empty() ? code : element.own_text;
  telling_.label_last(before, word, repairs_);
}

void IatiActivity::tell_budgets(const XmlElement& activity) {
  for (const XmlElement* budget : activity.all("budget")) {
    const std::string start = read_date(budget->child("period-start"), "budget/period-start");
    const std::string end = read_date(budget->child("period-end"), "budget/period-end");
    const XmlElement& value = budget->child("value");
    auto quantity = read_value(value, "budget", "budget");
    if (!quantity) continue;
    quantity->accrual = Accrual::level;
    quantity->period = interval_of(start, end);
    const std::string& type = budget->attribute("type");
    telling_.add("investment-reported", place_of("budget", {start, end, type})).quantities = {
        *quantity};
  }
}

void IatiActivity::tell_disbursements(const XmlElement& activity) {
  for (const XmlElement* each : activity.all("planned-disbursement")) {
    const std::string path = "planned-disbursement";
    const std::string start = read_date(each->child("period-start"), path + "/period-start");
    const std::string end = read_date(each->child("period-end"), path + "/period-end");
    auto quantity = read_value(each->child("value"), "disbursements", path);
    if (!quantity) continue;
    quantity->accrual = Accrual::flow;
    const std::string place = place_of(path, {start, end, quantity->value, quantity->unit});
    Event& event = telling_.add_plan("investment-reported", place);
    event.occurred = interval_of(start, end);
    event.quantities = {*quantity};
  }
}

void IatiActivity::tell_transactions(const XmlElement& activity) {
  for (const XmlElement* each : activity.all("transaction")) {
    const std::string code = each->child("transaction-type").attribute("code");
    const std::string_view measure = name_of(kTransactions, code);
    if (measure.empty()) {
      problems_.push_back({"iati-activity/transaction/transaction-type",
                           "the type is none of the standard's", code,
                           "write a code from 1 to 13, or of 1.0x as C, D, E"});
      continue;
    }
    const XmlElement& value = each->child("value");
    auto quantity = read_value(value, std::string(measure), "transaction");
    if (!quantity) continue;
    quantity->accrual = Accrual::flow;
    std::string date = read_date(each->child("transaction-date"), "transaction/transaction-date");
    if (date.empty()) date = date_of_standard(value.attribute("value-date")).value_or("");
    LocalText title;
    for (const XmlElement* text : each->all("description")) add_narratives(title, *text);
    std::vector<LocalText> parties;
    for (const char* role : {"provider-org", "receiver-org"}) {
      LocalText party;
      add_narratives(party, each->child(role));
      if (party.empty())
        add_text(party, kUndetermined, each->child(role).attribute("ref"), repairs_);
      if (!party.empty()) parties.push_back(std::move(party));
    }
    const std::string& ref = each->attribute("ref");
    const std::string place = place_of(
        "transaction", {ref, code, date, quantity->value, quantity->unit, title.in(Language::en)});
    Event& event = telling_.add_on(date, "investment-reported", place);
    event.title = std::move(title);
    event.parties = std::move(parties);
    event.quantities = {*quantity};
  }
}

void IatiActivity::tell_results(const XmlElement& activity) {
  for (const XmlElement* result : activity.all("result")) {
    const std::string key = narrative_of(*result, "title");
    for (const XmlElement* indicator : result->all("indicator")) tell_indicator(*indicator, key);
  }
}

void IatiActivity::tell_indicator(const XmlElement& indicator, const std::string& key) {
  const std::string_view unit = name_of(kMeasures, indicator.attribute("measure"));
  LocalText title;
  for (const XmlElement* each : indicator.all("title")) add_narratives(title, *each);
  const std::string name = title.in(Language::en);
  const std::string measure = slug_of(name);
  if (unit.empty() || measure.empty()) return;
  const auto tell = [&](const XmlElement& element, std::string_view what, const std::string& start,
                        const std::string& end) {
    const std::string value = decimal_of(element.attribute("value"));
    if (!is_decimal(value)) return;
    Quantity quantity{measure, value, std::string(unit)};
    quantity.accrual = Accrual::level;
    quantity.period = interval_of(start, end);
    const std::string place = place_of("result", {key, name, std::string(what), start, end});
    const bool is_target = what == "target";
    Event& event = is_target ? telling_.add_plan("indicator-reported", place)
                             : telling_.add("indicator-reported", place);
    if (is_target || (!end.empty() && telling_.has_come(end))) event.occurred = end;
    event.title = title;
    event.quantities = {std::move(quantity)};
  };
  for (const XmlElement* baseline : indicator.all("baseline")) {
    std::string date = read_date(*baseline, "result/indicator/baseline");
    if (date.empty()) date = date_of_standard(baseline->attribute("year")).value_or("");
    tell(*baseline, "baseline", date, date);
  }
  for (const XmlElement* period : indicator.all("period")) {
    const std::string path = "result/indicator/period";
    const std::string start = read_date(period->child("period-start"), path + "/period-start");
    const std::string end = read_date(period->child("period-end"), path + "/period-end");
    for (const XmlElement* target : period->all("target")) tell(*target, "target", start, end);
    for (const XmlElement* actual : period->all("actual")) tell(*actual, "actual", start, end);
  }
}

}  // namespace solnoma
