// Numbers with every bound, in words and as the program prints them.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/program.hpp"
#include "tools/report/words/quantities.hpp"

using namespace solnoma;
using solnoma::test::contains;
using solnoma::test::Run;
using solnoma::test::Workshop;

namespace {

/// No-break spaces read as spaces, for tests to be typed.
std::string typed(std::string text) {
  for (const std::string space : {"\u00A0", "\u202F"})
    for (std::size_t at = text.find(space); at != text.npos; at = text.find(space, at))
      text.replace(at, space.size(), " ");
  return text;
}

/// A line of the exchange format about park/x, with quantities as they stand in JSON.
std::string line(int number, const std::string& type, const std::string& quantities,
                 const std::string& more = "") {
  const std::string day = "2024-01-" + std::to_string(10 + number);
  return R"({"specversion":"1.0","id":"e)" + std::to_string(number) +
         R"(","source":"urn:t","type":"solnoma.)" + type + R"(","subject":"park/x","occurred":")" +
         day + R"(","known":")" + day +
         R"(","datacontenttype":"application/json","data":{"title":{"en":"Told"},"quantities":[)" +
         quantities + "]" + more + "}}\n";
}

std::string json(const std::string& measure, const std::string& value, const std::string& unit,
                 const std::string& more = "") {
  return R"({"measure":")" + measure + R"(","value":")" + value + R"(","unit":")" + unit + "\"" +
         more + "}";
}

std::string answer(const Workshop& workshop, std::vector<std::string> words) {
  words.insert(words.end(), {"--as-of", "2024-12-31"});
  const Run run = workshop.solnoma(words);
  CHECK(run.exit == 0);
  CHECK(run.err == "");
  return run.out;
}

}  // namespace

TEST_CASE("every bound is worded, in each language") {
  struct Number {
    std::string value, upper, unit;
    Bound bound;
    Ends ends;
    std::string en, ru, uz;
  };
  constexpr Ends kNone;
  constexpr Ends kBoth{{true, true}};
  constexpr Ends kValue{{true, false}};
  constexpr Ends kUpper{{false, true}};
  constexpr Ends kAbove{{}, Open::above};
  constexpr Ends kBelow{{}, Open::below};
  const Number numbers[] = {
      {"4", "", "companies", Bound::at_least, kNone, "at least 4 companies", "не менее 4 компаний",
       "kamida 4 ta kompaniya"},
      {"9", "", "companies", Bound::at_most, kNone, "at most 9 companies", "не более 9 компаний",
       "koʻpi bilan 9 ta kompaniya"},
      {"4", "9", "companies", Bound::between, kNone, "between 4 and 9 companies",
       "от 4 до 9 компаний", "4 tadan 9 tagacha kompaniya"},
      {"4", "21", "companies", Bound::between, kNone, "between 4 and 21 companies",
       "от 4 до 21 компании", "4 tadan 21 tagacha kompaniya"},
      {"4", "9", "companies", Bound::between, kBoth, "more than 4, less than 9 companies",
       "более 4, менее 9 компаний", "4 tadan ortiq, 9 tadan kam kompaniya"},
      {"4", "9", "companies", Bound::between, kValue, "more than 4, at most 9 companies",
       "более 4, не более 9 компаний", "4 tadan ortiq, koʻpi bilan 9 ta kompaniya"},
      {"4", "9", "companies", Bound::between, kUpper, "at least 4, less than 9 companies",
       "не менее 4, менее 9 компаний", "kamida 4 ta, 9 tadan kam kompaniya"},
      {"5000000", "", "USD", Bound::at_least, kNone, "at least 5 million US dollars",
       "не менее 5 млн долларов США", "kamida 5 mln AQSH dollari"},
      {"5000000", "", "USD", Bound::at_most, kNone, "at most 5 million US dollars",
       "не более 5 млн долларов США", "koʻpi bilan 5 mln AQSH dollari"},
      {"4000000", "9000000", "USD", Bound::between, kNone,
       "between 4 million and 9 million US dollars", "от 4 млн до 9 млн долларов США",
       "4 mln dan 9 mln gacha AQSH dollari"},
      {"1", "1.5", "percent", Bound::between, kNone, "between 1 and 1.5 percent",
       "от 1 до 1,5 процента", "1 dan 1,5 gacha foiz"},
      {"3", "5", "rank", Bound::between, kNone, "no. 3 – no. 5", "3-е – 5-е", "3-oʻrin – 5-oʻrin"},
      {"4", "9", "EUR", Bound::between, kBoth, "more than 4, less than 9 euros",
       "более 4, менее 9 евро", "4 dan ortiq, 9 dan kam yevro"},
      {"300", "400", "m", Bound::between, kNone, "between 300 and 400", "от 300 до 400",
       "300 dan 400 gacha"},
      {"4", "", "companies", Bound::about, kAbove, "about 4 companies, or more",
       "около 4 компаний или более", "taxminan 4 ta kompaniya yoki undan koʻp"},
      {"5000000", "", "USD", Bound::about, kBelow, "about 5 million US dollars, or less",
       "около 5 млн долларов США или менее", "taxminan 5 mln AQSH dollari yoki undan kam"},
      {"4", "9", "companies", Bound::about, kNone, "about 4 to 9 companies",
       "примерно от 4 до 9 компаний", "taxminan 4 tadan 9 tagacha kompaniya"},
      {"4", "9", "EUR", Bound::about, kNone, "about 4 to 9 euros", "примерно от 4 до 9 евро",
       "taxminan 4 dan 9 gacha yevro"},
      {"4", "9", "hectares", Bound::between, kNone, "between 4 and 9 hectares",
       "от 4 до 9 hectares", "4 dan 9 gacha hectares"},
  };
  for (const Number& each : numbers) {
    CAPTURE(each.en);
    Quantity q{"m", each.value, each.unit, each.bound, "", each.upper};
    CHECK(typed(in_words(q, Language::en, each.ends)) == each.en);
    CHECK(typed(in_words(q, Language::ru, each.ends)) == each.ru);
    CHECK(typed(in_words(q, Language::uz, each.ends)) == each.uz);
    q.period = "2024";
    CHECK(in_words(q, Language::en, each.ends).ends_with(" (2024)"));
  }
}

TEST_CASE("for a terminal ranges are short") {
  const Quantity companies{"residents", "4", "companies", Bound::between, "", "9"};
  CHECK(phrase(companies, Language::en) == "between 4 and 9 companies");
  CHECK(phrase(companies, Language::ru, {{true, true}}) == "более 4, менее 9 компаний");
  const Quantity dollars{"investment", "4000000", "USD", Bound::between, "2024", "9000000"};
  CHECK(phrase(dollars, Language::en) == "between 4 000 000 and 9 000 000 USD (2024)");
}

TEST_CASE("a sum that is longer than any number of an event is worded with its bound") {
  const Quantity sum{"payments", "1" + std::string(45, '0'), "USD", Bound::more_than};
  const std::string text = typed(in_words(sum, Language::en));
  CHECK(text.starts_with("more than 1,000,000,"));
  CHECK(text.ends_with(",000 US dollars"));
}

TEST_CASE("the program shows all figures apart, with their bounds") {
  const Workshop workshop;
  REQUIRE(workshop.solnoma({"init"}).exit == 0);
  const std::string lines =
      line(1, "investment-reported", json("investment", "40000000", "USD")) +
      line(2, "investment-reported", json("investment", "7000", "RUB")) +
      line(3, "indicator-reported", json("payments", "100", "USD")) +
      line(4, "indicator-reported", json("payments", "100", "USD")) +
      line(5, "indicator-reported", json("payments", "100", "USD")) +
      line(6, "residents-reported",
           json("residents", "4", "companies", R"(,"bound":"more-than")") + "," +
               json("residents", "9", "companies", R"(,"bound":"less-than")")) +
      line(7, "indicator-reported",
           json("land", "2.50", "hectares", R"(,"bound":"between","upper":"3")"),
           R"(,"part":"phase-2")") +
      line(8, "indicator-reported",
           json("grants", "5", "EUR", R"(,"bound":"at-least","flow":true)")) +
      line(9, "indicator-reported", json("grants", "6", "EUR")) +
      line(10, "indicator-reported",
           json("loans", "100", "EUR", R"(,"bound":"about","flow":true)")) +
      line(11, "indicator-reported", json("loans", "50", "EUR", R"(,"bound":"more-than")")) +
      line(12, "indicator-reported",
           json("taxes", "100", "EUR", R"(,"bound":"about","flow":true)")) +
      line(13, "indicator-reported",
           json("taxes", "20", "EUR", R"(,"bound":"between","upper":"30")"));
  const Run imported = workshop.solnoma({"import", "-"}, lines);
  CAPTURE(imported.err);
  REQUIRE(imported.exit == 0);

  const std::string text = answer(workshop, {"status", "park/x"});
  CAPTURE(text);
  for (const char* told : {"investment: 40 000 000 USD", "investment: 7 000 RUB",
                           "payments: 300 USD", "residents: more than 4, less than 9 companies",
                           "land (phase-2): between 2.50 and 3 hectares", "grants: at least 11 EUR",
                           "loans: about 150 EUR, or more", "taxes: about 120 to 130 EUR"})
    CHECK_MESSAGE(contains(text, told), told);

  const std::string as_json = answer(workshop, {"status", "park/x", "--format", "json"});
  CAPTURE(as_json);
  for (
      const char* told :
      {R"("measure":"payments","value":"300","unit":"USD","bound":"exact","flow":true)",
       R"("value":"4","upper":"9","excluded":["value","upper"],"unit":"companies","bound":"between")",
       R"("value":"2.50","upper":"3","unit":"hectares","bound":"between","part":"phase-2")",
       R"("value":"11","unit":"EUR","bound":"at-least","flow":true)",
       R"("value":"150","open":"above","unit":"EUR","bound":"about","flow":true)",
       R"("value":"120","upper":"130","unit":"EUR","bound":"about","flow":true)"})
    CHECK_MESSAGE(contains(as_json, told), told);

  const std::string csv = answer(workshop, {"report", "--format", "csv"});
  CAPTURE(csv);
  for (const char* told :
       {"investment,exact,40000000,,USD,,,,no,,", "investment,exact,7000,,RUB,,,,no,,",
        "payments,exact,300,,USD,,,,yes,,", "residents,between,4,9,companies,,value; upper,,no,,",
        "land,between,2.50,3,hectares,,,,no,phase-2,", "grants,at-least,11,,EUR,,,,yes,,",
        "loans,about,150,,EUR,,,above,yes,,", "taxes,about,120,130,EUR,,,,yes,,"})
    CHECK_MESSAGE(contains(csv, told), told);

  const std::string html = answer(workshop, {"report", "--format", "html"});
  CHECK(contains(html, "<bdi>more than 4, less than 9 companies</bdi>"));
  CHECK(contains(typed(html), "loans: about 150 euros, or more"));
  const std::string marks = answer(workshop, {"timeline", "park/x", "--format", "csv"});
  CHECK(contains(marks, "grants,at-least,5,,EUR,,yes,"));
}
