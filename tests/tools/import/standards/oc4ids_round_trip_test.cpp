// What is written as OC4IDS says the same when it is read again.

#include "events/history.hpp"
#include "events/subject.hpp"
#include "tests/support/builders.hpp"
#include "tests/tools/import/standards/read_all.hpp"
#include "tools/import/standards/oc4ids.hpp"
#include "tools/report/files/oc4ids.hpp"

namespace solnoma::test {
namespace {

/// A log of events, as it would be written.
class Written {
 public:
  explicit Written(const std::vector<Event>& events) : events_(events) {
    REQUIRE(Journal::create(disk_, "/store"));
    journal_ = open_journal(disk_, "/store", clock_).value();
    const auto appended = append(*journal_, events);
    REQUIRE(appended);
  }

  Result<std::string> package(const std::string& as_of) const {
    std::string text;
    const auto report = Report::of(journal_->log(), vantage(as_of), Language::en, {}).value();
    const auto ok = oc4ids_package(report, [&](std::string_view piece) { text += piece; });
    if (!ok) return std::unexpected(ok.error());
    return text;
  }

  /// By the subject that a project of that name has when it is read.
  std::map<std::string, std::string> statuses(const std::string& as_of) const {
    std::map<std::string, std::string> all;
    for (const Event& event : events_) {
      if (!has_status(event.subject)) continue;
      const auto rows =
          journal_->log().rows(*journal_->log().subject(event.subject).value()).value();
      const Effective effective = solnoma::effective(rows, vantage(as_of));
      const Status found = status(steps(rows, effective), vantage(as_of).as_of).status;
      std::string subject = "project/" + event.subject;
      subject[subject.rfind('/')] = '-';
      if (found != Status::unrecorded) all[subject] = name(found);
    }
    return all;
  }

 private:
  static Vantage vantage(const std::string& as_of) {
    return {.as_of = day(as_of), .known_by = day(as_of)};
  }

  std::vector<Event> events_;
  Disk disk_ = Disk::memory();
  ManualClock clock_;
  std::unique_ptr<Journal> journal_;
};

std::map<std::string, std::string> read_again(const std::string& package,
                                              const std::string& as_of) {
  const ReadAll all = read_all(open_oc4ids, text(package));
  CHECK(all.problems() == "");
  CHECK(invalid(all.events()) == "");
  auto found = statuses(all.events(), as_of);
  std::erase_if(found, [](const auto& each) { return each.second == "unrecorded"; });
  return found;
}

}  // namespace

TEST_CASE("every status is the same once it was written and read again") {
  std::vector<Event> events;
  const auto add = [&](const char* type, const char* occurred, const char* subject) {
    events.push_back(event(fmt::format("{}-{}", subject, events.size()), type, occurred,
                           "2024-01-31", fmt::format("park/{}", subject)));
  };
  add("announced", "2020", "announced");
  add("agreement-signed", "2021-05", "agreed");
  add("construction-started", "", "begun");
  add("construction-completed", "2022-03-31", "completed");
  add("production-started", "2023", "operating");
  add("construction-started", "2022", "suspended");
  add("suspended", "2023", "suspended");
  add("agreement-signed", "2022", "resumed");
  add("suspended", "2023", "resumed");
  add("resumed", "2023-12", "resumed");
  add("opened", "2019", "retired");
  add("retired", "2023", "retired");
  add("construction-started", "2019", "cancelled");
  add("cancelled", "2023", "cancelled");
  add("construction-started", "2021", "reinstated");
  add("cancelled", "2022", "reinstated");
  add("reinstated", "2023", "reinstated");
  Event plan = event("plan", "opened", "2030", "2024-01-31", "park/planned");
  plan.modality = Modality::planned;
  events.push_back(plan);
  const Written written(events);
  const auto expected = written.statuses("2024-06-30");
  CHECK(expected.size() == 11);
  CHECK(read_again(written.package("2024-06-30").value(), "2024-06-30") == expected);
}

TEST_CASE("the shipped history has the same statuses once it was written and read again") {
  const Written written(shipped_history().value());
  for (const char* as_of : {"2024-02-02", "2025-10-01", "2025-11-12", "2025-12-31", "2026-11-26"}) {
    const auto expected = written.statuses(as_of);
    CHECK(expected.size() >= 3);
    CHECK(read_again(written.package(as_of).value(), as_of) == expected);
  }
}

TEST_CASE("a plan and what met it are one milestone, a budget is an amount") {
  Event plan = event("plan", "opened", "2023-05", "2022-01-31");
  plan.modality = Modality::planned;
  Event budget = event("budget", "investment-reported", "2022", "2024-01-31");
  budget.quantities = {{"budget", "1250.50", "EUR"}};
  const Written written({plan, event("opened", "opened", "2023-06-07", "2024-01-31"), budget});
  const std::string package = written.package("2024-06-30").value();
  CHECK(package.contains(
      R"("code":"opened","description":"2023-06-07","dueDate":"2023-05-31T00:00:00Z",)"
      R"("dateMet":"2023-06-07T00:00:00Z","status":"met"})"));
  CHECK(package.contains(R"("budget":{"amount":{"amount":1250.50,"currency":"EUR"}})"));
  CHECK(package.contains(R"("updated":"2024-01-31T00:00:00Z")"));
  const ReadAll all = read_all(open_oc4ids, text(package));
  CHECK(all.find("park/chirchik/opened/milestones/opened/plan")->occurred == "2023-05-31");
  CHECK(all.find("park/chirchik/opened/milestones/opened")->occurred == "2023-06-07");
  CHECK(all.find("park/chirchik/investment-reported/budget")->quantities.at(0).value == "1250.5");
}

TEST_CASE("a package without a project is none, and is refused") {
  const Written written({event("a", "opened", "2023", "2024-01-31")});
  const auto early = written.package("2020-01-01");
  REQUIRE(!early);
  CHECK(early.error().what ==
        "no project is seen from this vantage, and a package has one at least");
}

}  // namespace solnoma::test
