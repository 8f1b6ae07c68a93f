// Releases of a table, one after the other: after each the statuses are those of the release, and
// from the day of an earlier one still those of that.

#include "tools/import/snapshot/snapshot.hpp"

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <random>

#include "events/chronicle.hpp"
#include "projections/effective.hpp"
#include "projections/status.hpp"
#include "tests/support/clocks.hpp"
#include "tests/support/contains.hpp"
#include "tools/import/recorder.hpp"

namespace solnoma {
namespace {

const std::string kMapping = R"(
dataset = "t"
key = "id"
slug = "{name}"
[name]
und = "{name}"
[status]
column = "status"
[status.words]
announced = ["announced"]
proposed = ["announced"]
permitted = ["agreement-signed"]
construction = ["construction-started"]
operating = ["opened"]
mothballed = ["opened", "suspended"]
shelved = ["suspended"]
cancelled = ["cancelled"]
retired = ["retired"]
[status.plans]
announced = ["opened"]
proposed = ["opened"]
permitted = ["opened"]
construction = ["opened"]
[status.dates]
opened = "start"
[description]
latitude = "lat"
longitude = "lon"
[[quantity]]
measure = "capacity"
column = "mw"
unit = "MW"
accrual = "level"
)";

/// What a row means, told apart from how that is found out.
const std::map<std::string, Status> kMeant = {
    {"announced", Status::announced}, {"proposed", Status::announced},
    {"permitted", Status::agreed},    {"construction", Status::under_construction},
    {"operating", Status::operating}, {"mothballed", Status::suspended},
    {"shelved", Status::suspended},   {"cancelled", Status::cancelled},
    {"retired", Status::retired}};

struct Line {
  std::string name, status, start, mw = "5", lat = "41", lon = "69";
};
using Table = std::map<std::string, Line>;  // by id

std::string csv(const Table& table) {
  std::string text = "id,name,status,start,mw,lat,lon\n";
  for (const auto& [id, line] : table)
    text += id + "," + line.name + "," + line.status + "," + line.start + "," + line.mw + "," +
            line.lat + "," + line.lon + "\n";
  return text;
}

class Chronicle {
 public:
  Chronicle() {
    REQUIRE(Journal::create(disk_, "/store"));
    auto journal = open_journal(disk_, "/store", clock_);
    REQUIRE(journal);
    journal_ = std::move(*journal);
  }

  struct Taken {
    ImportSummary summary;
    std::string changes;
    std::vector<Rename> renames;
    std::string refused;
  };

  Taken take(const Table& table, const std::string& known, OnVanished vanished = OnVanished::delist,
             RenameAnswers answers = {}) {
    auto mapping = mapping_from_toml(kMapping, "m");
    REQUIRE(mapping);
    ReadOptions options;
    options.known = *known_from_text(known);
    const FileContent file = FileContent::of_text("t.csv", csv(table));
    Taken taken;
    auto snapshot = Snapshot::of(
        journal_->log(),
        [=](const KnownSubjects& subjects) {
          return open_table(file, *mapping, options, subjects);
        },
        std::move(answers));
    if (!snapshot) {
      taken.refused = snapshot.error().what;
      return taken;
    }
    taken.renames = (*snapshot)->likely_renames();
    auto rows = (*snapshot)->rows(vanished);
    if (!rows) {
      taken.refused = rows.error().what;
      return taken;
    }
    auto recorder = Recorder::to(
        *journal_, {.latest = *day_from_text("2100-01-01"), .today = *day_from_text("2100-01-01")});
    REQUIRE(recorder);
    auto read = (*recorder)->read(**rows, {"t.csv", {}});
    REQUIRE_MESSAGE(read, read.error().what, " in ", read.error().where);
    auto summary = (*recorder)->finish();
    REQUIRE_MESSAGE(summary, summary.error().what);
    taken.summary = std::move(*summary);
    taken.changes = (*snapshot)->summary("t");
    return taken;
  }

  void record(const Event& event) { REQUIRE(append(*journal_, {&event, 1})); }

  [[nodiscard]] std::vector<StoredEvent> events(const std::string& subject) const {
    auto events = fetch_subject(journal_->log(), subject);
    REQUIRE(events);
    return *events;
  }

  [[nodiscard]] Status status(const std::string& id, const std::string& day) const {
    const auto position = journal_->log().find("urn:solnoma:dataset:t", id + "/described");
    REQUIRE(position);
    if (!*position) return Status::unrecorded;
    const auto stored = fetch(journal_->log(), {&**position, 1});
    const auto number = journal_->log().subject(stored->front().event.subject);
    const auto rows = journal_->log().rows(**number);
    REQUIRE(rows);
    const Day known = *day_from_text(day);
    const Vantage vantage{.as_of = known, .known_by = known};
    return solnoma::status(steps(*rows, effective(*rows, vantage)), known).status;
  }

  [[nodiscard]] const Log& log() const { return journal_->log(); }

 private:
  Disk disk_ = Disk::memory();
  test::TickingClock clock_;
  std::unique_ptr<Journal> journal_;
};

std::optional<StoredEvent> last(const std::vector<StoredEvent>& events, const std::string& type) {
  std::optional<StoredEvent> found;
  for (const StoredEvent& each : events)
    if (each.event.type == type) found = each;
  return found;
}

}  // namespace

TEST_CASE("the same release again is nothing new") {
  Chronicle c;
  const Table table = {{"A", {"a", "operating", "2010"}}, {"B", {"b", "shelved", ""}}};
  CHECK(c.take(table, "2024-01-01").summary.recorded == 6);
  const auto again = c.take(table, "2024-01-01");
  CHECK(again.summary.recorded == 0);
  CHECK(test::contains(again.changes, "Nothing changed."));
  CHECK(c.take(table, "2025-01-01").summary.recorded == 0);
}

TEST_CASE("a stage that rose is a milestone: on the day of the row, or between the releases") {
  Chronicle c;
  c.take({{"A", {"a", "announced", ""}}, {"B", {"b", "construction", ""}}}, "2024-01-01");
  c.take({{"A", {"a", "construction", ""}}, {"B", {"b", "operating", "2024"}}}, "2025-01-01");
  const auto a = c.events("project/a"), b = c.events("project/b");
  CHECK(last(a, "construction-started")->event.occurred == "[2024-01-01..2025-01-01]");
  CHECK(last(a, "construction-started")->event.label == "construction");
  CHECK(last(b, "opened")->event.occurred == "2024");
  CHECK(!last(a, "retracted").has_value());
  CHECK(c.status("A", "2024-12-31") == Status::announced);
  CHECK(c.status("A", "2025-01-01") == Status::under_construction);
}

TEST_CASE("a stage that fell was wrong; a day that changed, too") {
  Chronicle c;
  c.take({{"A", {"a", "operating", "2020"}}, {"B", {"b", "operating", "2010"}}}, "2024-01-01");
  const auto taken =
      c.take({{"A", {"a", "construction", ""}}, {"B", {"b", "operating", "2011"}}}, "2025-01-01");
  CHECK(last(c.events("project/a"), "retracted")->event.supersedes == "A/opened");
  const auto corrected = last(c.events("project/b"), "opened");
  CHECK(corrected->event.supersedes == "B/opened");
  CHECK(corrected->event.occurred == "2011");
  CHECK(test::contains(taken.changes, "| project/b | b | opened | 2010 | 2011 |"));
  CHECK(
      test::contains(taken.changes, "| project/a | a | status | operating | under-construction |"));
}

TEST_CASE("a target that moved is a revision, a word that changed a label, a number a newer one") {
  Chronicle c;
  c.take({{"A", {"a", "announced", "2026"}}}, "2024-01-01");
  const auto taken = c.take({{"A", {"a", "proposed", "2028", "7"}}}, "2025-01-01");
  const auto events = c.events("project/a");
  const auto plan = last(events, "opened");
  CHECK(plan->event.occurred == "2028");
  CHECK(plan->event.supersedes.empty());
  CHECK(last(events, "announced")->event.label == "proposed");
  CHECK(last(events, "announced")->event.supersedes == "A/announced");
  CHECK(last(events, "announced")->event.occurred == "[..2024-01-01]");  // as was known then
  CHECK(last(events, "indicator-reported")->event.quantities[0].value == "7");
  CHECK(last(events, "indicator-reported")->event.supersedes.empty());
  CHECK(test::contains(taken.changes, "moved plans: 1"));
  CHECK(test::contains(taken.changes, "changed words of the status: 1"));
}

TEST_CASE("what covered a status is lifted, and may come again") {
  Chronicle c;
  c.take({{"A", {"a", "operating", "2010"}}}, "2020-01-01");
  c.take({{"A", {"a", "mothballed", "2010"}}}, "2021-01-01");
  c.take({{"A", {"a", "operating", "2010"}}}, "2022-01-01");
  c.take({{"A", {"a", "mothballed", "2010"}}}, "2023-01-01");
  c.take({{"A", {"a", "cancelled", ""}}}, "2024-01-01");
  c.take({{"A", {"a", "operating", "2010"}}}, "2025-01-01");
  const std::pair<const char*, Status> expected[] = {
      {"2020-01-01", Status::operating}, {"2021-01-01", Status::suspended},
      {"2022-01-01", Status::operating}, {"2023-01-01", Status::suspended},
      {"2024-01-01", Status::cancelled}, {"2025-01-01", Status::operating}};
  for (const auto& [day, status] : expected) {
    INFO(day);
    CHECK(c.status("A", day) == status);
  }
  CHECK(last(c.events("project/a"), "resumed").has_value());
  CHECK(last(c.events("project/a"), "reinstated").has_value());
  CHECK(!last(c.events("project/a"), "retracted").has_value());
}

TEST_CASE("what vanished is told as delisted; where it is much, only if that is said") {
  Chronicle c;
  Table table;
  for (int i = 0; i < 10; ++i)
    table["K" + std::to_string(i)] = {"p" + std::to_string(i), "operating", "2010"};
  c.take(table, "2024-01-01");
  Table fewer = table;
  fewer.erase("K3");
  CHECK(c.take(fewer, "2024-06-01", OnVanished::few).summary.recorded == 1);
  CHECK(last(c.events("project/p3"), "delisted").has_value());
  CHECK(c.status("K3", "2024-06-01") == Status::operating);  // nobody says that it closed
  CHECK(c.take(fewer, "2024-06-02", OnVanished::few).summary.recorded == 0);
  for (const char* const gone : {"K0", "K1", "K2"}) fewer.erase(gone);
  CHECK(c.take(fewer, "2024-07-01", OnVanished::few)
            .refused.starts_with("3 of 10 subjects of this source are not in this release"));
  CHECK(c.take(fewer, "2024-07-01", OnVanished::ignore).summary.recorded == 0);
  CHECK(c.take(fewer, "2024-07-01", OnVanished::delist).summary.recorded == 3);
  // Listed again.
  CHECK(c.take(table, "2024-08-01").summary.recorded == 4);
  CHECK(last(c.events("project/p3"), "retracted")->event.supersedes == "K3/delisted");
  CHECK(c.take(table, "2024-08-01").summary.recorded == 0);
}

TEST_CASE("a key that changed is asked about, and the subject goes on under the new one") {
  Chronicle c;
  c.take({{"A", {"north plant one", "construction", ""}}, {"B", {"south mine", "operating", ""}}},
         "2024-01-01");
  const Table renamed = {{"A2", {"north plant 1 one", "operating", "2024"}},
                         {"B", {"south mine", "operating", ""}}};
  const auto asked = c.take(renamed, "2025-01-01", OnVanished::few);
  REQUIRE(asked.renames.size() == 1);
  CHECK(asked.renames[0].old_key == "A");
  CHECK(asked.renames[0].new_key == "A2");
  CHECK(asked.renames[0].score >= 60);
  CHECK(!asked.refused.empty());
  const std::string file = renames_to_csv(asked.renames);
  CHECK(renames_from_csv(FileContent::of_text("r.csv", file))->open ==
        std::vector<std::string>{"A2"});
  auto answers =
      renames_from_csv(FileContent::of_text("r.csv", file.substr(0, file.size() - 1) + "Yes\n"));
  REQUIRE(answers);
  CHECK(c.take(renamed, "2025-01-01", OnVanished::few, *answers).refused.empty());
  const auto events = c.events("project/north-plant-one");
  CHECK(last(events, "opened")->event.id == "A2/opened");
  CHECK(last(events, "described")->event.id == "A2/described");
  CHECK(last(events, "described")->event.supersedes == "A/described");
  // From then on it has the new key, and nobody asks again.
  const auto later =
      c.take({{"A2", {"north plant 1 one", "retired", ""}}, {"B", {"south mine", "operating", ""}}},
             "2026-01-01", OnVanished::few);
  CHECK(later.renames.empty());
  CHECK(last(c.events("project/north-plant-one"), "retired")->event.id == "A2/retired");
  CHECK(renames_from_csv(FileContent::of_text("r.csv", "a,b\n")).error().what ==
        "these are no renames");
}

TEST_CASE("a new key with the name of an old one gets a subject of its own") {
  Chronicle c;
  c.take({{"A", {"twin", "operating", ""}}}, "2024-01-01");
  c.take({{"A", {"twin", "operating", ""}}, {"B", {"twin", "cancelled", ""}}}, "2025-01-01");
  CHECK(c.status("A", "2025-01-01") == Status::operating);
  CHECK(c.status("B", "2025-01-01") == Status::cancelled);
  CHECK(c.log().subject("project/twin-b")->has_value());
}

TEST_CASE("what others have corrected stays so while the source only repeats itself") {
  Chronicle c;
  c.take({{"A", {"a", "operating", "2010"}}}, "2024-01-01");
  Event correction;
  correction.id = "c1";
  correction.source = "urn:analyst";
  correction.subject = "project/a";
  correction.type = "opened";
  correction.occurred = "2012";
  correction.known = *day_from_text("2024-03-01");
  correction.supersedes = "A/opened";
  correction.supersedes_source = "urn:solnoma:dataset:t";
  c.record(correction);
  CHECK(c.take({{"A", {"a", "operating", "2010"}}}, "2025-01-01").summary.recorded == 0);
  const auto taken = c.take({{"A", {"a", "operating", "2011"}}}, "2026-01-01");
  CHECK(taken.summary.recorded == 1);
  CHECK(last(c.events("project/a"), "opened")->event.supersedes == "c1");
  CHECK(test::contains(taken.changes, "told anew, though others had corrected them: 1"));
}

TEST_CASE("releases come in their order") {
  Chronicle c;
  c.take({{"A", {"a", "operating", ""}}}, "2025-01-01");
  CHECK(c.take({{"A", {"a", "announced", ""}}}, "2024-01-01")
            .refused.starts_with("the log has what this source told on 2025-01-01"));
}

TEST_CASE("after any releases the statuses are those of each, from its day" *
          doctest::test_suite("long")) {
  std::mt19937_64 random(26112026);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::vector<std::string> words;
  for (const auto& [word, status] : kMeant) words.push_back(word);
  for (int round = 0; round < 60; ++round) {
    Chronicle c;
    Table table;
    std::vector<std::pair<std::string, Table>> releases;
    for (int year = 2018; year < 2026; ++year) {
      for (int i = 0; i < 8; ++i) {
        const std::string id = "K" + std::to_string(i);
        if (below(3) == 0) {
          table.erase(id);
          if (below(4) == 0) continue;
        }
        if (table.contains(id) && below(2) == 0) continue;
        const std::string& word = words[below(words.size())];
        const bool open = word == "operating" || word == "mothballed";
        const int base = open ? 2000 : 2027;
        table[id] = {"p" + std::to_string(i), word,
                     below(2) == 0 ? "" : std::to_string(base + static_cast<int>(below(9))),
                     std::to_string(1 + below(3))};
      }
      const std::string day = std::to_string(year) + "-03-01";
      const auto taken = c.take(table, day);
      REQUIRE(taken.refused == "");
      releases.emplace_back(day, table);
      for (const auto& [known, release] : releases)
        for (const auto& [id, line] : release) {
          INFO(round, " ", day, " known by ", known, " ", id, " ", line.status, " ", line.start);
          CHECK(c.status(id, known) == kMeant.at(line.status));
        }
      CHECK(c.take(table, day).summary.recorded == 0);
    }
  }
}

}  // namespace solnoma
