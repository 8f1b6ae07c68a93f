#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"

using namespace solnoma::test;

TEST_CASE("tokens are added, listed and taken back") {
  const Shipped shop;
  const Run added = shop.solnoma({"token", "add", "ministry", "--scope", "record", "--subject",
                                  "park/*", "--expires", "2099-12"});
  CHECK(added.exit == 0);
  CHECK(added.out.size() == std::string("solnoma_12345678_").size() + 64 + 1);
  CHECK(contains(added.err,
                 "'ministry' may record of park/*, until 2099-12-31; its token is shown "
                 "this once"));
  const std::string list = shop.solnoma({"token", "list"}).out;
  CHECK(contains(list, "record   ministry"));
  CHECK(contains(list, "until 2099-12-31"));
  CHECK(contains(list, added.out.substr(8, 8)));
  CHECK_FALSE(contains(list, added.out.substr(17, 64)));

  const Run again = shop.solnoma({"token", "add", "ministry"});
  CHECK(again.exit == 1);
  CHECK(contains(again.err, "there is a token 'ministry' already"));
  const Run nobody = shop.solnoma({"token", "revoke", "ministri"});
  CHECK(nobody.exit == 1);
  CHECK(contains(nobody.err, "did you mean 'ministry'?"));
  CHECK(shop.solnoma({"token", "revoke", "ministry"}).exit == 0);
  CHECK(shop.solnoma({"token", "list"}).out == "");
}

TEST_CASE("what is no token's name, scope, subject or day is refused, and nothing is kept") {
  const Shipped shop;
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"token", "add"},
                                             {"token", "list", "x"},
                                             {"token", "make", "x"},
                                             {"token", "add", "two\nlines"},
                                             {"token", "add", "x", "--scope", "everything"},
                                             {"token", "add", "x", "--subject", "navoi"},
                                             {"token", "add", "x", "--expires", "2020"},
                                             {"token", "add", "x", "--expires", "2020/.."},
                                             {"token", "add", "x", "--expires", "soon"}}) {
    CAPTURE(wrong.back());
    CHECK(shop.solnoma(wrong).exit == 2);
  }
  CHECK_FALSE(std::filesystem::exists(shop.store() + "/tokens.toml"));
}
