#include <doctest/doctest.h>

#include "tools/report/html/packed.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/markup.hpp"

using namespace solnoma;

TEST_CASE("text is never markup") {
  CHECK(markup_escape("<script>'&\"") == "&lt;script&gt;&#39;&amp;&quot;");
  CHECK(html_data("a<b") == "<bdi>a&lt;b</bdi>");
  CHECK(markup_escape("a\u202eb\nc") == R"(a\u{202e}b\u{a}c)");
}

TEST_CASE("only addresses of the web are linked") {
  CHECK(web_address("https://example.org/?a=1&b=\"") == "https://example.org/?a=1&amp;b=&quot;");
  CHECK(web_address("HTTP://example.org") == "HTTP://example.org");
  for (const auto* url :
       {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x", "https", ""})
    CHECK(web_address(url).empty());
}

TEST_CASE("data is packed as browsers unpack it, and the same each time") {
  CHECK(packed("") == "eJwDAAAAAAE=");
  CHECK(packed("solnoma").starts_with("eJ"));
  const std::string large(1'000'000, 'x');
  CHECK(packed(large).size() < 2'000);
  CHECK(packed(large) == packed(large));
}
