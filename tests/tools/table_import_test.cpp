// Tables and their releases, as an analyst takes them in with the program.

#include <doctest/doctest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Started : Workshop {
  Started() { REQUIRE(solnoma({"init"}).exit == 0); }
};

const std::string kMapping = R"(dataset = "parks"
source = "https://example.org/parks"
publisher = "Ministry"
key = "ID"
kind = "park"
[name]
ru = "{Name}"
[status]
column = "Status"
[status.words]
"действует" = ["opened"]
"строится" = ["construction-started"]
[status.dates]
opened = "Opened?"
)";

/// The status of every subject as of and as known on a day.
std::map<std::string, std::string> statuses(const Workshop& workshop, const std::string& day) {
  const Run run =
      workshop.solnoma({"status", "--format", "json", "--as-of", day, "--known-by", day});
  rapidjson::Document json;
  json.Parse(run.out.c_str());
  REQUIRE(json.IsObject());
  std::map<std::string, std::string> statuses;
  for (const auto& subject : json["subjects"].GetArray())
    statuses[subject["subject"].GetString()] = subject["status"].GetString();
  return statuses;
}

/// Which subject each key of a source has: that of its newest description.
std::map<std::string, std::string> subjects_of_keys(const Workshop& workshop,
                                                    const std::string& source) {
  std::map<std::string, std::string> subjects;
  std::istringstream lines(workshop.exported());
  for (std::string line; std::getline(lines, line);) {
    rapidjson::Document json;
    json.Parse(line.c_str());
    const std::string id = json["id"].GetString();
    const std::size_t end = id.rfind("/described");
    if (end != std::string::npos && json["source"] == source.c_str())
      subjects[id.substr(0, end)] = json["subject"].GetString();
  }
  return subjects;
}

/// Key and status of the rows of a plain CSV without line breaks in its cells.
std::map<std::string, std::string> words_of(const std::string& path, const std::string& key,
                                            const std::string& status) {
  const auto cells_of = [](const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        cells.emplace_back();
      else if (c != '\r')
        cells.back() += c;
    }
    return cells;
  };
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  const auto header = cells_of(line);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
  };
  std::map<std::string, std::string> words;
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    words[cells.at(column(key))] = cells.at(column(status));
  }
  return words;
}

}  // namespace

TEST_CASE("a table without a mapping is no file of a thousand errors") {
  const Started workshop;
  const std::string table = workshop.file("parks.csv", "ID,Name,Status\n1,A,x\n2,B,y\n");
  const Run run = workshop.solnoma({"import", table});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "it is a table, and nothing says what its columns mean"));
  CHECK(contains(run.err, "solnoma import --guess"));
  CHECK(contains(workshop.solnoma({"import", workshop.file("x.pdf", "%PDF-1.4")}).err,
                 "it is a PDF document, not a table"));
}

TEST_CASE("a table is guessed, checked, imported, and its rejected rows come back") {
  const Started workshop;
  const std::string table = workshop.file("parks.csv",
                                          "\xEF\xBB\xBFID;Name;Status;Opened\n1;Чирчик;строится;"
                                          "\n2;Джизак;действует;04.2023\n3;Навои;пусто;\n");
  const Run guess = workshop.solnoma({"import", "--guess", table});
  CHECK(contains(guess.out, "key = [\"ID\"]"));
  const std::string map = workshop.file("parks.toml", kMapping);
  CHECK(contains(workshop.solnoma({"import", "--map", map, table}).err,
                 "nothing says when this table became known"));
  const std::vector<std::string> with = {"import", "--map", map, "--known", "2024-06"};
  const auto import = [&](std::vector<std::string> more) {
    more.insert(more.begin(), with.begin(), with.end());
    return workshop.solnoma(more);
  };
  const Run check = import({"--check", table});
  CHECK(check.exit == 1);
  CHECK(contains(check.out, "1  the mapping does not say what this status means, in Status: " +
                                table + ":4 'пусто'"));
  CHECK(contains(check.out, "park/2: unrecorded → operating"));
  CHECK(workshop.exported().empty());
  CHECK(import({table}).exit == 1);
  CHECK(workshop.exported().empty());
  const std::string rejects = workshop.path("rejects.csv");
  CHECK(import({"--set-aside", "--rejects", rejects, table}).out.starts_with("4 new"));
  CHECK(contains(content(rejects), "3,Навои,пусто,,"));
  std::string corrected = content(rejects);
  corrected.replace(corrected.find("пусто,,"), std::string("пусто").size(), "действует");
  const Run rest = import({workshop.file("corrected.csv", corrected)});
  CHECK(rest.out.starts_with("2 new"));
  CHECK(contains(workshop.solnoma({"status"}).out, "park/3"));
  const Run list = workshop.solnoma({"imports", "--format", "json"});
  CHECK(std::regex_search(list.out, std::regex("\"mapping\":\"[0-9a-f]{64}\"")));
  CHECK(contains(list.out, "\"occurred\":\"2024-06\""));
}

TEST_CASE("a mapping that is wrong is told with its line") {
  const Started workshop;
  const std::string table = workshop.file("parks.csv", "ID,Name,Status\n1,A,x\n");
  const std::string map = workshop.file("bad.toml", "key = \"ID\"\nstatsu = 1\n");
  const Run run = workshop.solnoma({"import", "--map", map, "--known", "2024", table});
  CHECK(run.exit == 1);
  CHECK(contains(run.err, "this key is not known, in " + map + ":2, statsu; did you mean status?"));
  CHECK(workshop.solnoma({"import", "--map", "/nowhere.toml", table}).exit == 2);
}

TEST_CASE("a large file that finds no room for its copy is refused, and nothing recorded") {
  const Started workshop;
  const std::string table =
      workshop.file("big.csv", "ID,Name,Status\n" + std::string(20 << 20, '\n') + "1,A,x\n");
  setenv("TMPDIR", "/nowhere/at/all", 1);
  const Run run = workshop.solnoma(
      {"import", "--map", workshop.file("m.toml", kMapping), "--known", "2024", table});
  unsetenv("TMPDIR");
  CHECK(run.exit == 2);
  CHECK(contains(run.err, "cannot keep a copy of " + table + " in /nowhere/at/all"));
  CHECK(workshop.exported().empty());
}

TEST_CASE("a release that lost much is refused until that is said") {
  const Started workshop;
  const std::string map = workshop.file("parks.toml", kMapping);
  const auto release = [&](const std::string& rows, const std::string& day,
                           std::vector<std::string> more = {}) {
    std::vector<std::string> command = {
        "import",
        "--map",
        map,
        "--known",
        day,
        "--snapshot",
        workshop.file("r" + day + ".csv", "ID,Name,Status,Opened\n" + rows)};
    command.insert(command.end(), more.begin(), more.end());
    return workshop.solnoma(command);
  };
  CHECK(release("1,A,строится,\n2,B,строится,\n", "2024-01-01").exit == 0);
  const Run lost = release("1,A,действует,2024\n", "2025-01-01");
  CHECK(lost.exit == 1);
  CHECK(contains(lost.err, "1 of 2 subjects of this source are not in this release: park/2"));
  const std::string changes = workshop.path("changes.md");
  const Run told =
      release("1,A,действует,2024\n", "2025-01-01", {"--vanished", "delist", "--changes", changes});
  CHECK(told.out.starts_with("2 new, 0 recorded already"));
  CHECK(contains(content(changes), "| park/1 | A | status | under-construction | operating |"));
  CHECK(contains(content(changes), "- no longer listed: 1"));
  CHECK(contains(release("1,A,строится,\n", "2024-06-01").err,
                 "the log has what this source told on 2025-01-01"));
}

TEST_CASE("after each release of a public tracker all statuses are those of the release" *
          doctest::test_suite("long")) {
  const std::string trackers = std::string(SOLNOMA_SHARED) + "/trackers/";
  if (!std::filesystem::exists(trackers)) {
    MESSAGE("skipped: the trackers are not there");
    return;
  }
  const std::map<std::string, std::string> meant = {
      {"operating", "operating"}, {"pre-construction", "agreed"},
      {"announced", "announced"}, {"construction", "under-construction"},
      {"cancelled", "cancelled"}, {"shelved", "suspended"},
      {"retired", "retired"},     {"mothballed", "suspended"}};
  const Started workshop;
  const std::string map = workshop.file("geothermal.toml", R"toml(
dataset = "geothermal"
source = "urn:tracker"
key = "GEM unit ID"
slug = "{project name} [{unit name}]"
[name]
en = "{project name} [{unit name}]"
[status]
column = "status"
[status.words]
operating = ["opened"]
pre-construction = ["agreement-signed"]
announced = ["announced"]
construction = ["construction-started"]
cancelled = ["cancelled"]
shelved = ["suspended"]
retired = ["retired"]
mothballed = ["opened", "suspended"]
[status.plans]
pre-construction = ["opened"]
announced = ["opened"]
construction = ["opened"]
[status.dates]
opened = "start year"
retired = "retired year?"
[description]
country = ["country/area", "country"]
region = "state/province"
latitude = "lat"
longitude = "lng"
[[quantity]]
measure = "capacity"
column = ["unit capacity (mw)", "capacity (mw)"]
unit = "MW"
accrual = "level"
[known]
file_name = '(\d{4}-\d{2}-\d{2})'
)toml");
  const std::pair<const char*, const char*> releases[] = {{"2024-06-10", "gem_unit_id"},
                                                          {"2025-03-18", "gem-unit-id"}};
  for (const auto& [day, column] : releases) {
    const std::string file = trackers + "gem-geothermal-" + day + ".csv";
    const Run run = workshop.solnoma({"import", "--map", map, "--snapshot", file});
    REQUIRE_MESSAGE(run.exit == 0, run.err);
    CHECK(contains(workshop.solnoma({"import", "--map", map, "--snapshot", file}).out,
                   "0 new, 0 rec"));
  }
  const auto subjects = subjects_of_keys(workshop, "urn:tracker");
  for (const auto& [day, column] : releases) {
    const auto found = statuses(workshop, day);
    const auto words = words_of(trackers + "gem-geothermal-" + day + ".csv", column, "status");
    CHECK(words.size() > 500);
    for (const auto& [key, word] : words) {
      INFO(day, " ", key, " ", word);
      REQUIRE(subjects.contains(key));
      CHECK(found.at(subjects.at(key)) == meant.at(word));
    }
  }
}

TEST_CASE("releases of one process in several files are read as one, or one after the other") {
  const std::string ocds = std::string(SOLNOMA_SHARED) + "/ocds/";
  if (!std::filesystem::exists(ocds)) {
    MESSAGE("skipped: the example of OCDS is not there");
    return;
  }
  std::vector<std::string> files;
  for (const char* const stage : {"01-planning", "02-tender", "03-tenderAmendment", "04-award",
                                  "05-contract", "06-implementation"})
    files.push_back(ocds + "ocds-213czf-" + stage + ".json");
  const Started together, apart;
  std::vector<std::string> command = {"import"};
  command.insert(command.end(), files.begin(), files.end());
  const Run run = together.solnoma(command);
  CHECK(run.out.starts_with("19 new, 0 recorded already\n"));
  CHECK(contains(together.solnoma({"imports"}).out, "6 rows      19 events"));
  CHECK(together.solnoma(command).out.starts_with("0 new, 19 recorded already\n"));
  for (const std::string& file : files)
    CHECK(apart.solnoma({"import", "--snapshot", file}).exit == 0);
  for (const char* const day : {"2009-12-31", "2010-03-31", "2010-12-31", "2011-12-31"})
    CHECK(statuses(together, day) == statuses(apart, day));
}
