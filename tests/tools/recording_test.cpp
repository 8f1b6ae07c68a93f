// Recording as people do it: slips, corrections, retractions, and two at once.

#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tests/support/variable.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Variable;
using solnoma::test::Workshop;

namespace {

void done(const Run& run) {
  CAPTURE(run.err);
  REQUIRE(run.exit == 0);
}

void refused(const Run& run, int exit, const std::string& says) {
  CAPTURE(run.err);
  CAPTURE(says);
  CHECK(run.exit == exit);
  CHECK(run.out == "");
  CHECK(contains(run.err, says));
}

/// A store with the event 'o': park/chirchik opened in March 2024, known on 1 May.
struct OnePark : Workshop {
  OnePark() {
    done(solnoma({"init"}));
    done(solnoma({"append", "opened", "park/chirchik", "--occurred", "2024-03", "--known",
                  "2024-05-01", "--id", "o", "--publisher", "P", "--source-url", "https://a/1"}));
  }
  [[nodiscard]] bool says(const std::string& status,
                          const std::vector<std::string>& vantage = {}) const {
    std::vector<std::string> arguments{"status", "park/chirchik", "--format", "json"};
    arguments.insert(arguments.end(), vantage.begin(), vantage.end());
    return contains(solnoma(arguments).out, "\"status\":\"" + status + "\"");
  }
};

}  // namespace

TEST_CASE("a type alone corrects, and so does the day on which it became known") {
  const OnePark park;
  done(park.solnoma({"correct", "o", "--type", "announced", "--id", "o2"}));
  CHECK(park.says("announced"));
  done(park.solnoma({"correct", "o2", "--known", "2024-06-01", "--id", "o3"}));
  CHECK(contains(park.exported(), R"("known":"2024-06-01")"));
  refused(park.solnoma({"correct", "o3"}), 2, "nothing is corrected");
  refused(park.solnoma({"correct", "o3", "--known", "2024-06-01"}), 2, "nothing is corrected");
  refused(park.solnoma({"correct", "o3", "--type", "announced"}), 2, "nothing is corrected");
}

TEST_CASE("of a source that is corrected, what is not given stays") {
  const OnePark park;
  done(park.solnoma({"correct", "o", "--published", "2024-04-30", "--id", "o2"}));
  CHECK(contains(park.exported(),
                 R"({"publisher":"P","published":"2024-04-30","url":"https://a/1"})"));
  done(park.solnoma({"append", "visited", "park/chirchik", "--known", "2024-05-02", "--id", "v"}));
  refused(park.solnoma({"correct", "v", "--published", "2024"}), 2, "--publisher");
}

TEST_CASE("a retraction that is worded better goes on withdrawing") {
  const OnePark park;
  done(park.solnoma({"retract", "o", "--reason", "mistakn", "--id", "r1"}));
  CHECK(park.says("unrecorded"));
  done(park.solnoma({"correct", "r1", "--note", "mistaken for another", "--id", "r2"}));
  CHECK(park.says("unrecorded"));
  CHECK(contains(park.solnoma({"explain", "park/chirchik"}).out, "mistaken for another"));
  refused(park.solnoma({"correct", "r1", "--note", "again"}), 1, "is worded better by 'r2'");
  refused(park.solnoma({"retract", "r1", "--reason", "r"}), 1, "correct or retract 'r2'");
  refused(park.solnoma({"correct", "o", "--occurred", "2023"}), 1, "superseded by 'r2' already");

  const Run back = park.solnoma({"retract", "r2", "--reason", "it did open", "--id", "x2"});
  CHECK(contains(back.out, "'o' stays retracted by 'r1'"));
  CHECK(park.says("unrecorded"));
  done(park.solnoma({"retract", "r1", "--reason", "it did open", "--id", "x1"}));
  CHECK(park.says("operating"));
}

TEST_CASE("a correction of a retraction that gives it another type tells the fact anew") {
  const OnePark park;
  done(park.solnoma({"retract", "o", "--reason", "no", "--id", "r1"}));
  done(park.solnoma({"correct", "r1", "--type", "announced"}));
  CHECK(park.says("announced"));
}

TEST_CASE("what was corrected, and whose correction was withdrawn, can be corrected again") {
  const OnePark park;
  done(park.solnoma({"correct", "o", "--type", "announced", "--id", "c1"}));
  done(park.solnoma({"retract", "c1", "--reason", "no", "--id", "r1"}));
  CHECK(park.says("operating"));
  done(park.solnoma({"correct", "o", "--type", "agreement-signed", "--id", "c2"}));
  CHECK(park.says("agreed"));
  refused(park.solnoma({"retract", "r1", "--reason", "after all"}), 1, "superseded by 'c2'");
}

TEST_CASE("a slip of the keyboard is right for every day of knowledge, news only since it came") {
  const std::vector<std::string> earlier{"--known-by", "2024-05-31"};
  {
    const OnePark park;
    done(park.solnoma({"correct", "o", "--type", "announced", "--known", "2024-06-01"}));
    CHECK(park.says("operating", earlier));
    CHECK(park.says("announced"));
  }
  {
    const OnePark park;
    done(park.solnoma({"correct", "o", "--type", "announced", "--slip"}));
    CHECK(park.says("announced", earlier));
    CHECK(park.says("operating", {"--at", "1"}));
  }
  const OnePark park;
  refused(park.solnoma({"correct", "o", "--type", "announced", "--slip", "--known", "2024-06-01"}),
          2, "--slip and --known exclude each other");
  refused(park.solnoma({"correct", "o", "--slip"}), 2, "nothing is corrected");
  done(park.solnoma({"retract", "o", "--reason", "typed twice", "--slip"}));
  CHECK(park.says("unrecorded", earlier));
  for (const char* command : {"correct", "retract"})
    CHECK(contains(park.solnoma({command, "--help"}).out, "News or a slip?"));
}

TEST_CASE("a second correction of one event is refused, in the tool and in a file") {
  const OnePark park;
  const auto line = [](const std::string& id, const std::string& type, const std::string& old) {
    return R"({"specversion":"1.0","id":")" + id + R"(","source":"urn:t","type":"solnoma.)" + type +
           R"(","subject":"park/chirchik","known":"2024-06-01","supersedes":")" + old +
           R"(","data":{"note":"n"}})" + "\n";
  };
  refused(park.solnoma({"import", "-"}, line("a", "announced", "o") + line("b", "visited", "o")), 1,
          "standard input:2");
  CHECK(!contains(park.exported(), "\"a\""));
  done(park.solnoma({"import", "-"}, line("a", "announced", "o")));
  const Run again = park.solnoma({"import", "-"}, line("b", "visited", "o"));
  refused(again, 1, "it supersedes 'o', which 'a' supersedes already, at position 2");
  CHECK(contains(again.err, "--forks"));
  refused(park.solnoma({"import", "-"}, line("r", "retracted", "o")), 1, "'a' supersedes already");

  SUBCASE("a log that has two is imported when that is asked for, and its export too") {
    done(park.solnoma({"import", "--forks", "-"}, line("b", "visited", "o")));
    const Workshop other;
    done(other.solnoma({"init"}));
    refused(other.solnoma({"import", "-"}, park.exported()), 1, "standard input:3");
    CHECK(other.solnoma({"import", "--forks", "-"}, park.exported()).out ==
          "3 new, 0 recorded already\n");
    CHECK(other.solnoma({"import", "-"}, park.exported()).out == "0 new, 3 recorded already\n");
  }
  SUBCASE("a chain that grows at its end is no fork, nor is a better word for a retraction") {
    done(park.solnoma({"import", "-"}, line("b", "visited", "a") + line("r", "retracted", "b") +
                                           line("r2", "retracted", "b") +
                                           line("c", "announced", "r2")));
    CHECK(park.says("announced"));
  }
}

TEST_CASE("what is known after today is refused, and today can be set right") {
  const OnePark park;
  refused(park.solnoma({"append", "visited", "park/chirchik", "--known", "2199-01-01"}), 1,
          "2199-01-01 is after today");
  refused(park.solnoma({"correct", "o", "--known", "2199-01-01"}), 1, "in known");
  refused(park.solnoma({"retract", "o", "--reason", "r", "--known", "2199-01-01"}), 1, "--today");
  const std::string line =
      R"({"specversion":"1.0","id":"f","source":"urn:t","type":"solnoma.opened",)"
      R"("subject":"park/chirchik","known":"2199-01-01"})";
  refused(park.solnoma({"import", park.file("f.jsonl", "\n" + line)}), 1, "f.jsonl:2, known");
  refused(park.solnoma({"--today", "soon", "status"}), 2, "--today");
  done(park.solnoma({"--today", "2199-01-01", "import", "-"}, line));
  refused(park.solnoma({"--today", "2020-01-01", "append", "visited", "park/chirchik", "--known",
                        "2020-01-02"}),
          1, "after today, 2020-01-01");
  const Variable today("SOLNOMA_TODAY", "2024-02-01");
  CHECK(contains(park.solnoma({"status", "park/chirchik"}).out, "2024-02-01"));
}

TEST_CASE("today is the day of the time zone") {
  const auto known = [](const char* zone) {
    const Workshop shop;
    const Variable tz("TZ", zone);
    done(shop.solnoma({"init"}));
    done(shop.solnoma({"append", "opened", "park/x"}));
    const std::string exported = shop.exported();
    return exported.substr(exported.find("\"known\":") + 9, 10);
  };
  // 26 hours apart: never the same day.
  CHECK(known("<+14>-14") > known("<-12>12"));
}

TEST_CASE("names that look like slips of known ones are recorded only when they are meant") {
  const Workshop shop;
  done(shop.solnoma({"history", "--init"}));
  struct Case {
    std::vector<std::string> arguments;
    std::string near;
  };
  const std::vector<Case> cases{
      {{"append", "opened", "park/bukahra"}, "park/bukhara"},
      {{"append", "opened", "prk/navoi"}, "park/navoi"},
      {{"append", "opened", "parc/elsewhere"}, "slip of park"},
      {{"append", "investment-reported", "park/navoi", "--quantity", "investmnet=1:USD"},
       "slip of investment"},
      {{"append", "investment-reported", "park/navoi", "--quantity", "investment=1:usd"},
       "slip of USD"},
      {{"append", "investment-reported", "park/navoi", "--quantity", "investment=1:million-eur"},
       "slip of EUR"},
      {{"append", "described", "park/navoi", "--name", "N", "--kind", "tehnopark"},
       "slip of technopark"},
  };
  for (const Case& each : cases) {
    auto command = each.arguments;
    refused(shop.solnoma(command), 1, each.near);
    command.emplace_back("--new");
    done(shop.solnoma(command));
    command.pop_back();
    done(shop.solnoma(command));  // known by now
  }
  refused(shop.solnoma({"correct", "s3-navoi-completed", "--quantity", "bildings=1:buildings"}), 1,
          "slip of buildings");
}

TEST_CASE("names that differ in digits or in a letter that is a word are no slips") {
  const Workshop shop;
  done(shop.solnoma({"history", "--init"}));
  for (const char* subject : {"park/phase-2", "park/phase-3", "park/zone-a", "park/zone-b",
                              "park/osh", "park/ash", "zone/navoi-east"})
    done(shop.solnoma({"append", "announced", subject}));
}

TEST_CASE("an import counts the names that look like slips, and refuses nothing for them") {
  const Workshop shop;
  done(shop.solnoma({"history", "--init"}));
  const auto line = [](const std::string& id, const std::string& subject,
                       const std::string& measure) {
    return R"({"specversion":"1.0","id":")" + id +
           R"(","source":"urn:t","type":"solnoma.opened","subject":")" + subject +
           R"(","known":"2024-05-01","data":{"quantities":[{"measure":")" + measure +
           R"(","value":"1","unit":"USD"}]}})" + "\n";
  };
  const Run run = shop.solnoma({"import", "-"}, line("a", "park/bukahra", "investmnet") +
                                                    line("b", "park/karshi", "investmnet") +
                                                    line("c", "park/karsi", "investment"));
  CHECK(run.out ==
        "3 new, 0 recorded already\n"
        "3 names look like slips of known ones: subject park/bukahra (park/bukhara), "
        "subject park/karsi (park/karshi), measure investmnet (investment)\n");
  CHECK(shop.solnoma({"import", "-"}, line("d", "park/bukahra", "investmnet")).out ==
        "1 new, 0 recorded already\n");
}

TEST_CASE("a line that is repeated with the same content is there already, whatever the batch") {
  const auto line = [](const std::string& id, const std::string& type) {
    return R"({"specversion":"1.0","id":")" + id + R"(","source":"urn:t","type":"solnoma.)" + type +
           R"(","subject":"park/chirchik","known":"2024-06-01"})" + "\n";
  };
  for (const std::string batch : {"1", "2", "100"}) {
    CAPTURE(batch);
    const Workshop shop;
    done(shop.solnoma({"init"}));
    CHECK(shop.solnoma({"import", "--batch", batch, "-"},
                       line("a", "opened") + line("b", "visited") + line("a", "opened") +
                           line("a", "opened"))
              .out == "2 new, 2 recorded already\n");
    const std::string file = shop.file(
        "in.jsonl", line("c", "visited") + "\n" + line("d", "visited") + line("c", "opened"));
    const Run run = shop.solnoma({"import", "--batch", batch, file});
    refused(run, 1, "in.jsonl:4");
    CHECK(contains(run.err, "in.jsonl:1 with other content"));
  }
}

TEST_CASE("to import again what was retracted says so, and how to bring it back") {
  const OnePark park;
  const std::string exported = park.exported();
  done(park.solnoma({"retract", "o", "--reason", "wrong file", "--id", "r"}));
  const Run again = park.solnoma({"import", "-"}, exported);
  CHECK(again.exit == 0);
  CHECK(contains(again.out, "0 new, 1 recorded already\n1 of those recorded already is retracted"));
  CHECK(contains(again.out, "'o' by 'r', at position 2"));
  CHECK(contains(again.out, "solnoma retract r --reason"));
  // A file that has the retraction as well tells nothing that it does not say itself.
  CHECK(park.solnoma({"import", "-"}, park.exported()).out == "0 new, 2 recorded already\n");
  done(park.solnoma({"retract", "r", "--reason", "the right file after all"}));
  CHECK(park.solnoma({"import", "-"}, exported).out == "0 new, 1 recorded already\n");
}

TEST_CASE("an option of its own tells each thing that an event can hold") {
  const Workshop shop;
  done(shop.solnoma({"init"}));
  done(shop.solnoma({"append",
                     "described",
                     "park/x",
                     "--known",
                     "2024-05",
                     "--name",
                     "X",
                     "--name-in",
                     "zh-Hans=某园",
                     "--other-name",
                     "The X Park",
                     "--kind",
                     "technopark",
                     "--country",
                     "UZ",
                     "--part-of",
                     "programme/p",
                     "--region",
                     "Bukhara",
                     "--region-ru",
                     "Бухара",
                     "--latitude",
                     "39.7",
                     "--longitude",
                     "64.4",
                     "--sector",
                     "textiles",
                     "--sector",
                     "food",
                     "--identifier",
                     "GEM=P1",
                     "--with",
                     "Khimgrad;role=investor;share=51;id=7"}));
  done(shop.solnoma({"append",
                     "construction-started",
                     "park/x",
                     "--known",
                     "2024",
                     "--part",
                     "phase-2",
                     "--label",
                     "ongoing",
                     "--fulfils",
                     "p1",
                     "--fulfils",
                     "p2",
                     "--quantity",
                     "investment=50..75:USD:2024:flow",
                     "--quantity",
                     "residents=4:companies:at-least",
                     "--publisher",
                     "A",
                     "--source-url",
                     "https://a/1",
                     "--publisher",
                     "B",
                     "--source-url",
                     "https://b/1"}));
  const std::string exported = shop.exported();
  for (const char* part : {R"("known":"2024-05")",
                           R"("zh-Hans":"某园")",
                           R"("The X Park")",
                           R"("country":"UZ")",
                           R"("partOf":"programme/p")",
                           R"("ru":"Бухара")",
                           R"("latitude":"39.7")",
                           R"("textiles")",
                           R"("food")",
                           R"("scheme":"GEM","id":"P1")",
                           R"("role":"investor","share":"51","id":"7")",
                           R"("known":"2024")",
                           R"("part":"phase-2")",
                           R"("label":"ongoing")",
                           R"("fulfils":["p1","p2"])",
                           R"("bound":"between")",
                           R"("upper":"75")",
                           R"("flow":true)",
                           R"("bound":"at-least")",
                           R"("https://a/1")",
                           R"("https://b/1")"}) {
    CAPTURE(exported);
    CHECK_MESSAGE(contains(exported, part), part);
  }
  refused(shop.solnoma({"append", "opened", "park/x", "--publisher", "A", "--publisher", "B",
                        "--source-url", "https://a/1"}),
          2, "for some sources only");
  refused(shop.solnoma({"append", "opened", "park/x", "--title-in", "=x"}), 2, "--title-in");
  refused(shop.solnoma({"append", "described", "park/x", "--name", "X", "--with", "A;rol=x"}), 2,
          "--with");
}
