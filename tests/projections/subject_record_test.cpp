// One call for each question that a program asks of one subject.

#include "projections/subject_record.hpp"

#include <doctest/doctest.h>

#include "events/chronicle.hpp"
#include "projections/effective.hpp"
#include "projections/steps.hpp"
#include "tests/support/builders.hpp"
#include "tests/support/chronicle.hpp"

using namespace solnoma;
using namespace solnoma::test;

TEST_CASE("what stood where, as known when, is one call") {
  const ShippedChronicle chronicle;
  const Vantage now{.as_of = day("2025-12-31")};
  const Vantage early{.as_of = day("2025-12-31"), .known_by = day("2025-09-01")};
  CHECK(status_of(chronicle.log(), "park/jizzakh", now)->status == Status::operating);
  CHECK(status_of(chronicle.log(), "park/bukhara", early)->status == Status::unrecorded);
  CHECK(status_of(chronicle.log(), "park/bukhara", now)->status != Status::unrecorded);
}

TEST_CASE("a subject that is not there is told by its name, with what a program can do") {
  const ShippedChronicle chronicle;
  const auto status = status_of(chronicle.log(), "park/atlantis", {});
  REQUIRE(!status);
  CHECK(status.error().code == Errc::not_found);
  CHECK(status.error().what == "nothing is recorded of 'park/atlantis'");
  CHECK(status.error().remedy.find("Log::subjects()") != std::string::npos);
  CHECK(SubjectRecord::read(chronicle.log(), "park/atlantis").error().code == Errc::not_found);
}

TEST_CASE("a record answers as the pure functions do, of every subject at every day of knowledge") {
  const ShippedChronicle chronicle;
  const Log& log = chronicle.log();
  REQUIRE(log.subjects("", [&](std::string_view name, SubjectNumber number) {
    const auto record = SubjectRecord::read(log, name).value();
    const std::vector<Row> rows = log.rows(number).value();
    CHECK(record.subject() == name);
    CHECK(record.events() == fetch_subject(log, name).value());
    for (const char* known_by : {"2024-02-02", "2025-09-27", "2025-12-31"}) {
      const Vantage vantage{day("2025-12-31"), day(known_by), kNewest};
      const Effective standing = effective(rows, vantage);
      CHECK(record.status(vantage) == status(steps(rows, standing), vantage.as_of));
      CHECK(record.status(vantage) == status_of(log, name, vantage));
      CHECK(record.explain(vantage).status == record.status(vantage));
      CHECK(record.timeline(vantage).size() == timeline(rows, standing, vantage).size());
      CHECK(record.plans(vantage) == plans(rows, plan_keys(record.events()), standing, vantage));
      CHECK(record.figures(vantage) == figures(record.events(), rows, standing, vantage));
      for (const TimelineMark& mark : record.timeline(vantage))
        CHECK(record.event(mark.revision).revision == mark.revision);
      const Vantage nothing_known{day("2025-12-31"), day("2000-01-01"), kNewest};
      const SubjectDiff diff = record.diff(nothing_known, vantage);
      CHECK(diff.before.status == Status::unrecorded);
      CHECK(diff.after == record.status(vantage));
    }
    return true;
  }));
}
