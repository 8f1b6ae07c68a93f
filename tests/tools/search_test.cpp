// Events found by words.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;
using solnoma::test::Workshop;

namespace {

struct SearchShop : Shipped {
  [[nodiscard]] std::string search(std::vector<std::string> words) const {
    words.insert(words.begin(), "search");
    const Run run = solnoma(words);
    CAPTURE(run.err);
    CHECK(run.exit == 0);
    return run.out;
  }
};

}  // namespace

TEST_CASE("words are found in every language, in whatever form they are typed") {
  const SearchShop shop;
  const std::string visit = shop.search({"visits", "delegation", "bukhara"});
  CHECK(contains(visit, "s3-bukhara-visit"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"VISITED", "delegations", "bukhara"},
        {"делегации", "побывали", "bukhara"},
        {"delegatsiyasi", "bukhara", "tashrif"},
        {"delegatsiyalar", "tashrifi", "bukhara"},
        {"visits", "delegation", "bukh"}}) {
    CAPTURE(words.front());
    CHECK(contains(shop.search(words), "s3-bukhara-visit"));
  }
  CHECK(contains(shop.search({"Коробченко"}), "s3-navoi-visit"));                    // a party
  CHECK(contains(shop.search({"Химико-индустриальный"}), "s1-chirchik-described"));  // a name
  CHECK(contains(shop.search({"the", "Dunyo"}), "s2-altai"));                        // a note
  CHECK(shop.search({"the", "visit", "of", "a", "delegation"}) ==
        shop.search({"visit", "delegation"}));
  const Run none = shop.solnoma({"search", "zeppelin"});
  CHECK(none.exit == 0);
  CHECK(none.out == "");
  CHECK(contains(none.err, "no matching events"));
}

TEST_CASE("what is found is narrowed by the choices of the log, and is the newest first") {
  const SearchShop shop;
  const std::string ria = shop.search({"technopark", "--publisher", "РИА"});
  CHECK(contains(ria, "s1-"));
  CHECK_FALSE(contains(ria, "s3-"));
  CHECK(ria.find("s1-eltech") < ria.find("s1-chirchik-start"));
  const std::string one = shop.search({"technopark", "--publisher", "РИА", "--limit", "1"});
  CHECK(ria.starts_with(one));
  CHECK(contains(shop.search({"parks", "--type", "visited", "--format", "json"}),
                 R"("id":"s3-bukhara-visit")"));
}

TEST_CASE(
    "the index follows the log, and is made anew when it is lost, damaged or of another store") {
  const SearchShop shop;
  CHECK(shop.solnoma({"search", "zeppelin"}).out == "");
  REQUIRE(shop.solnoma({"append", "visited", "navoi", "--title", "A zeppelin lands", "--known",
                        "2026-01-01", "--id", "zeppelin"})
              .exit == 0);
  const std::string found = shop.search({"zeppelins"});
  CHECK(contains(found, "[zeppelin]"));

  std::filesystem::remove_all(shop.store() + "/search");
  CHECK(shop.search({"zeppelins"}) == found);

  for (const auto& each : std::filesystem::directory_iterator(shop.store() + "/search"))
    std::ofstream(each.path()) << "damaged";
  CHECK(shop.search({"zeppelins"}) == found);

  const Workshop other;  // another log of the same length
  REQUIRE(other.solnoma({"history", "--init"}).exit == 0);
  REQUIRE(other
              .solnoma({"append", "visited", "navoi", "--title", "A balloon lands", "--known",
                        "2026-01-01"})
              .exit == 0);
  std::filesystem::copy(shop.store() + "/search", other.store() + "/search",
                        std::filesystem::copy_options::recursive);
  CHECK(other.solnoma({"search", "zeppelin"}).out == "");
  CHECK(contains(other.solnoma({"search", "balloon"}).out, "A balloon lands"));
  CHECK(other.solnoma({"verify"}).exit == 0);
}
