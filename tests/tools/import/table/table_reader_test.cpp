// What the rows of a table become.

#include "tools/import/table/table_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "events/exchange.hpp"
#include "events/validate.hpp"

namespace solnoma {
namespace {

const std::string kMapping = R"(
dataset = "parks"
source = "https://example.org/parks"
publisher = "Ministry"
licence = "CC BY 4.0"
key = "ID"
kind = "park"
slug = "{Name} [{Phase}]"
[name]
ru = "{Name}[, очередь {Phase}]"
[status]
column = "Status"
[status.words]
operating = ["opened"]
construction = ["construction-started"]
mothballed = ["opened", "suspended"]
[status.plans]
construction = ["opened"]
[status.dates]
opened = "Start"
[description]
country = "Country"
latitude = "Lat"
longitude = "Lon"
[[partner]]
column = "Owner"
role = "owner"
[[quantity]]
measure = "capacity"
column = "MW"
unit = "MW"
accrual = "level"
[[address]]
column = "Links"
separator = ","
[[plan]]
type = "construction-completed"
date = "Planned end"
part = "phase-1"
[[skip]]
column = "Status"
is = ["cancelled in error"]
)";
const std::string kHeader =
    "ID,Name,Phase,Status,Start,Country,Lat,Lon,Owner,MW,Links,Planned end,Extra\n";

struct Read {
  std::vector<ImportRow> rows;
  ReadNotes notes;
  std::unique_ptr<RowReader> reader;
};

Read read(const std::string& table, const std::string& mapping = kMapping,
          const std::string& known = "2024-06-10") {
  auto parsed = mapping_from_toml(mapping, "m.toml");
  REQUIRE_MESSAGE(parsed, parsed.error().what);
  ReadOptions options;
  options.originals = true;
  if (!known.empty()) options.known = *known_from_text(known);
  auto reader = open_table(FileContent::of_text("parks.csv", table), *parsed, options);
  REQUIRE_MESSAGE(reader, reader.error().what);
  Read read;
  ImportRow row;
  for (;;) {
    auto more = (*reader)->next(row);
    REQUIRE_MESSAGE(more, more.error().what);
    if (!*more) break;
    read.rows.push_back(row);
  }
  read.notes = (*reader)->notes();
  read.reader = std::move(*reader);
  return read;
}

std::string problems(const ImportRow& row) {
  std::string all;
  for (const Problem& problem : row.problems)
    all += (all.empty() ? "" : "; ") + problem.field + ": " + text_of(problem);
  return all;
}

const Event* find(const ImportRow& row, const std::string& id) {
  const auto found =
      std::ranges::find_if(row.events, [&](const auto& e) { return e.event.id == id; });
  return found == row.events.end() ? nullptr : &found->event;
}

std::string open_refusal(const std::string& table, const std::string& mapping,
                         const ReadOptions& options) {
  auto parsed = mapping_from_toml(mapping, "m.toml");
  REQUIRE(parsed);
  auto reader = open_table(FileContent::of_text("parks.csv", table), *parsed, options);
  REQUIRE(!reader);
  return reader.error().what + " | " + reader.error().where + " | " + reader.error().remedy;
}

}  // namespace

TEST_CASE("a row becomes what it says: a description, milestones with a label, plans, figures") {
  const Read table = read(kHeader +
                          "P1,Чирчик,1,operating,2018.0,Uzbekistan,41.47,69.58,A [60%]; B (40 "
                          "%),\"1,250.5\",\"https://a.uz, https://b.uz\",03.2020,x\n");
  REQUIRE(table.rows.size() == 1);
  const ImportRow& row = table.rows.front();
  REQUIRE(problems(row) == "");
  CHECK(row.line == 2);
  REQUIRE(row.events.size() == 4);
  for (const Exchanged& each : row.events) {
    CHECK(validate(each.event));
    CHECK(each.event.subject == "park/circik-1");
    CHECK(each.event.source == "https://example.org/parks");
    CHECK(to_string(known_of(each.event)) == "2024-06-10");
    REQUIRE(each.event.sources.size() == 2);
    CHECK(each.event.sources[1].url == "https://b.uz");
    CHECK(each.event.sources[0].note == LocalText("CC BY 4.0"));
  }
  const Event* const described = find(row, "P1/described");
  REQUIRE(described);
  CHECK(described->description->names.ru == "Чирчик, очередь 1");
  CHECK(described->description->country == "UZ");
  CHECK(described->description->latitude == "41.47");
  REQUIRE(described->description->partners.size() == 2);
  CHECK(described->description->partners[0] == Partner{LocalText("A"), "owner", "60", ""});
  CHECK(described->description->partners[1] == Partner{LocalText("B"), "owner", "40", ""});
  const Event* const opened = find(row, "P1/opened");
  REQUIRE(opened);
  CHECK(opened->occurred == "2018");
  CHECK(opened->label == "operating");
  const Event* const capacity = find(row, "P1/capacity");
  REQUIRE(capacity);
  CHECK(capacity->quantities ==
        std::vector<Quantity>{{"capacity", "1250.5", "MW", Bound::exact, "", "", Accrual::level}});
  const Event* const plan = find(row, "P1/plan/construction-completed/phase-1");
  REQUIRE(plan);
  CHECK(plan->modality == Modality::planned);
  CHECK(plan->occurred == "2020-03");
  CHECK(plan->part == "phase-1");
  CHECK(table.notes.left_out == std::map<std::string, std::size_t>{{"column 'Extra'", 1}});
  CHECK(table.notes.repaired.at("\".0\" was cut off years") == 1);
  CHECK(table.notes.repaired.at("thousands separators were taken out of numbers") == 1);
}

TEST_CASE("a status means several milestones, or a plan; its label is that of the last") {
  const Read table =
      read(kHeader + "P1,A,,Mothballed,1990,,,,,,,,\nP2,B,,construction,2030,,,,,,,,\n");
  const Event* const opened = find(table.rows[0], "P1/opened");
  const Event* const suspended = find(table.rows[0], "P1/suspended");
  REQUIRE(opened);
  REQUIRE(suspended);
  CHECK(opened->label.empty());
  CHECK(suspended->label == "Mothballed");
  CHECK(suspended->occurred.empty());
  const Event* const plan = find(table.rows[1], "P2/plan/opened");
  REQUIRE(plan);
  CHECK(plan->occurred == "2030");
  CHECK(find(table.rows[1], "P2/construction-started")->label == "construction");
}

TEST_CASE("what a row has that cannot be meant is told, all of it, with its column") {
  const Read table = read(kHeader + "P1,A,,opne,soon,Atlantis,1,x,,many,,31.02.2020,\n");
  CHECK(problems(table.rows[0]) ==
        "Lat: these are no coordinates: '1, x'; Country: the country is not known: 'Atlantis'; "
        "Status: the mapping does not say what this status means: 'opne'; "
        "Planned end: the date does not exist: '31.02.2020'; MW: it is no number: 'many'");
}

TEST_CASE("a key stands once, and is there") {
  const Read table = read(kHeader + "P1,A,,,,,,,,,,,\nP1,B,,,,,,,,,,,\n,C,,,,,,,,,,,\n");
  CHECK(problems(table.rows[0]) == "");
  CHECK(problems(table.rows[1]) == ": the key stands twice: 'P1'");
  CHECK(problems(table.rows[2]) == ": the row has no key");
}

TEST_CASE("two keys of one slug are told apart, and told of") {
  const Read table = read(kHeader + "P1,Парк,,,,,,,,,,,\nP2,PARK,,,,,,,,,,,\n");
  CHECK(table.rows[0].events[0].event.subject == "park/park");
  CHECK(table.rows[1].events[0].event.subject == "park/park-p2");
  REQUIRE(table.notes.remarks.size() == 1);
  CHECK(table.notes.remarks[0] ==
        "1 keys had the slug of another, and got a longer one: park/park-p2");
}

TEST_CASE("rows that are left out, empty rows and titles above the table are no rows") {
  const Read table = read("Register of parks\n\n" + kHeader +
                          "P1,A,,cancelled in error,,,,,,,,,\n,,,,,,,,,,,,\nP2,B,,,,,,,,,,,\n");
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].line == 6);
  CHECK(table.notes.left_out.at("rows that the mapping skips") == 1);
}

TEST_CASE("when a table became known, a column says, its name, or whoever imports it") {
  CHECK(
      open_refusal(kHeader, kMapping, {}).starts_with("nothing says when this table became known"));
  const std::string by_name = kMapping + "[known]\nfile_name = '(\\d{4}-\\d{2})'\n";
  auto mapping = mapping_from_toml(by_name, "m");
  auto reader = open_table(
      FileContent::of_text("/x/parks-2024-03.csv", kHeader + "P1,A,,,,,,,,,,,\n"), *mapping, {});
  REQUIRE(reader);
  CHECK((*reader)->stated_date() == "2024-03");
  ImportRow row;
  REQUIRE((*reader)->next(row));
  CHECK(to_string(known_of(row.events[0].event)) == "2024-03");
  const Read by_column = read("ID,Seen\nP1,2024-05-02\nP2,\nP3,1990s\n",
                              "dataset = \"d\"\nkey = \"ID\"\n[name]\nen = \"{ID}\"\n"
                              "[known]\ncolumn = \"Seen\"\n",
                              "");
  CHECK(to_string(known_of(by_column.rows[0].events[0].event)) == "2024-05-02");
  CHECK(problems(by_column.rows[1]) == ": the row does not say when it became known");
  CHECK(problems(by_column.rows[2]) ==
        ": it is no day, month or year on which something became known: '199X'");
}

TEST_CASE("a table without a column of the mapping is refused with the nearest") {
  ReadOptions options;
  options.known = *known_from_text("2024");
  CHECK(open_refusal("ID,Nam,Phase,Status,Start,Country,Lat,Lon,Owner,MW,Links,Planned end\nx\n",
                     kMapping, options) ==
        "the table has no column 'Name' | parks.csv | did you mean 'Nam'?");
  CHECK(open_refusal("Key\nx\n", kMapping, options).starts_with("the table has no column 'ID'"));
  CHECK(open_refusal("ID\nx\n", "key = \"ID\"\n", options)
            .starts_with("nothing says whose events these are"));
  CHECK(open_refusal("ID,id\nx,y\n", "dataset = \"d\"\nkey = \"Id\"\n", options) ==
        "several columns are called 'Id' | parks.csv | give them names of their own in the table");
}

TEST_CASE("rejected rows are a table that the same mapping reads") {
  const Read table = read(kHeader + "P1,\"A, \"\"x\"\"\",,opne,,,,,,,,,\n");
  const ImportRow& row = table.rows[0];
  const std::string rejects = table.reader->rejects_head() +
                              table.reader->reject(row.original, row.problems, "parks.csv:2") +
                              table.reader->rejects_tail();
  CHECK(
      rejects.find("parks.csv:2,Status,the mapping does not say what this status means: 'opne'") !=
      std::string::npos);
  const Read again = read(rejects);
  REQUIRE(again.rows.size() == 1);
  CHECK(again.rows[0].original == row.original);
  CHECK(problems(again.rows[0]) == problems(row));
  CHECK(again.notes.left_out.empty());
}

TEST_CASE("a row of more cells than the header has lost a quote") {
  const Read table =
      read("ID\nP1\nP2,x\nP3,\n", "dataset = \"d\"\nkey = \"ID\"\n[name]\nen = \"{ID}\"\n");
  CHECK(problems(table.rows[1]) == ": the row has more cells than the header: '2'");
  CHECK(problems(table.rows[2]) == "");
}

TEST_CASE("what is repaired is counted once a cell, however often the mapping uses it") {
  const Read table = read("Name,Year\nA\u00A0B,2018.0\n",
                          "dataset = \"d\"\nkey = \"Name\"\nslug = \"{Name}\"\n[name]\nen = "
                          "\"{Name}\"\nru = \"{Name}\"\n[[milestone]]\ntype = \"opened\"\ndate = "
                          "\"Year\"\n[[plan]]\ntype = \"opened\"\ndate = \"Year\"\n");
  CHECK(table.notes.repaired ==
        std::map<std::string, std::size_t>{{"\".0\" was cut off years", 1},
                                           {"no-break and other spaces became plain ones", 1}});
}

TEST_CASE("a day that a row cannot have become known on is a problem of the row, from the first") {
  const Read table = read("ID,Seen\nP1,soon\nP2,31.02.2020\nP3,2024\n",
                          "dataset = \"d\"\nkey = \"ID\"\n[name]\nen = \"{ID}\"\n"
                          "[known]\ncolumn = \"Seen\"\n");
  CHECK(problems(table.rows[0]) == "Seen: the date is not understood: 'soon'");
  CHECK(problems(table.rows[1]) == "Seen: the date does not exist: '31.02.2020'");
  CHECK(problems(table.rows[2]) == "");
}

TEST_CASE("a cell that is used twice is told of once") {
  const Read table = read("ID,Year\nP1,soon\n",
                          "dataset = \"d\"\nkey = \"ID\"\n[[milestone]]\ntype = \"opened\"\ndate "
                          "= \"Year\"\n[[plan]]\ntype = \"opened\"\ndate = \"Year\"\n");
  CHECK(problems(table.rows[0]) == "Year: the date is not understood: 'soon'");
}

TEST_CASE("no figure gets lost behind another of the same measure") {
  const std::string twice =
      "dataset = \"d\"\nkey = \"ID\"\n[[quantity]]\nmeasure = \"capacity\"\ncolumn = "
      "\"A\"\n[[quantity]]\nmeasure = \"capacity\"\ncolumn = \"B\"\n";
  const std::string table = "ID,A,B\nP1,1,2\nP2,1,\n";
  CHECK(problems(read(table, twice).rows[0]) ==
        "B: the row has two figures of one measure, period and part: '2'");
  CHECK(problems(read(table, twice).rows[1]) == "");
  const Read apart = read(table, twice + "part = \"phase-2\"\n");
  CHECK(problems(apart.rows[0]) == "");
  REQUIRE(find(apart.rows[0], "P1/capacity/phase-2"));
  CHECK(find(apart.rows[0], "P1/capacity/phase-2")->quantities[0].value == "2");
}

TEST_CASE("keys that differ in signs alone are of different subjects") {
  const Read table =
      read("ID\nA 1\nA-1\nA.1\n", "dataset = \"d\"\nkey = \"ID\"\n[name]\nen = \"{ID}\"\n");
  std::vector<std::string> subjects;
  for (const ImportRow& row : table.rows) {
    subjects.push_back(row.events[0].event.subject);
    CHECK(validate(row.events[0].event));
  }
  CHECK(subjects[0] == "project/a-1");
  CHECK(subjects[1] == "project/a-1-a-1");
  CHECK(subjects[2].starts_with("project/a-1-"));
  CHECK(subjects[2] != subjects[1]);
}

TEST_CASE("a row whose cells are not known is kept whole, and is none until it is mended") {
  const std::string mapping =
      "dataset = \"d\"\nkey = \"ID\"\nseparator = \";\"\n[name]\nen = \"{Name}\"\n";
  const Read table = read("ID;Name\n\"P1\"x;lost, all\nP2;b\n", mapping);
  REQUIRE(table.rows.size() == 2);
  CHECK(problems(table.rows[0]) ==
        ": the quotes of a cell are not closed, or something stands behind them");
  const std::string rejects =
      table.reader->rejects_head() +
      table.reader->reject(table.rows[0].original, table.rows[0].problems, "t.csv:2");
  CHECK(rejects.find("\"\"\"P1\"\"x;lost, all\"") != std::string::npos);
  const Read again = read(rejects, mapping);
  REQUIRE(again.rows.size() == 1);
  CHECK(problems(again.rows[0]) == ": the row has more cells than the header: '6'");
}

TEST_CASE("rejected rows have the separator that the mapping says") {
  const std::string mapping =
      "dataset = \"d\"\nkey = [\"ID\", \"B\"]\nseparator = \"\\t\"\n[name]\nen = \"{ID}\"\n";
  const Read table = read("ID\tB\nP1\t2,5\nP1\t2,5\n", mapping);
  const Read again =
      read(table.reader->rejects_head() +
               table.reader->reject(table.rows[1].original, table.rows[1].problems, "t.csv:3"),
           mapping);
  REQUIRE(again.rows.size() == 1);
  CHECK(again.rows[0].original == table.rows[1].original);
  CHECK(problems(again.rows[0]) == "");
}

TEST_CASE("coordinates have decimal commas, too, and a licence needs no publisher") {
  const Read right = read("ID,Where\nP1,\"41,474; 69,58\"\n",
                          "dataset = \"d\"\nkey = \"ID\"\nlicence = \"CC BY 4.0\"\n"
                          "[description]\ncoordinates = \"Where\"\n");
  REQUIRE(problems(right.rows[0]) == "");
  const Event& described = right.rows[0].events[0].event;
  CHECK(described.description->latitude == "41.474");
  CHECK(described.description->longitude == "69.58");
  REQUIRE(described.sources.size() == 1);
  CHECK(described.sources[0].note == LocalText("CC BY 4.0"));
}

TEST_CASE("a row that tells of nothing is not passed over in silence") {
  const Read table = read("ID,Status\nP1,open\nP2,listed\n",
                          "dataset = \"d\"\nkey = \"ID\"\n[status]\ncolumn = \"Status\"\n"
                          "[status.words]\nopen = [\"opened\"]\nlisted = []\n");
  CHECK(problems(table.rows[0]) == "");
  REQUIRE(table.rows[0].events.size() == 1);
  CHECK(table.rows[0].events[0].event.id == "P1/opened");
  CHECK(problems(table.rows[1]) == ": the row tells of nothing that the mapping asks for: 'P2'");
}

TEST_CASE("two columns of one name cannot be meant") {
  ReadOptions options;
  options.known = *known_from_text("2024");
  CHECK(open_refusal("ID,ID\nx,y\n", "dataset = \"d\"\nkey = \"ID\"\n", options)
            .starts_with("several columns are called 'ID'"));
}

}  // namespace solnoma
