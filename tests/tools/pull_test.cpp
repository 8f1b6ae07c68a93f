// Two people's stores of one chronicle.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

struct Colleague : Workshop {
  Colleague() { REQUIRE(solnoma({"history", "--init"}).exit == 0); }

  void append(const std::string& id, const std::string& title) const {
    const Run run = solnoma({"append", "visited", "park/navoi", "--known", "2026-01-01", "--id", id,
                             "--title", title, "--publisher", "Gazeta"});
    REQUIRE_MESSAGE(run.exit == 0, run.err);
  }
  void correct(const std::string& id, const std::string& as, const std::string& title) const {
    const Run run = solnoma({"correct", id, "--id", as, "--title", title, "--known", "2026-01-02"});
    REQUIRE_MESSAGE(run.exit == 0, run.err);
  }
  [[nodiscard]] std::string log(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"log"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return solnoma(arguments).out;
  }
  [[nodiscard]] Run pull(const Workshop& other, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"pull", other.store()});
    return solnoma(more);
  }
};

}  // namespace

TEST_CASE("what is new in a colleague's store comes in as it was told, once, and can be undone") {
  const Colleague mine, theirs;
  mine.append("mine", "My visit");
  theirs.append("theirs", "Their visit");
  theirs.correct("theirs", "better", "Their visit, on Monday");
  const Run pulled = mine.pull(theirs);
  CHECK_MESSAGE(pulled.exit == 0, pulled.err);
  const auto shown = [](const Workshop& shop) {
    const std::string json = shop.solnoma({"show", "better", "--format", "json"}).out;
    return json.substr(json.find(R"("specversion")"));
  };
  for (const char* kept : {R"("known":"2026-01-02")", "Gazeta", R"("supersedes":"theirs")"}) {
    CHECK(contains(shown(theirs), kept));
    CHECK(contains(shown(mine), kept));
  }
  CHECK(contains(mine.log(), "[mine]"));
  CHECK(mine.solnoma({"verify"}).exit == 0);

  const std::string after = mine.log();
  CHECK(mine.pull(theirs).exit == 0);
  CHECK(mine.log() == after);

  const std::string imports = mine.solnoma({"imports"}).out;
  CHECK(contains(imports, "dataset/store"));
  const auto at = imports.find("import-");
  REQUIRE(at != std::string::npos);
  const std::string id = imports.substr(at, imports.find_first_of(" ]\n", at) - at);
  const Run undone = mine.solnoma({"import", "--undo", id});
  CHECK_MESSAGE(undone.exit == 0, undone.err);
  CHECK_FALSE(contains(mine.solnoma({"timeline", "navoi"}).out, "on Monday"));
}

TEST_CASE("a conflict stops a pull, and is left out, or comes in as of another source") {
  const Colleague mine, theirs;
  mine.append("visit", "My words");
  theirs.append("visit", "Their words");
  theirs.correct("visit", "better", "Their better words");
  theirs.append("other", "Another visit");

  const std::string before = mine.log();
  const Run stopped = mine.pull(theirs);
  CHECK(stopped.exit == 1);
  CHECK(contains(stopped.err, "recorded here with other content"));
  CHECK(contains(stopped.err, "store:51"));
  CHECK(contains(stopped.err, "--rename"));
  const Run checked = mine.pull(theirs, {"--check"});
  CHECK(checked.exit == 1);
  CHECK(contains(checked.out,
                 "conflict: park/navoi visited, 'visit' of urn:solnoma:tool: there at "
                 "position 51, here with other content at 51"));
  CHECK(mine.log() == before);

  SUBCASE("left out") {
    const std::string file = mine.path("conflicts.jsonl");
    const Run run = mine.pull(theirs, {"--set-aside", "--rejects", file});
    CHECK_MESSAGE(run.exit == 0, run.err);
    CHECK(contains(mine.log(), "Another visit"));
    CHECK(contains(mine.log(), "My words"));
    CHECK_FALSE(contains(mine.log(), "Their words"));
    CHECK(contains(mine.solnoma({"import", "--check", file}).out, "1 problem"));
  }
  SUBCASE("renamed by source, and what corrects it with it") {
    const Run run = mine.pull(theirs, {"--rename", "nodira"});
    CHECK_MESSAGE(run.exit == 0, run.err);
    const std::string timeline = mine.solnoma({"timeline", "navoi"}).out;
    CHECK(contains(timeline, "My words"));
    CHECK(contains(timeline, "Their better words"));
    CHECK_FALSE(contains(timeline, "Their words"));
    CHECK(contains(mine.log({"--format", "json"}), R"("source":"urn:solnoma:tool#nodira")"));
    const std::string after = mine.log();
    CHECK(mine.pull(theirs, {"--rename", "nodira"}).exit == 0);
    CHECK(mine.log() == after);
  }
}

TEST_CASE("both corrected one event otherwise: theirs is a conflict, and mine stands") {
  const Colleague mine, theirs;
  mine.correct("s3-bukhara-visit", "mine", "A visit, as I see it");
  theirs.correct("s3-bukhara-visit", "theirs", "A visit, as they see it");
  const std::string before = mine.log();
  const Run stopped = mine.pull(theirs);
  CHECK(stopped.exit == 1);
  CHECK(contains(stopped.err, "mine"));
  CHECK(mine.log() == before);
  CHECK(mine.pull(theirs, {"--set-aside"}).exit == 0);
  CHECK(mine.log() == before);
}

TEST_CASE("a store that is none is refused, and the other one is only read") {
  const Colleague mine;
  CHECK(mine.solnoma({"pull", mine.path("nowhere")}).exit == 3);
  const Colleague theirs;
  theirs.append("theirs", "Their visit");
  const std::string before = theirs.exported();
  CHECK(mine.pull(theirs).exit == 0);
  CHECK(theirs.exported() == before);
}
