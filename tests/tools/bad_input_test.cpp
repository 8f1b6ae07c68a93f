// Bad input: one clear line that names the place, the right exit code, nothing recorded.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/builders.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// One line on standard error that begins with the program's name, nothing on the other.
void check_refusal(const Run& run, int exit, const std::string& says) {
  CAPTURE(run.err);
  CAPTURE(says);
  CHECK(run.exit == exit);
  CHECK(run.out == "");
  CHECK(run.err.starts_with("solnoma: "));
  CHECK(std::ranges::count(run.err, '\n') == 1);
  CHECK(contains(run.err, says));
  const auto safe = [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; };
  CHECK(std::ranges::all_of(run.err, safe));
}

/// A valid line of the exchange format; `more` goes in before its end.
std::string line(const std::string& id, const std::string& more = "") {
  return R"({"specversion":"1.0","id":")" + id +
         R"(","source":"urn:t","type":"solnoma.opened","subject":"park/x","known":"2024-05-01")" +
         more + "}";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

}  // namespace

TEST_CASE("a bad line in an import is named by file, line and field, and nothing is recorded") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string before = workshop.exported();
  const std::string good = line("good");
  struct Case {
    std::string bad, says;
  };
  const Case cases[] = {
      {"{", "in.jsonl:2"},
      {"nonsense", "in.jsonl:2"},
      {line("a") + " x", "in.jsonl:2"},
      {"[1]", "in.jsonl:2"},
      {"{}", "specversion"},
      {with(line("a"), "\"id\":\"a\",", ""), "in.jsonl:2, id"},
      {with(line("a"), "\"known\":\"2024-05-01\"", "\"known\":null"), "in.jsonl:2, known"},
      {with(line("a"), "opened", "opend"), "did you mean opened?"},
      {with(line("a"), "solnoma.opened", "opened"), "in.jsonl:2, type"},
      {with(line("a"), "park/x", "Park X"), "in.jsonl:2, subject"},
      {with(line("a"), "2024-05-01", "2024-5"), "in.jsonl:2, known"},
      {line("a", R"(,"occured":"2022")"), "did you mean occurred?"},
      {line("a", R"(,"occurred":"2022-02-30")"), "in.jsonl:2, occurred"},
      {line("a", R"(,"occurred":"2022-13")"), "in.jsonl:2, occurred"},
      {line("a", R"(,"occurred":"last year")"), "in.jsonl:2, occurred"},
      {line("a", R"(,"occurred":"2024-06")"), "after it was known"},
      {line("a", R"(,"occurred":7)"), "in.jsonl:2, occurred"},
      {line("a", R"(,"data":[])"), "in.jsonl:2, data"},
      {line("a", R"(,"data":{"title":{"en":"\u001b[31mred"}})"), "in.jsonl:2"},
      {line("a", ",\"data\":{\"title\":{\"en\":\"\x1b[31mred\"}}"), "in.jsonl:2"},
      {line("a", ",\"data\":{\"title\":{\"en\":\"\xff\xfe\"}}"), "data.title.en"},
      {line("a", ",\"data\":{\"title\":{\"en\":\"a\u202e\"}}"), "data.title.en"},
      {line("a", R"(,"data":{"quantities":[{"measure":"residents","value":10,"unit":"c"}]})"),
       "data.quantities[0].value"},
      {line("a", R"(,"data":{"quantities":[{"measure":"residents","value":"ten","unit":"c"}]})"),
       "data.quantities[0].value"},
      {line("a",
            R"(,"data":{"quantities":[{"measure":"m","value":"1","unit":"c","bound":"maybe"}]})"),
       "data.quantities[0].bound"},
      {line("a", R"(,"data":{"note":")" + std::string(9000, 'n') + "\"}"), "data.note"},
      {line(std::string(256, 'i')), "in.jsonl:2, id"},
      {line("a", R"(,"supersedes":"nothing-has-this")"), "nothing-has-this"},
      {line("a", R"(,"supersedes":"a")"), "supersedes itself"},
      {line("a", R"(,"supersedes":"s1-jizzakh-opened")"), "another subject"},
      {with(line("a"), "solnoma.opened", "solnoma.retracted"), "in.jsonl:2, supersedes"},
      {with(with(line("s1-jizzakh-opened"), "urn:t", "urn:solnoma:history"), "park/x",
            "park/jizzakh"),
       "recorded with other content"},
      {with(good, "2024-05-01", "2024-05-02"), "stands twice"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.bad);
    const std::string file = workshop.file("in.jsonl", good + "\n" + each.bad + "\n");
    check_refusal(workshop.solnoma({"import", file}), 1, each.says);
    CHECK(workshop.exported() == before);
  }
}

TEST_CASE("a line of 100 MB is refused without being read into memory") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::string file = workshop.file("huge.jsonl", line("a") + "\n");
  std::filesystem::resize_file(file, 100 << 20);  // a hole of zeros: one endless line
  check_refusal(workshop.solnoma({"import", file}), 1, "huge.jsonl:2");
  CHECK(workshop.exported() == "");
}

TEST_CASE("what cannot be read as input is said to be so") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  check_refusal(workshop.solnoma({"import", workshop.file("empty.jsonl", "")}), 1, "empty.jsonl");
  check_refusal(workshop.solnoma({"import", workshop.file("blank.jsonl", "\n \n")}), 1,
                "blank.jsonl");
  check_refusal(workshop.solnoma({"import", workshop.file("none.json", "[]")}), 1, "none.json");
  check_refusal(workshop.solnoma({"import", workshop.path("missing.jsonl")}), 2, "missing.jsonl");
  check_refusal(workshop.solnoma({"import", workshop.path("")}), 2, "is a directory");
  check_refusal(workshop.solnoma({"import", "-"}), 1, "standard input");
  CHECK(workshop.exported() == "");
}

TEST_CASE("wrong options and words get the nearest right ones") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  check_refusal(workshop.solnoma({"staus"}), 2, "did you mean 'solnoma status'?");
  check_refusal(workshop.solnoma({"status", "--as-off", "2022"}), 2, "did you mean --as-of?");
  check_refusal(workshop.solnoma({"status", "--as-of", "some year"}), 2, "--as-of");
  check_refusal(workshop.solnoma({"status", "--as-of", "2022/.."}), 2, "--as-of");
  check_refusal(workshop.solnoma({"status", "--known-by", "2022-02-30"}), 2, "--known-by");
  check_refusal(workshop.solnoma({"status", "--at", "99"}), 2, "--at");
  check_refusal(workshop.solnoma({"status", "--lang", "de"}), 2, "--lang");
  check_refusal(workshop.solnoma({"status", "--format", "yaml"}), 2, "--format");
  check_refusal(workshop.solnoma({"status", "park/chirchk"}), 1, "did you mean park/chirchik?");
  check_refusal(workshop.solnoma({"log", "park/bukara"}), 1, "did you mean park/bukhara?");
  check_refusal(workshop.solnoma({"explain"}), 2, "SUBJECT");
  check_refusal(workshop.solnoma({"diff", "--from", "2022"}), 2, "--to");
  check_refusal(workshop.solnoma({"diff", "--from", "2022", "--to", "when=2023"}), 2, "--to");
  check_refusal(workshop.solnoma({"timeline", "--from", "2023", "--to", "2022"}), 2, "--from");
  check_refusal(workshop.solnoma({"date", "2022-13"}), 2, "2022-13");
  check_refusal(workshop.solnoma({"correct", "no-such-id"}), 1, "no-such-id");
  check_refusal(workshop.solnoma({"retract", "no-such-id", "--reason", "r"}), 1, "no-such-id");
  check_refusal(workshop.solnoma({}), 2, "no command is given");
  check_refusal(workshop.solnoma({"status", "--known-by", ""}), 2, "it is empty");
  check_refusal(workshop.solnoma({"status", ""}), 2, "it is empty");
  check_refusal(workshop.solnoma({"append", "opened", "park/x", "--known="}), 2, "--known");
  check_refusal(workshop.solnoma({"log", "--limit", "-1"}), 2, "--limit");
  check_refusal(workshop.solnoma({"log", "--limit", "99999999999999999999999"}), 2, "--limit");
  check_refusal(workshop.solnoma({"diff", "--from", "as-of=2022,as-of=2023", "--to", "2024"}), 2,
                "stands twice");
}

TEST_CASE("append refuses what breaks a rule, and records nothing") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string before = workshop.exported();
  struct Case {
    std::vector<std::string> arguments;
    int exit;
    std::string says;
  };
  const Case cases[] = {
      {{"append", "opend", "park/x"}, 1, "did you mean opened?"},
      {{"append", "opened", "Park"}, 1, "subject"},
      {{"append", "opened", "park/x", "--occurred", "2022-02-30"}, 2, "occurred"},
      {{"append", "opened", "park/x", "--occurred", "2024", "--known", "2023-01-01"},
       1,
       "occurred"},
      {{"append", "opened", "park/x", "--known", "2023-13"}, 2, "--known"},
      {{"append", "opened", "park/x", "--title", "\x1b[2J"}, 1, "data.title.en"},
      {{"append", "opened", "park/x", "--quantity", "residents"}, 2, "--quantity"},
      {{"append", "opened", "park/x", "--quantity", "residents=x:companies"}, 1, "quantities[0]"},
      {{"append", "opened", "park/x", "--quantity", "r=1:c:many"}, 2, "--quantity"},
      {{"append", "opened", "park/x", "--source-url", "javascript:alert(1)"}, 1, "url"},
      {{"append", "opened", "park/jizzakh", "--expect", "new"}, 1, "expected to be new"},
      {{"append", "opened", "park/jizzakh", "--expect", "1"}, 1, "at revision 1"},
      {{"append", "opened", "park/jizzakh", "--expect", "soon"}, 2, "--expect"},
      {{"append", "opened", "park/x", "--id", "s1-jizzakh-opened", "--source",
        "urn:solnoma:history"},
       1,
       "recorded with other content"},
      {{"append", "retracted", "park/jizzakh"}, 1, "supersedes"},
  };
  for (const Case& each : cases) {
    check_refusal(workshop.solnoma(each.arguments), each.exit, each.says);
    CHECK(workshop.exported() == before);
  }
}

TEST_CASE("a store that is none, or cannot be used, is told apart from bad input") {
  const Workshop workshop;
  check_refusal(workshop.solnoma({"status"}), 3, "there is no store");
  check_refusal(workshop.solnoma({"append", "opened", "park/x"}), 3, "there is no store");
  check_refusal(workshop.solnoma({"--store", workshop.path(""), "status"}), 3,
                "is not a solnoma store");
  check_refusal(workshop.solnoma({"--store", workshop.file("f", "x"), "status"}), 3, "");
  check_refusal(workshop.solnoma({"--store", workshop.file("f", "x"), "init"}), 1, "is a file");
  check_refusal(workshop.solnoma({"--store", workshop.path(""), "init"}), 1, "is not empty");
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  check_refusal(workshop.solnoma({"init"}), 1, "there is a store");
  workshop.file("store/FORMAT", "solnoma store, format 2 8bf6b9691ce83022\n");
  check_refusal(workshop.solnoma({"status"}), 3, "format 2");
  check_refusal(workshop.solnoma({"append", "opened", "park/x"}), 3, "format 2");
}

TEST_CASE("while another program writes, one can ask, but not append") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  solnoma::test::ManualClock clock;
  const auto writer = solnoma::open_journal(solnoma::Disk::real(), workshop.store(), clock).value();
  check_refusal(workshop.solnoma({"append", "opened", "park/x", "--wait", "0"}), 3,
                "in use by another writer");
  check_refusal(workshop.solnoma({"--wait", "0", "history", "--init"}), 3,
                "in use by another writer");
  CHECK(workshop.solnoma({"status"}).exit == 0);
  CHECK(workshop.solnoma({"verify"}).exit == 0);
  CHECK(workshop.solnoma({"backup", workshop.path("backup")}).exit == 0);
}

TEST_CASE("someone who may only read can ask, and is told that they cannot append") {
  if (geteuid() != 0) return;  // only root can become somebody else
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  using std::filesystem::perms;
  const auto open = [](const std::filesystem::path& path) {
    const bool directory = std::filesystem::is_directory(path);
    std::filesystem::permissions(
        path, perms::others_read | (directory ? perms::others_exec : perms::none),
        std::filesystem::perm_options::add);
  };
  open(workshop.path("."));
  open(workshop.store());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workshop.store()))
    open(entry);
  const Run read = workshop.solnoma_as("65534", {"status", "park/jizzakh", "--as-of", "2023-05"});
  CAPTURE(read.err);
  CHECK(read.exit == 0);
  CHECK(contains(read.out, "operating"));
  check_refusal(workshop.solnoma_as("65534", {"append", "opened", "park/x"}), 3, "not accessible");
}

TEST_CASE("output that cannot be written is an error, not silence") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string command = std::string(SOLNOMA_PROGRAM) + " --store " + workshop.store() +
                              " export > /dev/full 2> " + workshop.path("err");
  const int status = std::system(command.c_str());
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);
  const std::string mute = std::string(SOLNOMA_PROGRAM) + " frob 2> /dev/full";
  const int unheard = std::system(mute.c_str());
  CHECK(WIFEXITED(unheard));
  CHECK(WEXITSTATUS(unheard) == 2);
}
