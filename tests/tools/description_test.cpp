// What is told of a subject, and the source's own words, as the reports show them.

#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// A park with all that schema version 2 has a place for.
void describe(const Workshop& shop) {
  const std::string file =
      shop.file("in.jsonl",
                R"({"specversion":"1.0","id":"d","source":"urn:t","type":"solnoma.described",)"
                R"("subject":"park/navoi","known":"2024-02","data":{"description":{)"
                R"("names":{"en":"Navoi park","ru":"Парк Навои","zh-Hans":"纳沃伊园区"},)"
                R"("region":{"en":"Navoi region","ru":"Навоийская область"},"country":"UZ",)"
                R"("partOf":"programme/parks","otherNames":["NIDC"],)"
                R"("identifiers":[{"scheme":"GEM","id":"P100"}],)"
                R"("partners":[{"name":{"en":"Khimgrad","ru":"Химград"},"role":"managing-company",)"
                R"("share":"51"},{"name":"Acme","role":"seed-investor"}],)"
                R"("geometry":{"type":"Point","coordinates":[65.4,40.1]}}}})"
                "\n"
                R"({"specversion":"1.0","id":"o","source":"urn:t","type":"solnoma.opened",)"
                R"("subject":"park/navoi","occurred":"2024-03-01","known":"2024-04-01",)"
                R"("data":{"label":"in operation"}})"
                "\n");
  REQUIRE(shop.solnoma({"init"}).exit == 0);
  const Run run = shop.solnoma({"import", file});
  REQUIRE_MESSAGE(run.exit == 0, run.err);
}

std::string report(const Workshop& shop, const std::string& format, const std::string& language) {
  const Run run =
      shop.solnoma({"report", "--as-of", "2025", "--format", format, "--lang", language});
  CHECK(run.err == "");
  return run.out;
}

}  // namespace

TEST_CASE("a report tells all that a description says, in the reader's language") {
  const Workshop shop;
  describe(shop);
  const std::string english = report(shop, "text", "en");
  CAPTURE(english);
  for (const std::string line :
       {"Region: Navoi region, Uzbekistan", "Part of: programme/parks",
        "Partner: Khimgrad (managing company, 51\u00A0%); Acme (seed investor)",
        "Other names: 纳沃伊园区, NIDC", "Identifiers: GEM P100"})
    CHECK_MESSAGE(contains(english, line), line);
  const std::string russian = report(shop, "text", "ru");
  CAPTURE(russian);
  for (const std::string line :
       {"Регион: Навоийская область, Узбекистан", "Входит в: programme/parks",
        "Партнёр: Химград (управляющая компания, 51\u00A0%); Acme (seed investor)"})
    CHECK_MESSAGE(contains(russian, line), line);
  CHECK(contains(report(shop, "text", "uz"), "boshqaruvchi kompaniya"));
}

TEST_CASE("programs find in a report what the description says, field by field") {
  const Workshop shop;
  describe(shop);
  const std::string json = report(shop, "json", "en");
  for (const std::string part :
       {R"("country":"UZ")", R"("countryName":"Uzbekistan")",
        R"("place":"Navoi region, Uzbekistan")", R"("partOf":"programme/parks")",
        R"("identifiers":[{"scheme":"GEM","id":"P100"}])",
        R"("partners":[{"name":"Khimgrad","role":"managing-company","share":"51"},)",
        R"("geometry":{"type":"Point","coordinates":[65.4,40.1]})", R"("label":"in operation")"})
    CHECK_MESSAGE(contains(json, part), part);
  CHECK(contains(report(shop, "csv", "en"), "park/navoi,Navoi park,,Navoi region,UZ,"));
}

TEST_CASE("the source's own word for a status stands beside ours") {
  const Workshop shop;
  describe(shop);
  const Run text = shop.solnoma({"status", "park/navoi", "--as-of", "2025"});
  CHECK(contains(text.out, "operating, certain; in the source's words: in operation; since:"));
  const Run json = shop.solnoma({"status", "park/navoi", "--as-of", "2025", "--format", "json"});
  CHECK(contains(json.out, R"("because":["o"],"label":"in operation")"));
  CHECK(contains(json.out, R"("zh-Hans":"纳沃伊园区")"));
  const Run before = shop.solnoma({"status", "park/navoi", "--as-of", "2024-02-28"});
  CHECK_FALSE(contains(before.out, "in operation"));
}
