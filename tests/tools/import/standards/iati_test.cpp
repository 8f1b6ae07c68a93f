// Activities of IATI, of version 2 and of those before it.

#include "tools/import/standards/iati.hpp"

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {
namespace {

/// A file of one activity of version 2.03 with what it must have, and what is given.
FileContent activity(const std::string& elements, const std::string& attributes = "") {
  return text(R"(<iati-activities version="2.03" generated-datetime="2024-05-31T12:00:00Z">
<iati-activity xml:lang="en" default-currency="EUR" )" +
              attributes + R"(><iati-identifier>XM-1-A</iati-identifier>
<reporting-org ref="XM-1"><narrative>An agency</narrative></reporting-org>
<title><narrative>A bridge</narrative><narrative xml:lang="ru">Мост</narrative></title>
<activity-date type="1" iso-date="2020-01-01"/>)" +
              elements + "</iati-activity></iati-activities>");
}

std::string problems(const std::string& elements) {
  return read_all(open_iati, activity(elements)).problems();
}

std::string activity_status(const std::string& elements) {
  const ReadAll all = read_all(open_iati, activity(elements));
  CHECK(all.problems() == "");
  return statuses(all.events(), "2024-12-31").at("project/xm-1-a");
}

const Event* first_of(const ReadAll& all, const std::string& type, Modality modality) {
  for (const ImportRow& row : all.rows)
    for (const Exchanged& each : row.events)
      if (each.event.type == type && each.event.modality == modality) return &each.event;
  return nullptr;
}

}  // namespace

TEST_CASE("an activity has the status that its code says") {
  CHECK(activity_status("") == "announced");
  CHECK(activity_status(R"(<activity-status code="1"/>)") == "announced");
  CHECK(activity_status(R"(<activity-status code="2"/>)") == "under-construction");
  CHECK(activity_status(R"(<activity-status code="3"/>)") == "completed");
  CHECK(activity_status(R"(<activity-status code="4"/>)") == "completed");
  CHECK(activity_status(R"(<activity-status code="5"/>)") == "cancelled");
  CHECK(activity_status(R"(<activity-status code="6"/>)") == "suspended");
}

TEST_CASE("planned dates are plans, and actual ones what happened") {
  const ReadAll all = read_all(
      open_iati,
      activity(R"(<activity-status code="2"/><activity-date type="2" iso-date="2020-02-03"/>
      <activity-date type="3" iso-date="2025-06-30"/>)"));
  CHECK(all.find("XM-1-A/construction-started/plan")->occurred == "2020-01-01");
  CHECK(all.find("XM-1-A/construction-started")->occurred == "2020-02-03");
  CHECK(all.find("XM-1-A/construction-started")->label == "2");
  CHECK(all.find("XM-1-A/construction-completed/plan")->occurred == "2025-06-30");
  CHECK(all.find("XM-1-A/construction-completed") == nullptr);
}

TEST_CASE("an actual date that the status contradicts is told as a plan, and counted") {
  const ReadAll all = read_all(open_iati, activity(R"(<activity-status code="2"/>
      <activity-date type="2" iso-date="2020-02-03"/><activity-date type="4" iso-date="2024-01-01"/>)"));
  CHECK(all.find("XM-1-A/construction-completed") == nullptr);
  CHECK(all.find("XM-1-A/construction-completed/foreseen/plan")->occurred == "2024-01-01");
  CHECK(all.notes.repaired.size() == 1);
}

TEST_CASE("an activity is described in its languages, with its organizations and places") {
  const ReadAll all = read_all(
      open_iati, activity(R"(<participating-org ref="AA-1" role="1"><narrative>A fund</narrative>
      </participating-org><recipient-country code="UZ"/><location><name><narrative>Chirchik</narrative>
      </name><point><pos>41.47 69.58</pos></point></location><sector code="21020"/>
      <related-activity ref="XM-1-P" type="1"/><related-activity ref="XM-1-C" type="2"/>
      <document-link url="https://example.org/d"><title><narrative>Plan</narrative></title>
      <document-date iso-date="2023-01-02"/></document-link>)"));
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  const Event* event = all.find("XM-1-A/described");
  REQUIRE(event != nullptr);
  const Description& description = *event->description;
  CHECK(description.names == LocalText("A bridge", "Мост", ""));
  CHECK(description.partners ==
        std::vector<Partner>{{LocalText("A fund", "", ""), "funding", "", "AA-1"}});
  CHECK(description.country == "UZ");
  CHECK(description.latitude == "41.47");
  CHECK(description.longitude == "69.58");
  CHECK(description.sectors == std::vector<LocalText>{"DAC 21020"});
  CHECK(description.part_of == "project/xm-1-p");
  CHECK(event->sources.at(0).publisher == LocalText("An agency", "", ""));
  CHECK(event->sources.at(1).url == "https://example.org/d");
  CHECK(event->source == "urn:iati:XM-1");
  CHECK(all.notes.left_out.at("iati-activity/related-activity/@ref") == 1);
}

TEST_CASE("budgets are levels of a period, payments are flows of their type") {
  const ReadAll all = read_all(open_iati, activity(R"(<budget><period-start iso-date="2024-01-01"/>
      <period-end iso-date="2024-12-31"/><value value-date="2024-01-01">3,000</value></budget>
      <transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-01"/>
      <value currency="USD" value-date="2024-02-01">10.50</value></transaction>
      <planned-disbursement><period-start iso-date="2025-01-01"/><value>7</value>
      </planned-disbursement>)"));
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  std::vector<std::string> told;
  for (const Event& event : all.events())
    for (const Quantity& q : event.quantities)
      told.push_back(fmt::format("{} {} {} {} {} {} {}", name(event.modality), event.occurred,
                                 q.measure, q.value, q.unit, q.period,
                                 q.accrual == Accrual::flow ? "flow" : "level"));
  CHECK(fmt::format("{}", fmt::join(told, "\n")) ==
        "actual  budget 3000 EUR 2024-01-01/2024-12-31 level\n"
        "planned 2025-01-01 disbursements 7 EUR  flow\n"
        "actual 2024-02-01 disbursements 10.50 USD  flow");
}

TEST_CASE("targets of results are plans, baselines and actuals are figures") {
  const ReadAll all =
      read_all(open_iati,
               activity(R"(<result><title><narrative>Jobs</narrative></title><indicator measure="1">
      <title><narrative>People employed</narrative></title><baseline year="2020" value="10"/><period>
      <period-start iso-date="2023-01-01"/><period-end iso-date="2023-12-31"/><target value="20"/>
      <actual value="25"/></period></indicator></result>)"));
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  const Event* target = first_of(all, "indicator-reported", Modality::planned);
  REQUIRE(target != nullptr);
  CHECK(target->occurred == "2023-12-31");
  CHECK(target->quantities.at(0).measure == "people-employed");
  CHECK(target->quantities.at(0).value == "20");
  CHECK(target->quantities.at(0).unit == "units");
  CHECK(first_of(all, "indicator-reported", Modality::actual)->occurred == "2020");
}

TEST_CASE("an activity of version 1.0x is read with its words") {
  const ReadAll all = read_all(
      open_iati, text(R"(<iati-activities version="1.01" generated-datetime="2013-04-30T16:49:24Z">
      <iati-activity xml:lang="en" default-currency="GBP" last-updated-datetime="2013-07-24 10:29:56">
      <reporting-org ref="GB-1">An agency</reporting-org><iati-identifier>GB-1-A</iati-identifier>
      <title xml:lang="en">A road</title><title xml:lang="fr">Une route</title>
      <participating-org role="Funding">A fund</participating-org>
      <activity-status code="2">Implementation</activity-status>
      <activity-date type="start-actual">2007-09-01</activity-date>
      <transaction><value value-date="2010-09-09">5</value><transaction-type code="D"/>
      <transaction-date iso-date="2010-09-09"/></transaction></iati-activity></iati-activities>)"));
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  const Event* start = all.find("GB-1-A/construction-started");
  REQUIRE(start != nullptr);
  CHECK(start->occurred == "2007-09-01");
  CHECK(start->label == "Implementation");
  CHECK(to_string(start->known) == "2013-07-24");
  const Description& description = *all.find("GB-1-A/described")->description;
  CHECK(description.names.en == "A road");
  CHECK(description.names.others == std::vector<TaggedText>{{"fr", "Une route"}});
  CHECK(description.partners.at(0).role == "funding");
  CHECK(first_of(all, "investment-reported", Modality::actual)->quantities.at(0).unit == "GBP");
}

TEST_CASE("what breaks the standard's rules is a problem with its path") {
  CHECK(problems(R"(<activity-date type="3" iso-date="2019-01-01"/>)") ==
        "iati-activity/activity-date: the planned start lies after the planned end");
  CHECK(problems(R"(<activity-date type="2" iso-date="yesterday"/>)") ==
        "iati-activity/activity-date: the date is not understood");
  CHECK(problems(R"(<activity-status code="9"/>)") ==
        "iati-activity/activity-status: the status is none of the standard's");
  CHECK(problems(R"(<budget><value>many</value></budget>)") ==
        "iati-activity/budget/value: the value is no number");
  CHECK(problems(R"(<transaction><transaction-type code="77"/></transaction>)") ==
        "iati-activity/transaction/transaction-type: the type is none of the standard's");
  CHECK(problems(R"(<sector code="1" percentage="101"/>)") ==
        "iati-activity/sector: it is no percentage");
  CHECK(problems(R"(<location><point><pos>north</pos></point></location>)") ==
        "iati-activity/location: the point is not understood");
  const std::string one = R"(<iati-activity><iati-identifier>A-1</iati-identifier>
      <reporting-org ref="A"/><title><narrative>T</narrative></title>
      <activity-date type="1" iso-date="2020-01-01"/></iati-activity>)";
  CHECK(read_all(open_iati,
                 text(R"(<iati-activities version="2.03" generated-datetime="2024-01-01">)" + one +
                      one + "</iati-activities>"))
            .problems() == "iati-activity/iati-identifier: an activity stands twice");
}

TEST_CASE("the rules are those that the standard's own tests of rules expect") {
  struct Rule {
    const char* problem;
    const char* bad;
    const char* good;
  };
  constexpr Rule kRules[] = {
      {"the planned start lies after the planned end", "date_bad", "date_good"},
      {"recipient-country: the percentages are not 100 together", "recipient_country_bad",
       "recipient_country_good"},
      {"sector: the percentages are not 100 together", "sector_percentage_sum_bad",
       "sector_percentage_sum_good"},
      {"sector: the percentages are not 100 together", "forloop_bad", "forloop_good"},
      {"a sector of the reporter's own vocabulary has no name", "if_then_bad", "if_then_good"},
      {"it does not begin with the reference of who reports it", "identifiers_bad", "identifiers"},
      {"the activity has no title", "empty_activity", "title_text"},
      {"the activity has no title", "title", "title_text"},
      {"the activity has no title", "title_description", "title_description_content"},
      {"the budget is for more than a year", "period_time_bad", "period_time_good"},
      {"baseline: the value is missing", "results_indicator_baseline_value_bad",
       "results_indicator_baseline_value_good"},
      {"baseline: the value is missing", "results_indicator_baseline_value_bad",
       "results_indicator_baseline_value_not_relevant"},
      {"actual: the value is missing", "results_indicator_period_actual_value_bad",
       "results_indicator_period_actual_value_good"},
      {"actual: the value is missing", "results_indicator_period_actual_value_bad",
       "results_indicator_period_actual_value_not_relevant"},
      {"target: the value is missing", "results_indicator_period_target_value_bad",
       "results_indicator_period_target_value_good"},
      {"target: the value is missing", "results_indicator_period_target_value_bad",
       "results_indicator_period_target_value_not_relevant"},
  };
  for (const Rule& rule : kRules) {
    const auto bad = shared(fmt::format("iati/meta_tests/{}.xml", rule.bad));
    const auto good = shared(fmt::format("iati/meta_tests/{}.xml", rule.good));
    if (!bad || !good) return;
    CHECK_MESSAGE(read_all(open_iati, *bad).problems().contains(rule.problem), rule.bad);
    CHECK_MESSAGE(!read_all(open_iati, *good).problems().contains(rule.problem), rule.good);
  }
}

TEST_CASE("a bomb of entities is refused by name, before it is lit") {
  const std::string bomb = R"(<?xml version="1.0"?><!DOCTYPE a [<!ENTITY lol "lol">
      <!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><iati-activities>&lol2;</iati-activities>)";
  CHECK(read_all(open_iati, text(bomb)).problems() == "it declares the entity 'lol', in line 1");
  CHECK(read_all(open_iati, text("<!DOCTYPE a><iati-activities>&x;</iati-activities>"))
            .error.has_value());
}

TEST_CASE("what is no file of activities ends with one clear error") {
  const auto error = [](const std::string& content) {
    return read_all(open_iati, text(content)).problems();
  };
  CHECK(error("<iati-organisations/>") == "there are no IATI activities in it");
  CHECK(error("") == "it is not XML: no element found, in line 1");
  CHECK(error("<iati-activities>\n<iati-activity></b>")
            .starts_with("it is not XML: mismatched tag, in line 2"));
  std::string deep = "<iati-activities><iati-activity>";
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK(error(deep) == "it is nested deeper than 64 levels, in line 1");
  CHECK(error("<?xml version='1.0' encoding='klingon'?><iati-activities/>")
            .starts_with("it is not XML: unknown encoding"));
  CHECK(error("<iati-activities/>") == "");
}

TEST_CASE("rejected activities are a file again, which is read once it is corrected") {
  const FileContent file = activity(R"(<activity-status code="9"/>)");
  const auto reader = open_iati(file, {}).value();
  ImportRow row;
  REQUIRE(reader->next(row).value());
  CHECK(row.line == 2);
  std::string rejects = reader->rejects_head() + reader->reject(row.original, row.problems, "f:2") +
                        reader->rejects_tail();
  CHECK(rejects.contains("<!-- f:2: iati-activity/activity-status: "));
  rejects.replace(rejects.find("code=\"9\""), 8, "code=\"3\"");
  const ReadAll corrected = read_all(open_iati, text(rejects));
  CHECK(corrected.problems() == "");
  CHECK(statuses(corrected.events(), "2024-12-31").at("project/xm-1-a") == "completed");
}

TEST_CASE("the standard's own example is read whole") {
  const auto file = shared("iati/iati-activity-example.xml");
  if (!file) return;
  const ReadAll all = read_all(open_iati, *file);
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  CHECK(statuses(all.events(), "2014-09-10").at("project/aa-aaa-123456789-abc123") ==
        "under-construction");
}

TEST_CASE("205 real activities of version 1.01, in gzip, have the statuses that they say") {
  const auto file = shared("iati/iati-CD.xml.gz");
  if (!file) return;
  const ReadAll all = read_all(open_iati, *file);
  CHECK(all.problems() == "");
  CHECK(all.rows.size() == 205);
  CHECK(invalid(all.events()) == "");
  std::map<std::string, std::size_t> counts;
  for (const auto& [subject, status] : statuses(all.events(), "2013-04-30")) ++counts[status];
  CHECK(counts == std::map<std::string, std::size_t>{
                      {"announced", 17}, {"completed", 105}, {"under-construction", 83}});
}

TEST_CASE("50 real activities of a data store have the statuses that they say") {
  const auto file = shared("iati/iati-dportal-test_activities.xml");
  if (!file) return;
  const ReadAll all = read_all(open_iati, *file);
  CHECK(all.rows.size() == 50);
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  std::map<std::string, std::size_t> counts;
  for (const auto& [subject, status] : statuses(all.events(), "2014-01-22")) ++counts[status];
  // Two say no status.
  CHECK(counts == std::map<std::string, std::size_t>{
                      {"announced", 2}, {"completed", 15}, {"under-construction", 33}});
}

}  // namespace solnoma::test
