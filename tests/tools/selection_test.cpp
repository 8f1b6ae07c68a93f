// Which subjects and marks a report is about: as somebody who types it would expect.

#include <doctest/doctest.h>

#include "events/text/folded_name.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::folded_name;
using solnoma::has_words;
using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// The subjects of a timeline, one after the other.
std::string subjects(const Workshop& workshop, const std::vector<std::string>& choice) {
  std::vector<std::string> arguments{"report", "--as-of", "2025-12-31", "--format", "csv"};
  arguments.insert(arguments.end(), choice.begin(), choice.end());
  const Run run = workshop.solnoma(arguments);
  CHECK(run.err == "");
  std::string found;
  std::string last;
  for (std::size_t line = run.out.find('\n'); line + 1 < run.out.size();
       line = run.out.find('\n', line + 1)) {
    const std::string subject = run.out.substr(line + 1, run.out.find(',', line) - line - 1);
    if (subject != last) found += (found.empty() ? "" : " ") + subject;
    last = subject;
  }
  return found;
}

std::string refusal(const Workshop& workshop, const std::vector<std::string>& choice) {
  std::vector<std::string> arguments{"timeline", "--as-of", "2025-12-31"};
  arguments.insert(arguments.end(), choice.begin(), choice.end());
  const Run run = workshop.solnoma(arguments);
  CHECK(run.exit == 1);
  CHECK(run.out == "");
  return run.err;
}

}  // namespace

TEST_CASE("names are alike whatever their letters' case, accents and apostrophes") {
  CHECK(folded_name("БУХАРСКАЯ  область") == "бухарская область");
  CHECK(folded_name("Fargʻona viloyati") == folded_name("FARG'ONA VILOYATI"));
  CHECK(folded_name("Fargʻona") == folded_name("Farg‘ona"));
  CHECK(folded_name("Фёдор") == folded_name("ФЕДОР"));
  CHECK(folded_name("Straße") == folded_name("STRASSE"));
  CHECK(folded_name(" Khimgrad technopolis (Kazan)!") == "khimgrad technopolis kazan");
  CHECK(folded_name("…") == "");
}

TEST_CASE("a name is meant by words of it, the last perhaps not to its end") {
  CHECK(has_words("bukhara region", "bukhara"));
  CHECK(has_words("bukhara region", "buk"));
  CHECK(has_words("bukhara region", "region"));
  CHECK(has_words("bukhara region", "bukhara reg"));
  CHECK_FALSE(has_words("bukhara region", "hara"));
  CHECK_FALSE(has_words("bukhara region", "region bukhara"));
  CHECK_FALSE(has_words("bukhara region", ""));
}

TEST_CASE("regions and partners are found in every language, and by a part of the name") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  for (const std::string name :
       {"Bukhara region", "bukhara", "БУХАРСКАЯ ОБЛАСТЬ", "бухарск", "buxoro viloyati", "Buxoro"})
    CHECK(subjects(workshop, {"--region", name}) == "park/bukhara");
  CHECK(subjects(workshop, {"--region", "bukhara", "--region", "navoi"}) ==
        "park/bukhara park/navoi");
  CHECK(subjects(workshop, {"--partner", "татарстана"}) == "park/bukhara park/navoi");
  CHECK(subjects(workshop, {"--partner", "Kazan", "--region", "Navoi"}) == "");
  CHECK(subjects(workshop, {"--partner", "company from tatarstan", "--region", "Navoi"}) ==
        "park/navoi");
}

TEST_CASE("kinds are those of the name or of the description; named subjects may be narrowed") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  const std::string relations = subjects(workshop, {"--kind", "Relation"});
  CHECK(contains(relations, "relation/russia-uzbekistan"));
  CHECK(!contains(relations, "park/"));
  CHECK(contains(subjects(workshop, {"--kind", "technopark"}), "park/chirchik"));
  CHECK(!contains(subjects(workshop, {"--kind", "technopark"}), "park/bukhara"));
  CHECK(subjects(workshop, {"park/navoi", "park/bukhara", "--region", "Bukhara"}) ==
        "park/bukhara");
}

TEST_CASE("types and a period choose marks, and the subjects that have such") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  CHECK(subjects(workshop, {"--type", "opened"}) == "park/jizzakh");
  CHECK(subjects(workshop, {"--type", "opened", "--from", "2024"}) == "");
  CHECK(contains(subjects(workshop, {"--to", "2022-12"}), "park/chirchik"));
  CHECK(!contains(subjects(workshop, {"--to", "2022-12"}), "park/alabuga-model"));
  const Run run = workshop.solnoma({"timeline", "--as-of", "2025-12-31", "--type", "visited",
                                    "--type", "landscaped", "park/navoi"});
  CHECK(contains(run.out, "Delegation from Tatarstan"));
  CHECK(contains(run.out, "landscaped"));
  CHECK(!contains(run.out, "Utilities"));
  const Run report = workshop.solnoma(
      {"report", "--as-of", "2025-12-31", "--type", "visited", "--format", "markdown"});
  CHECK(contains(report.out, "Delegation from Tatarstan"));
  CHECK(!contains(report.out, "Utilities"));
}

TEST_CASE("what matches nothing is refused with the nearest that there is") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"history", "--init"}).exit == 0);
  CHECK(contains(refusal(workshop, {"--region", "Buhkara"}), "did you mean 'Bukhara region'?"));
  CHECK(contains(refusal(workshop, {"--region", "бухара"}), "did you mean 'Бухарская область'?"));
  CHECK(contains(refusal(workshop, {"--partner", "Tatarsatn"}), "Tatarstan'?"));
  CHECK(contains(refusal(workshop, {"--kind", "prak"}), "did you mean 'park'?"));
  CHECK(contains(refusal(workshop, {"--type", "opned"}), "did you mean opened?"));
  CHECK(contains(refusal(workshop, {"--region", "\x1b[31m…"}), "--region"));
  CHECK(!contains(refusal(workshop, {"--region", "\x1b[31m"}), "\x1b"));
  CHECK(contains(refusal(workshop, {"park/chirchk"}), "did you mean park/chirchik?"));
  CHECK(workshop.solnoma({"report", "--from", "2025", "--to", "2024"}).exit == 2);
  CHECK(workshop.solnoma({"report", "--format", "docx"}).exit == 2);
  CHECK(workshop.solnoma({"report", "--region", ""}).exit == 2);
}

TEST_CASE("a subject counts as what it was called then; before that, as what it is called later") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::string events = workshop.file("events.jsonl", R"(
{"specversion":"1.0","id":"a","source":"urn:x","type":"solnoma.announced","subject":"park/moved","known":"2020-01-01","data":{"modality":"actual"}}
{"specversion":"1.0","id":"b","source":"urn:x","type":"solnoma.described","subject":"park/moved","known":"2021-01-01","data":{"modality":"actual","description":{"names":{"en":"Moved"},"kind":"park","region":{"en":"Old region"}}}}
{"specversion":"1.0","id":"c","source":"urn:x","type":"solnoma.described","subject":"park/moved","known":"2022-01-01","data":{"modality":"actual","description":{"names":{"en":"Moved"},"kind":"park","region":{"en":"New region"}}}}
)");
  REQUIRE(workshop.solnoma({"import", events}).err == "");
  CHECK(subjects(workshop, {"--region", "new"}) == "park/moved");
  CHECK(contains(refusal(workshop, {"--region", "old region"}), "New region"));
  CHECK(subjects(workshop, {"--region", "old", "--known-by", "2021-06"}) == "park/moved");
  CHECK(subjects(workshop, {"--region", "new", "--known-by", "2020-06"}) == "park/moved");
}

TEST_CASE(
    "the name of a region takes every region that has it, not only the one that is just that") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const auto described = [](const std::string& name, const std::string& more) {
    return R"({"specversion":"1.0","id":")" + name +
           R"(","source":"urn:x","type":"solnoma.described","subject":"mine/)" + name +
           R"(","known":"2020-01-01","data":{"modality":"actual","description":{"names":{"en":")" +
           name + R"("},"kind":"mine",)" + more + "}}}\n";
  };
  const std::string events = workshop.file(
      "events.jsonl",
      described("a", R"("region":{"en":"Uzbekistan"},"partner":{"en":"Kazan"})") +
          described("b", R"("region":{"en":"Navoi region, Uzbekistan"},"country":"UZ")") +
          described("c", R"("region":{"ru":"Ташкентская область"},"country":"UZ",)"
                         R"("partners":[{"name":{"en":"Kazan helicopters"}}])") +
          described("d", R"("region":{"en":"Xinjiang"},"country":"CN")"));
  REQUIRE(workshop.solnoma({"import", events}).err == "");
  CHECK(subjects(workshop, {"--region", "uzbekistan"}) == "mine/a mine/b");
  CHECK(subjects(workshop, {"--region", "UZBEKISTAN"}) == "mine/a mine/b");
  CHECK(subjects(workshop, {"--region", "navoi region"}) == "mine/b");
  CHECK(subjects(workshop, {"--partner", "kazan"}) == "mine/a mine/c");
  for (const std::string country : {"UZ", "uz", "Uzbekistan", "Узбекистан", "Oʻzbekiston"})
    CHECK(subjects(workshop, {"--country", country}) == "mine/b mine/c");
  CHECK(subjects(workshop, {"--country", "UZ", "--country", "China"}) == "mine/b mine/c mine/d");
  CHECK(subjects(workshop, {"--country", "UZ", "--region", "Xinjiang"}) == "");
  CHECK(contains(refusal(workshop, {"--country", "KZ"}), "--country"));
  CHECK(contains(refusal(workshop, {"--country", "Uzbekistn"}), "did you mean 'Uzbekistan'?"));
  const std::string report =
      workshop.solnoma({"report", "--as-of", "2025", "--lang", "ru", "mine/c"}).out;
  CHECK(contains(report, "Ташкентская область, Узбекистан"));
  for (const std::string language : {"en", "ru"})
    CHECK(
        contains(workshop.solnoma({"report", "--as-of", "2025", "--lang", language, "mine/b"}).out,
                 "Navoi region, Uzbekistan\n"));
}
