// Events of the log that are asked for by what they are.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Shipped;

namespace {

struct LogShop : Shipped {
  [[nodiscard]] std::string log(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "log");
    const Run run = solnoma(arguments);
    CAPTURE(run.err);
    CHECK(run.exit == 0);
    return run.out;
  }
};

auto lines(const std::string& text) {
  return std::ranges::count(text, '\n');
}

}  // namespace

TEST_CASE("all that one publisher said, by words of the name in any language") {
  const LogShop shop;
  const std::string novosti = shop.log({"--publisher", "РИА Новости"});
  CHECK(novosti == shop.log({"--publisher", "ria"}));
  CHECK(contains(novosti, "s1-chirchik-start"));
  CHECK_FALSE(contains(novosti, "s3-"));
  const std::string others = shop.log({"--publisher", "sputnik", "--publisher", "БелТА"});
  CHECK(lines(novosti) + lines(others) == 50);
  CHECK(shop.log({"--publisher", "nobody"}) == "");
}

TEST_CASE("events of some types, subjects, regions and days") {
  const LogShop shop;
  const std::string visits = shop.log({"--type", "visited"});
  CHECK(contains(visits, "s3-bukhara-visit"));
  CHECK(lines(shop.log({"--type", "visited", "--type", "meeting-held"})) > lines(visits));
  CHECK(shop.log({"--subject", "chirchik"}) == shop.log({"park/chirchik"}));
  CHECK(shop.log({"--region", "Бухарская"}) == shop.log({"--subject", "park/bukhara"}));
  CHECK(lines(shop.log({"--from", "2025-12", "--type", "indicator-reported"})) == 2);
  CHECK(shop.log({"--to", "2024"}) == shop.log({"--publisher", "ria"}));
  CHECK(shop.solnoma({"log", "--type", "visitd"}).exit == 1);
}

TEST_CASE("the newest so many are the newest of what is asked for") {
  const LogShop shop;
  const std::string all = shop.log({"--type", "visited"});
  const std::string last = shop.log({"--type", "visited", "--limit", "1"});
  CHECK(lines(last) == 1);
  CHECK(all.ends_with(last));
}
