// Project packages of OC4IDS: what they say of projects, and what is wrong in them.

#include "tools/import/standards/oc4ids.hpp"

#include "tests/tools/import/standards/read_all.hpp"

namespace solnoma::test {
namespace {

/// A package of one project, whose members beside the id are given.
FileContent package(const std::string& members) {
  return text(
      R"({"version":"0.9","uri":"https://example.org/p","publishedDate":"2024-05-31T00:00:00Z",
  "publisher":{"name":"A ministry"},"projects":[{"id":"oc4ids-x-1","title":"A bridge")" +
      (members.empty() ? "" : "," + members) + "}]}");
}

std::string project_status(const std::string& members) {
  const ReadAll all = read_all(open_oc4ids, package(members));
  CHECK(all.problems() == "");
  return statuses(all.events(), "2024-12-31").at("project/oc4ids-x-1");
}

}  // namespace

TEST_CASE("a project of OC4IDS has the status that its own status says") {
  CHECK(project_status(R"("status":"identification")") == "announced");
  CHECK(project_status(R"("status":"preparation")") == "announced");
  CHECK(project_status(R"("status":"implementation")") == "under-construction");
  CHECK(project_status(R"("status":"completion")") == "completed");
  CHECK(project_status(R"("status":"completed")") == "completed");
  CHECK(project_status(R"("status":"maintenance")") == "operating");
  CHECK(project_status(R"("status":"decommissioning")") == "operating");
  CHECK(project_status(R"("status":"decommissioned")") == "retired");
  CHECK(project_status(R"("status":"cancelled")") == "cancelled");
}

TEST_CASE("a period of OC4IDS is a plan, even where its dates have passed") {
  const ReadAll all =
      read_all(open_oc4ids, package(R"("implementationPeriod":{"startDate":"2020-01-01T00:00:00Z",)"
                                    R"("endDate":"2022-12-31T00:00:00Z"})"));
  REQUIRE(all.events().size() == 3);
  const Event* start = all.find("oc4ids-x-1/construction-started/plan");
  REQUIRE(start != nullptr);
  CHECK(start->modality == Modality::planned);
  CHECK(start->occurred == "2020-01-01");
  CHECK(all.find("oc4ids-x-1/construction-completed/plan")->occurred == "2022-12-31");
  CHECK(statuses(all.events(), "2024-12-31").at("project/oc4ids-x-1") == "announced");
}

TEST_CASE("the end of a project's completion is when construction was completed") {
  const ReadAll all =
      read_all(open_oc4ids,
               package(R"("status":"completion","completion":{"endDate":"2023-04-05T00:00:00Z",)"
                       R"("finalValue":{"amount":12.5,"currency":"EUR"}})"));
  const Event* end = all.find("oc4ids-x-1/construction-completed/completion");
  REQUIRE(end != nullptr);
  CHECK(end->occurred == "2023-04-05");
  CHECK(end->modality == Modality::actual);
  const Event* cost = all.find("oc4ids-x-1/investment-reported/final");
  REQUIRE(cost != nullptr);
  CHECK(cost->quantities.at(0).value == "12.5");
  CHECK(cost->quantities.at(0).unit == "EUR");
}

TEST_CASE("a package says who told it, when it became known, and under which licence") {
  const ReadAll all = read_all(
      open_oc4ids, text(R"({"version":"0.9","uri":"https://example.org/p","license":"https://l.org",
      "publishedDate":"2024-05-31T00:00:00Z","publisher":{"name":"A ministry"},"projects":[
      {"id":"1","title":"A"},{"id":"2","title":"B","updated":"2024-04-01T10:00:00Z"}]})"));
  REQUIRE(all.rows.size() == 2);
  const Event& first = all.rows[0].events.at(0).event;
  CHECK(first.source == "https://example.org/p");
  CHECK(to_string(first.known) == "2024-05-31");
  CHECK(first.sources.at(0) ==
        Source{"A ministry", "2024-05-31", "https://example.org/p", "Licence: https://l.org"});
  CHECK(to_string(all.rows[1].events.at(0).event.known) == "2024-04-01");
  CHECK(all.rows[1].line == 3);

  const ReadAll named =
      read_all(open_oc4ids, package(""),
               {.source = "urn:mine", .known = Known{day_from_text("2020-01-01").value()}});
  CHECK(named.events().at(0).source == "urn:mine");
  CHECK(to_string(named.events().at(0).known) == "2024-05-31");
}

TEST_CASE("what is wrong in a project is told by its path, and with a remedy") {
  const auto problems = [](const std::string& members) {
    const ReadAll all = read_all(open_oc4ids, package(members));
    for (const ImportRow& row : all.rows)
      for (const Problem& problem : row.problems) CHECK(!problem.remedy.empty());
    return all.problems();
  };
  CHECK(problems(R"("status":"done")") == "projects/status: the status is none of the standard's");
  CHECK(problems(R"("description":4)") == "projects/description: it must be a text");
  CHECK(problems(R"("period":{"startDate":"2024-01-01","endDate":"2023-01-01"})") ==
        "projects/period: the period starts after its end");
  CHECK(problems(R"("period":{"startDate":"2019-03-1409:54:00Z"})") ==
        "projects/period/startDate: the date is not understood");
  CHECK(problems(R"("budget":{"amount":{"amount":1}})") ==
        "projects/budget/amount/currency: the amount has no currency");
  CHECK(problems(R"("budget":{"amount":{"amount":1,"currency":"X_GBP"}})") ==
        "projects/budget/amount/currency: it is no currency");
  CHECK(problems(R"("locations":[{"geometry":{"type":"Point","coordinates":[181,0]}}])")
            .starts_with("projects/locations/geometry: "));
}

TEST_CASE("a project without an id or a title, or one that stands twice, is refused") {
  const ReadAll all = read_all(
      open_oc4ids, text(R"({"uri":"https://example.org/p","publishedDate":"2024-05-31T00:00:00Z",
      "projects":[{"title":"A"},{"id":"1"},{"id":"2","title":"B"},{"id":"2","title":"B"},7]})"));
  CHECK(all.problems() ==
        "projects/id: a project stands twice\n"
        "projects/id: the project has no id\n"
        "projects/title: the project has no title\n"
        "projects: a project must be an object {…}");
  CHECK(all.events().size() == 1);
}

TEST_CASE("what is no project package ends with one clear error") {
  const auto error = [](const std::string& content) {
    const ReadAll all = read_all(open_oc4ids, text(content));
    REQUIRE(all.error);
    return all.error->what;
  };
  CHECK(error("{\"dogs\": [\n").starts_with("it is not JSON: "));
  CHECK(error("{\"dogs\": [\n").ends_with("in line 2"));
  CHECK(error("") == "it is not JSON: The document is empty, in line 1");
  CHECK(error(R"({"hello":"pets"})") == "it is no OC4IDS project package");
  CHECK(error(R"({"projects":{}})") == "it is no OC4IDS project package");
  CHECK(error(R"({"projects":)" + std::string(100, '[')) == "it is nested deeper than 64 levels");
  CHECK(error(std::string(1000000, '[')) == "it is nested deeper than 64 levels");
  CHECK(error("{\"projects\":[\"\xff\"]}").starts_with("it is not JSON: "));
  CHECK(error("\x1f\x8b\x08 rubbish") == "the gzip file is damaged or cut off");
}

TEST_CASE("two projects whose ids fall together as a name are told apart and told of") {
  const ReadAll all = read_all(
      open_oc4ids, text(R"({"uri":"https://example.org/p","publishedDate":"2024-05-31T00:00:00Z",
      "projects":[{"id":"a/b","title":"A"},{"id":"a-b","title":"B"}]})"));
  const auto events = all.events();
  REQUIRE(events.size() == 2);
  CHECK(events[0].subject == "project/a-b");
  CHECK(events[1].subject.starts_with("project/a-b-"));
  CHECK(std::ranges::any_of(all.notes.remarks, [](const std::string& remark) {
    return remark.starts_with("'a/b' and 'a-b' fall together as a name: ");
  }));
}

TEST_CASE("rejected projects are a package again, which is read once it is corrected") {
  const FileContent file = package(R"("status":"done")");
  const auto reader = open_oc4ids(file, {}).value();
  ImportRow row;
  REQUIRE(reader->next(row).value());
  REQUIRE(row.problems.size() == 1);
  std::string rejects = reader->rejects_head() +
                        reader->reject(row.original, row.problems, "test:1, event 1") +
                        reader->rejects_tail();
  CHECK(rejects.contains("// test:1, event 1: projects/status: the status is none"));
  CHECK(read_all(open_oc4ids, text(rejects)).problems() ==
        "projects/status: the status is none of the standard's");
  rejects.replace(rejects.find("\"done\""), 6, "\"completion\"");
  const ReadAll corrected = read_all(open_oc4ids, text(rejects));
  CHECK(corrected.problems() == "");
  CHECK(corrected.events().at(0).source == "https://example.org/p");
  CHECK(statuses(corrected.events(), "2024-12-31").at("project/oc4ids-x-1") == "completed");
}

TEST_CASE("the standard's own example is read whole") {
  const auto file = shared("oc4ids/oc4ids-example.json");
  if (!file) return;
  const ReadAll all = read_all(open_oc4ids, *file);
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  for (const auto& [subject, status] : statuses(all.events(), "2018-12-31"))
    CHECK(status == "operating");
  CHECK(all.events().size() == 33);
  CHECK(all.notes.left_out.at("projects/policyAlignment/policies") == 1);
  CHECK(all.notes.left_out.at("projects/contractingProcesses/summary/tender/procurementMethod") ==
        3);
}

TEST_CASE("of the fixtures of the standard's checker, every fault that bears on us is found") {
  const auto read = [](const std::string& name) {
    const auto file = shared("oc4ids/lib-cove-fixtures/" + name);
    return file ? std::optional(read_all(open_oc4ids, *file)) : std::nullopt;
  };
  if (const auto all = read("example-data.json")) {
    CHECK(all->problems() == "");
    CHECK(invalid(all->events()) == "");
  }
  if (const auto all = read("rubbish.json"))
    CHECK(all->error->what == "it is no OC4IDS project package");
  if (const auto all = read("example-additional-checks-no-projects.json"))
    CHECK(all->error->what == "it is no OC4IDS project package");
  if (const auto all = read("invalid-json.json"))
    CHECK(all->error->what.starts_with("it is not JSON"));
  if (const auto all = read("validation-errors-package.json")) {
    const std::string problems = all->problems();
    for (const char* fault :
         {"projects/additionalClassifications: it must be a list […]",
          "projects/budget/amount/amount: it must be a number",
          "projects/completion/finalValue: it must be an object {…}",
          "projects/contractingProcesses/id: the contracting process has no id",
          "projects/description: it must be a text", "projects/id: the project has no id",
          "projects/locations/geometry: 'point' is no geometry",
          "projects/period: it must be an object {…}", "projects/title: it must be a text",
          "projects/updated: nothing says when it became known"})
      CHECK_MESSAGE(problems.contains(fault), fault);
    CHECK(std::ranges::count(all->notes.remarks,
                             "publishedDate: the date is not understood: '2019-03-1409:54:00Z'") ==
          1);
  }
  if (const auto all = read("example-additional-checks.json"))
    CHECK(all->problems() == "projects/budget/amount/currency: the amount has no currency");
  if (const auto all = read("example-additional-codes.json"))
    CHECK(all->problems() == "projects/budget/amount/currency: it is no currency");
  if (const auto all = read("example-additional-checks-no-parties.json")) {
    CHECK(all->problems() == "");
    CHECK(invalid(all->events()) == "");
  }
}

}  // namespace solnoma::test
