#include "events/text/web_address.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace solnoma;

TEST_CASE("two addresses in one field are told from one") {
  for (const std::string text :
       {"https://a|https://b", "https://a,https://b", "https://a, https://b", "https://a https://b",
        "https://a;http://b", "http://a/?x=1,HTTPS://b/?y=2", "https://a/x|y"}) {
    CAPTURE(text);
    CHECK(holds_several_addresses(text));
  }
}

TEST_CASE("an address may hold another, as archives and redirections have it") {
  for (const std::string text :
       {"https://a", "https://a/b,c;d", "https://web.archive.org/web/2020/https://example.org/",
        "https://a/?u=https://b", "https://a/?u=https://b,https://c", "https://a/#https://b", "",
        "no address"}) {
    CAPTURE(text);
    CHECK_FALSE(holds_several_addresses(text));
  }
}
