#include "events/json/json.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace solnoma;

TEST_CASE("plain values are printed as JSON") {
  CHECK(Json().print() == "null");
  CHECK(Json(true).print() == "true");
  CHECK(Json(false).print() == "false");
  CHECK(Json("text").print() == R"("text")");
  CHECK(Json(std::string("Чирчик 🏗")).print() == R"("Чирчик 🏗")");
  CHECK(Json(std::string_view("")).print() == R"("")");
}

TEST_CASE("quotes, backslashes and control characters are escaped, zero bytes kept") {
  CHECK(Json("a\"b\\c").print() == R"("a\"b\\c")");
  CHECK(Json("\n\t\x01").print() == R"("\n\t\u0001")");
  CHECK(Json(std::string("a\0b", 3)).print() == R"("a\u0000b")");
}

TEST_CASE("whole numbers up to 2^53 are exact") {
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-7},
                                    std::int64_t{123456789012345}, std::int64_t{999999999999999}})
    CHECK(Json(number).print() == std::to_string(number));
  for (const std::int64_t number :
       {std::int64_t{1'000'000'000'000'000}, std::int64_t{9007199254740991},
        std::int64_t{9007199254740992}, std::int64_t{-9007199254740992}}) {
    const std::string text = Json(number).print();  // may be in the form 1e+15
    CHECK(static_cast<std::int64_t>(std::strtod(text.c_str(), nullptr)) == number);
  }
}

TEST_CASE("nested values are printed on one line, fields in the order given") {
  const Json value = Json::Object{
      {"zebra", Json::Array{std::int64_t{1}, Json(), "x", Json::Array{}, Json::Object{}}},
      {"apple", Json::Object{{"b", true}, {"a", false}}},
      {"a \"key\"", "v"},
  };
  CHECK(value.print() ==
        R"({"zebra":[1,null,"x",[],{}],"apple":{"b":true,"a":false},"a \"key\"":"v"})");
}
