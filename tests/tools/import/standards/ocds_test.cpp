// Releases and records of OCDS: a process that is told one release after another.

#include "tools/import/standards/ocds.hpp"

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {
namespace {

/// A package of releases of the process "p" whose members beside ocid, id and date are given; the
/// release N is of the Nth of January 2020.
FileContent releases(const std::vector<std::string>& members) {
  std::string list;
  for (std::size_t i = 0; i < members.size(); ++i)
    list += fmt::format(R"({}{{"ocid":"p","id":"r{}","date":"2020-01-{:02}T00:00:00Z",{}}})",
                        i == 0 ? "" : ",", i + 1, i + 1, members[i]);
  return text(R"({"uri":"https://example.org/r","publisher":{"name":"P"},"releases":[)" + list +
              "]}");
}

std::string ids(const ImportRow& row) {
  std::vector<std::string> all;
  for (const Exchanged& each : row.events) all.push_back(each.event.id);
  return fmt::format("{}", fmt::join(all, " "));
}

constexpr const char* kSigned = R"("contracts":[{"id":"c","dateSigned":"2019-12-01T00:00:00Z"}])";

}  // namespace

TEST_CASE("a later release does not repeat what an earlier one told") {
  const ReadAll all = read_all(open_ocds, releases({kSigned, kSigned}));
  REQUIRE(all.rows.size() == 2);
  CHECK(ids(all.rows[0]) == "p/described p/agreement-signed/contracts/c");
  CHECK(ids(all.rows[1]) == "");
  CHECK(all.find("p/agreement-signed/contracts/c")->occurred == "2019-12-01");
}

TEST_CASE("a value that a later release changes is a correction of the earlier event") {
  const ReadAll all =
      read_all(open_ocds,
               releases({kSigned, R"("contracts":[{"id":"c","dateSigned":"2019-12-05T00:00:00Z"}])",
                         R"("contracts":[{"id":"c","dateSigned":"2019-12-06T00:00:00Z"}])"}));
  REQUIRE(all.rows.size() == 3);
  CHECK(ids(all.rows[1]) == "p/agreement-signed/contracts/c@r2");
  const Event& second = all.rows[1].events.at(0).event;
  CHECK(second.supersedes == "p/agreement-signed/contracts/c");
  CHECK(second.occurred == "2019-12-05");
  CHECK(to_string(second.known) == "2020-01-02");
  CHECK(all.rows[2].events.at(0).event.supersedes == "p/agreement-signed/contracts/c@r2");
  CHECK(invalid(all.events()) == "");
  CHECK(statuses(all.events(), "2019-12-05").at("project/p") == "unrecorded");
  CHECK(statuses(all.events(), "2019-12-06").at("project/p") == "agreed");
}

TEST_CASE("another target is a revision of the plan, which is kept when what it planned happens") {
  const ReadAll all = read_all(
      open_ocds,
      releases({R"("tender":{"status":"planned","tenderPeriod":{"startDate":"2020-02-01"}})",
                R"("tender":{"status":"planned","tenderPeriod":{"startDate":"2020-01-03"}})",
                R"("tender":{"status":"active"})"}));
  REQUIRE(all.rows.size() == 3);
  const Event* first = all.find("p/announced/plan");
  const Event* second = all.find("p/announced/plan@r2");
  REQUIRE((first != nullptr && second != nullptr));
  CHECK(first->occurred == "2020-02-01");
  CHECK(second->occurred == "2020-01-03");
  CHECK(second->supersedes == "");
  CHECK(ids(all.rows[2]) == "p/announced");
}

TEST_CASE("what a release takes back with null is retracted, and may be told again") {
  const ReadAll all = read_all(
      open_ocds, releases({kSigned, R"("contracts":[{"id":"c","dateSigned":null}])", kSigned}));
  REQUIRE(all.rows.size() == 3);
  REQUIRE(all.rows[1].events.size() == 1);
  const Event& retracted = all.rows[1].events.at(0).event;
  CHECK(retracted.type == "retracted");
  CHECK(retracted.supersedes == "p/agreement-signed/contracts/c");
  CHECK(ids(all.rows[2]) == "p/agreement-signed/contracts/c@r3");
  CHECK(invalid(all.events()) == "");
  CHECK(statuses(all.events(), "2020-12-31").at("project/p") == "agreed");
}

TEST_CASE("releases are read by their dates, in whatever order they stand") {
  const ReadAll all = read_all(open_ocds, text(R"({"uri":"https://example.org/r","releases":[
      {"ocid":"p","id":"b","date":"2020-02-01T00:00:00Z","tender":{"title":"New"}},
      {"ocid":"p","id":"a","date":"2020-01-01T00:00:00Z","tender":{"title":"Old"}}]})"));
  REQUIRE(all.rows.size() == 2);
  CHECK(all.rows[0].line == 3);
  CHECK(all.find("p/described")->description->names == LocalText("Old"));
  CHECK(all.find("p/described@b")->description->names == LocalText("New"));
}

TEST_CASE("payments add up, and are told once") {
  const std::string one =
      R"({"id":"1","date":"2019-12-10T00:00:00Z","value":{"amount":10.5,"currency":"EUR"}})";
  const std::string two =
      R"({"id":"2","date":"2019-12-11T00:00:00Z","value":{"amount":20,"currency":"EUR"}})";
  const auto contract = [](const std::string& transactions) {
    return R"("contracts":[{"id":"c","implementation":{"transactions":[)" + transactions + "]}}]";
  };
  const ReadAll all = read_all(open_ocds, releases({contract(one), contract(one + "," + two)}));
  const Event* first = all.find("p/investment-reported/c/transactions/1");
  REQUIRE(first != nullptr);
  Quantity paid{"payments", "10.5", "EUR"};
  paid.accrual = Accrual::flow;
  CHECK(first->quantities == std::vector<Quantity>{paid});
  CHECK(ids(all.rows[1]) == "p/investment-reported/c/transactions/2");
}

TEST_CASE("milestones of one id in two sections are told apart, and met by their own dates") {
  const auto milestones = [](const char* section, const char* dates) {
    return fmt::format(R"("{}":{{"milestones":[{{"id":"1","type":"engagement",{}}}]}})", section,
                       dates);
  };
  const ReadAll all = read_all(
      open_ocds,
      releases({milestones("planning", R"("dueDate":"2019-05-01","dateMet":"2019-06-01")") + "," +
                milestones("tender", R"("dueDate":"2020-07-01")")}));
  REQUIRE(all.problems() == "");
  CHECK(all.find("p/meeting-held/planning/milestones/1/plan")->occurred == "2019-05-01");
  CHECK(all.find("p/meeting-held/planning/milestones/1")->occurred == "2019-06-01");
  CHECK(all.find("p/meeting-held/planning/milestones/1")->part == "planning-1");
  CHECK(all.find("p/meeting-held/tender/milestones/1/plan")->part == "tender-1");
  CHECK(all.find("p/meeting-held/tender/milestones/1") == nullptr);
}

TEST_CASE("a process ends when its tender fails or all of its contracts are cancelled") {
  const auto status = [](const std::string& members) {
    return statuses(read_all(open_ocds, releases({members})).events(), "2020-12-31")
        .at("project/p");
  };
  CHECK(status(R"("tender":{"status":"unsuccessful"})") == "cancelled");
  CHECK(status(R"("tender":{"status":"complete"},"contracts":[{"id":"c","status":"active"}])") ==
        "agreed");
  CHECK(status(R"("contracts":[{"id":"c","status":"cancelled"}])") == "cancelled");
  CHECK(status(R"("contracts":[{"id":"c","status":"cancelled"},{"id":"d","status":"active"}])") ==
        "agreed");
}

TEST_CASE("a release without an ocid, a date or a source is refused, and tells nothing") {
  const ReadAll all = read_all(open_ocds, text(R"({"releases":[{"date":"2020-01-01"},{"ocid":"p"},5,
      {"ocid":"p","date":"2020-13-01"}]})"));
  CHECK(all.problems() ==
        "releases/: a release must be an object {…}\n"
        "releases/: nothing says whose data it is\n"
        "releases/: nothing says whose data it is\n"
        "releases/date: the date is not understood\n"
        "releases/date: the release has no date\n"
        "releases/ocid: the release has no ocid");
  CHECK(all.events().empty());
}

TEST_CASE("a release with a problem does not count for those after it") {
  const ReadAll all = read_all(
      open_ocds, releases({R"("tender":{"title":7})", R"("tender":{"title":"A bridge"})"}));
  CHECK(all.problems() == "releases/tender/title: it must be a text");
  CHECK(all.events().at(0).id == "p/described");
}

TEST_CASE("the six releases of the standard's example are told as one story") {
  std::vector<FileContent> files;
  for (const char* name : {"06-implementation", "01-planning", "02-tender", "03-tenderAmendment",
                           "04-award", "05-contract"}) {
    auto file = shared(fmt::format("ocds/ocds-213czf-{}.json", name));
    if (!file) return;
    files.push_back(*file);
  }
  const auto reader = open_ocds_files(files, {}).value();
  ReadAll all;
  for (ImportRow row; reader->next(row).value();) all.rows.push_back(row);
  REQUIRE(all.rows.size() == 6);
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  const std::string key = "ocds-213czf-000-00001";
  CHECK(all.find(key + "/announced/plan")->occurred == "2010-02-01");
  CHECK(all.find(key + "/announced")->occurred == "2010-03-01");
  CHECK(all.find(key + "/construction-started/plan")->occurred == "2010-06-01");
  CHECK(all.find(key + "/construction-started/plan@ocds-213czf-000-00001-02-tender")->occurred ==
        "2010-07-01");
  CHECK(all.find(key + "/investment-reported/ocds-213czf-000-00001-contract-01/transactions/"
                       "ocds-213czf-000-00001-2") != nullptr);
  // The release says on 10 May that the contract is signed on 10 June.
  CHECK(all.find(key + "/agreement-signed/contracts/ocds-213czf-000-00001-contract-01/plan") !=
        nullptr);
  const auto status = [&](const char* day) {
    return statuses(all.events(), day).at("project/ocds-213czf-000-00001");
  };
  CHECK(status("2009-03-14") == "unrecorded");
  CHECK(status("2009-03-15") == "announced");
  CHECK(status("2010-06-09") == "announced");
  CHECK(status("2010-06-10") == "agreed");
  CHECK(all.events().size() == 19);
}

TEST_CASE("a record whose releases are only linked is read from its versioned release") {
  const auto file = shared("ocds/ocds-213czf-record-withversions.json");
  if (!file) return;
  const ReadAll all = read_all(open_ocds, *file);
  CHECK(all.problems() == "");
  CHECK(all.rows.size() == 6);
  CHECK(invalid(all.events()) == "");
  CHECK(statuses(all.events(), "2011-12-31").at("project/ocds-213czf-000-00001") == "agreed");
  CHECK(all.events().size() == 19);
}

TEST_CASE("a record is read from its releases, or from its compiled release alone") {
  const ReadAll embedded =
      read_all(open_ocds, text(R"({"uri":"https://example.org/r","records":[{"ocid":"p","releases":[
      {"ocid":"p","id":"a","date":"2020-01-01T00:00:00Z","tender":{"status":"planned"}},
      {"ocid":"p","id":"b","date":"2020-02-01T00:00:00Z","tender":{"status":"active"}}],
      "compiledRelease":{"ocid":"p","date":"2020-02-01T00:00:00Z"}}]})"));
  CHECK(embedded.rows.size() == 2);
  CHECK(embedded.find("p/announced") != nullptr);
  const ReadAll compiled =
      read_all(open_ocds, text(R"({"uri":"https://example.org/r","records":[{"ocid":"p",
      "compiledRelease":{"ocid":"p","date":"2020-02-01T00:00:00Z","tender":{"status":"active"}}}]})"));
  CHECK(compiled.rows.size() == 1);
  CHECK(compiled.find("p/announced") != nullptr);
}

TEST_CASE("what is no OCDS document is refused as a whole") {
  CHECK(read_all(open_ocds, text("{}")).problems() == "it is no OCDS release or record package");
  CHECK(read_all(open_ocds, text("[]")).problems() == "it is no OCDS release or record package");
  CHECK(read_all(open_ocds, text(R"({"releases":1})")).problems() ==
        "it is no OCDS release or record package");
}

}  // namespace solnoma::test
