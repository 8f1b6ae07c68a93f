// How the reports put dates, numbers and delays, in three languages.

#include "tools/report/words/phrases.hpp"

#include <doctest/doctest.h>

#include "events/edtf.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

struct Texts {
  std::string in, en, ru, uz;

  [[nodiscard]] const std::string& out(Language language) const {
    return language == Language::en ? en : language == Language::ru ? ru : uz;
  }
};

Quantity quantity(const std::string& value, const std::string& unit, Bound bound = Bound::exact) {
  Quantity q;
  q.measure = "m";
  q.value = value;
  q.unit = unit;
  q.bound = bound;
  return q;
}

/// No-break spaces read as spaces, for tests to be typed.
std::string typed(std::string text) {
  for (const std::string space : {"\u00A0", "\u202F"})
    for (std::size_t at = text.find(space); at != text.npos; at = text.find(space, at))
      text.replace(at, space.size(), " ");
  return text;
}

}  // namespace

TEST_CASE("every form of date is put as a careful writer would") {
  const Texts texts[] = {
      // Days, months, years
      {"2025-11-12", "on 12 November 2025", "12 ноября 2025 года", "2025-yil 12-noyabrda"},
      {"2025-05-01", "on 1 May 2025", "1 мая 2025 года", "2025-yil 1-mayda"},
      {"2022-03", "in March 2022", "в марте 2022 года", "2022-yil martda"},
      {"2022-05", "in May 2022", "в мае 2022 года", "2022-yil mayda"},
      {"2022-08", "in August 2022", "в августе 2022 года", "2022-yil avgustda"},
      {"2025", "in 2025", "в 2025 году", "2025-yilda"},
      {"2022-03-15T23:20:30Z", "on 15 March 2022", "15 марта 2022 года", "2022-yil 15-martda"},
      // Qualified
      {"2025-11-12~", "about 12 November 2025", "примерно 12 ноября 2025 года",
       "taxminan 2025-yil 12-noyabrda"},
      {"2022-03~", "about March 2022", "примерно в марте 2022 года", "taxminan 2022-yil martda"},
      {"2022~", "about 2022", "примерно в 2022 году", "taxminan 2022-yilda"},
      {"2022-03-15?", "possibly 15 March 2022", "возможно, 15 марта 2022 года",
       "ehtimol, 2022-yil 15-martda"},
      {"2022-03?", "possibly March 2022", "возможно, в марте 2022 года",
       "ehtimol, 2022-yil martda"},
      {"2022?", "possibly 2022", "возможно, в 2022 году", "ehtimol, 2022-yilda"},
      {"2022-03%", "possibly about March 2022", "возможно, примерно в марте 2022 года",
       "ehtimol, taxminan 2022-yil martda"},
      {"2022-?03-15", "possibly 15 March 2022", "возможно, 15 марта 2022 года",
       "ehtimol, 2022-yil 15-martda"},
      {"2024-21~", "approximately in spring 2024", "примерно весной 2024 года",
       "taxminan 2024-yil bahorida"},
      {"201X?", "possibly in the 2010s", "возможно, в 2010-х годах", "ehtimol, 2010-yillarda"},
      // Seasons and parts of the year
      {"2024-21", "in spring 2024", "весной 2024 года", "2024-yil bahorida"},
      {"2024-22", "in summer 2024", "летом 2024 года", "2024-yil yozida"},
      {"2024-23", "in autumn 2024", "осенью 2024 года", "2024-yil kuzida"},
      {"2024-24", "in winter 2024/25", "зимой 2024/25 года", "2024/25-yil qishida"},
      {"2024-25", "in spring 2024", "весной 2024 года", "2024-yil bahorida"},
      {"2024-28", "in winter 2024/25", "зимой 2024/25 года", "2024/25-yil qishida"},
      {"2024-29", "in spring 2024 (southern hemisphere)", "весной 2024 года (Южное полушарие)",
       "2024-yil bahorida (janubiy yarim shar)"},
      {"2024-30", "in summer 2024/25 (southern hemisphere)", "летом 2024/25 года (Южное полушарие)",
       "2024/25-yil yozida (janubiy yarim shar)"},
      {"2024-32", "in winter 2024 (southern hemisphere)", "зимой 2024 года (Южное полушарие)",
       "2024-yil qishida (janubiy yarim shar)"},
      {"2024-33", "in the first quarter of 2024", "в первом квартале 2024 года",
       "2024-yilning birinchi choragida"},
      {"2024-36", "in the fourth quarter of 2024", "в четвёртом квартале 2024 года",
       "2024-yilning toʻrtinchi choragida"},
      {"2024-37", "in the first third of 2024", "в первой трети 2024 года",
       "2024-yilning birinchi uchdan birida"},
      {"2024-39", "in the last third of 2024", "в последней трети 2024 года",
       "2024-yilning oxirgi uchdan birida"},
      {"2024-40", "in the first half of 2024", "в первом полугодии 2024 года",
       "2024-yilning birinchi yarmida"},
      {"2024-41", "in the second half of 2024", "во втором полугодии 2024 года",
       "2024-yilning ikkinchi yarmida"},
      // Digits left open
      {"201X", "in the 2010s", "в 2010-х годах", "2010-yillarda"},
      {"20XX", "between 2000 and 2099", "в период с 2000 по 2099 год", "2000-yildan 2099-yilgacha"},
      {"20X2", "between 2002 and 2092", "в период с 2002 по 2092 год", "2002-yildan 2092-yilgacha"},
      {"XXXX", "in an unknown year", "в неизвестном году", "nomaʼlum yilda"},
      {"2004-XX", "in 2004", "в 2004 году", "2004-yilda"},
      {"2004-XX-XX", "in 2004", "в 2004 году", "2004-yilda"},
      {"2004-06-XX", "in June 2004", "в июне 2004 года", "2004-yil iyunda"},
      {"2004-1X", "between October and December 2004", "в период с октября по декабрь 2004 года",
       "2004-yil oktabrdan dekabrgacha"},
      {"2004-03-1X", "between 10 and 19 March 2004", "между 10 и 19 марта 2004 года",
       "2004-yil 10- va 19-mart oraligʻida"},
      {"2004-XX-15", "between 15 January and 15 December 2004",
       "между 15 января и 15 декабря 2004 года", "2004-yil 15-yanvar va 15-dekabr oraligʻida"},
      {"201X-12", "between December 2010 and December 2019",
       "в период с декабря 2010 года по декабрь 2019 года",
       "2010-yil dekabrdan 2019-yil dekabrgacha"},
      {"201X-21", "between 1 March 2010 and 31 May 2019",
       "между 1 марта 2010 года и 31 мая 2019 года",
       "2010-yil 1-mart va 2019-yil 31-may oraligʻida"},
      {"1950S2", "between 1900 and 1999", "в период с 1900 по 1999 год",
       "1900-yildan 1999-yilgacha"},
      {"Y17E2", "in 1700", "в 1700 году", "1700-yilda"},
      // Intervals
      {"2022-03-03/2022-03-09", "between 3 and 9 March 2022", "между 3 и 9 марта 2022 года",
       "2022-yil 3- va 9-mart oraligʻida"},
      {"2022-03-03/2022-04-09", "between 3 March and 9 April 2022",
       "между 3 марта и 9 апреля 2022 года", "2022-yil 3-mart va 9-aprel oraligʻida"},
      {"2021-12-28/2022-01-03", "between 28 December 2021 and 3 January 2022",
       "между 28 декабря 2021 года и 3 января 2022 года",
       "2021-yil 28-dekabr va 2022-yil 3-yanvar oraligʻida"},
      {"2025-01/2025-07", "between January and July 2025", "в период с января по июль 2025 года",
       "2025-yil yanvardan iyulgacha"},
      {"2024-11/2025-02", "between November 2024 and February 2025",
       "в период с ноября 2024 года по февраль 2025 года",
       "2024-yil noyabrdan 2025-yil fevralgacha"},
      {"2022/2024", "between 2022 and 2024", "в период с 2022 по 2024 год",
       "2022-yildan 2024-yilgacha"},
      {"2022/2022", "in 2022", "в 2022 году", "2022-yilda"},
      {"2022-03/2022-05-09", "between 1 March and 9 May 2022", "между 1 марта и 9 мая 2022 года",
       "2022-yil 1-mart va 9-may oraligʻida"},
      {"2024-21/2024-23", "between 1 March and 30 November 2024",
       "между 1 марта и 30 ноября 2024 года", "2024-yil 1-mart va 30-noyabr oraligʻida"},
      {"2022~/2024", "approximately between 2022 and 2024", "примерно в период с 2022 по 2024 год",
       "taxminan 2022-yildan 2024-yilgacha"},
      {"2022-03-15/..", "not before 15 March 2022", "не ранее 15 марта 2022 года",
       "2022-yil 15-martdan oldin emas"},
      {"2022-03/", "not before March 2022", "не ранее марта 2022 года",
       "2022-yil martdan oldin emas"},
      {"2022/..", "not before 2022", "не ранее 2022 года", "2022-yildan oldin emas"},
      {"../2025-11-12", "by 12 November 2025", "не позднее 12 ноября 2025 года",
       "2025-yil 12-noyabrdan kechikmay"},
      {"/2022-03", "by the end of March 2022", "не позднее конца марта 2022 года",
       "2022-yil mart oxiridan kechikmay"},
      {"../2022", "before 2023", "до 2023 года", "2023-yildan oldin"},
      // Sets
      {"[..2022]", "before 2023", "до 2023 года", "2023-yildan oldin"},
      {"[2022-03..]", "not before March 2022", "не ранее марта 2022 года",
       "2022-yil martdan oldin emas"},
      {"[2022,2024]", "in 2022 or in 2024", "в 2022 году или в 2024 году",
       "2022-yilda yoki 2024-yilda"},
      {"[1667,1668,1670..1672]", "in 1667, in 1668, or between 1670 and 1672",
       "в 1667 году, в 1668 году или в период с 1670 по 1672 год",
       "1667-yilda, 1668-yilda yoki 1670-yildan 1672-yilgacha"},
      {"{1960,1961-12}", "in 1960 and in December 1961", "в 1960 году и в декабре 1961 года",
       "1960-yilda va 1961-yil dekabrda"},
      // No words: as it was recorded
      {"-0044-03-15", "-0044-03-15", "-0044-03-15", "-0044-03-15"},
      {"0000", "0000", "0000", "0000"},
      {"[-0044,2022]", "[-0044,2022]", "[-0044,2022]", "[-0044,2022]"},
      {"soon", "soon", "soon", "soon"},
  };
  for (const Texts& each : texts)
    for (const auto& [language, code, english, own] : kLanguages) {
      CAPTURE(each.in);
      CHECK((parse_edtf(each.in) || each.in == "soon"));
      CHECK(date_in_words(each.in, language) == each.out(language));
    }
}

TEST_CASE("a date as a name stands without its preposition") {
  const Texts texts[] = {
      {"2025-11-12", "12 November 2025", "12 ноября 2025 года", "2025-yil 12-noyabr"},
      {"2022-03", "March 2022", "март 2022 года", "2022-yil mart"},
      {"2025", "2025", "2025 год", "2025-yil"},
      {"2022-03~", "about March 2022", "примерно в марте 2022 года", "taxminan 2022-yil martda"},
      {"../2022", "before 2023", "до 2023 года", "2023-yildan oldin"},
  };
  for (const Texts& each : texts)
    for (const auto& [language, code, english, own] : kLanguages)
      CHECK(date_in_words(each.in, language, Wording::name) == each.out(language));
}

TEST_CASE("the period of a number is told from its start to its end") {
  const Texts texts[] = {
      {"2024", "2024", "2024 год", "2024-yil"},
      {"2025-01/2025-07", "January to July 2025", "январь – июль 2025 года",
       "2025-yil yanvar – iyul"},
      {"2022/2024", "2022 to 2024", "2022–2024 годы", "2022–2024-yillar"},
      {"2024-33", "in the first quarter of 2024", "в первом квартале 2024 года",
       "2024-yilning birinchi choragida"},
  };
  for (const Texts& each : texts)
    for (const auto& [language, code, english, own] : kLanguages)
      CHECK(period_in_words(each.in, language) == each.out(language));
}

TEST_CASE("that a thing was told by a day narrows its date") {
  const auto told = [](const std::string& occurred, const std::string& known, Language language) {
    const Event e = event("a", "opened", occurred, known);
    Bounds bounds{kOpenPast, e.known};
    if (const auto date = parse_edtf(occurred); date && !occurred.empty())
      bounds = {date->bounds.earliest, std::min(date->bounds.latest, e.known)};
    return when_in_words(e, bounds, language);
  };
  const Texts texts[] = {
      {"", "by 12 November 2025", "не позднее 12 ноября 2025 года",
       "2025-yil 12-noyabrdan kechikmay"},
      {"2025", "in 2025, by 12 November", "в 2025 году, не позднее 12 ноября",
       "2025-yilda, 12-noyabrdan kechikmay"},
      {"2025-11", "in November 2025, by 12 November", "в ноябре 2025 года, не позднее 12 ноября",
       "2025-yil noyabrda, 12-noyabrdan kechikmay"},
      {"202X", "in the 2020s, by 12 November 2025",
       "в 2020-х годах, не позднее 12 ноября 2025 года",
       "2020-yillarda, 2025-yil 12-noyabrdan kechikmay"},
      {"2022-03/..", "between 1 March 2022 and 12 November 2025",
       "между 1 марта 2022 года и 12 ноября 2025 года",
       "2022-yil 1-mart va 2025-yil 12-noyabr oraligʻida"},
      {"2022-03", "in March 2022", "в марте 2022 года", "2022-yil martda"},
  };
  for (const Texts& each : texts)
    for (const auto& [language, code, english, own] : kLanguages) {
      CAPTURE(each.in);
      CHECK(told(each.in, "2025-11-12", language) == each.out(language));
    }
}

TEST_CASE("a plan without a target has no date") {
  Event e = event("a", "opened", "", "2025-11-12");
  e.modality = Modality::planned;
  CHECK(when_in_words(e, {}, Language::en) == "no date");
  CHECK(when_in_words(e, {}, Language::ru) == "без срока");
  CHECK(when(e, {}, Language::uz) == "muddatsiz");
}

TEST_CASE("numbers take the plural of their unit, and keep their bound") {
  struct Number {
    std::string value, unit;
    Bound bound;
    std::string en, ru, uz;
  };
  const Number numbers[] = {
      {"1", "companies", Bound::exact, "1 company", "1 компания", "1 ta kompaniya"},
      {"2", "companies", Bound::exact, "2 companies", "2 компании", "2 ta kompaniya"},
      {"5", "companies", Bound::exact, "5 companies", "5 компаний", "5 ta kompaniya"},
      {"21", "companies", Bound::exact, "21 companies", "21 компания", "21 ta kompaniya"},
      {"10", "companies", Bound::more_than, "more than 10 companies", "более 10 компаний",
       "10 tadan ortiq kompaniya"},
      {"2", "companies", Bound::more_than, "more than 2 companies", "более 2 компаний",
       "2 tadan ortiq kompaniya"},
      {"21", "companies", Bound::less_than, "less than 21 companies", "менее 21 компании",
       "21 tadan kam kompaniya"},
      {"25", "companies", Bound::about, "about 25 companies", "около 25 компаний",
       "taxminan 25 ta kompaniya"},
      {"60000000", "USD", Bound::exact, "60 million US dollars", "60 млн долларов США",
       "60 mln AQSH dollari"},
      {"10200000000", "USD", Bound::more_than, "more than 10.2 billion US dollars",
       "более 10,2 млрд долларов США", "10,2 mlrd AQSH dollaridan ortiq"},
      {"12500000", "USD", Bound::slightly_more_than, "slightly more than 12.5 million US dollars",
       "чуть более 12,5 млн долларов США", "12,5 mln AQSH dollaridan biroz ortiq"},
      {"1234567", "USD", Bound::exact, "1,234,567 US dollars", "1 234 567 долларов США",
       "1 234 567 AQSH dollari"},
      {"1", "USD", Bound::exact, "1 US dollar", "1 доллар США", "1 AQSH dollari"},
      {"1.5", "percent", Bound::exact, "1.5 percent", "1,5 процента", "1,5 foiz"},
      {"1.5", "percent", Bound::more_than, "more than 1.5 percent", "более 1,5 процента",
       "1,5 foizdan ortiq"},
      {"33", "percent", Bound::exact, "33 percent", "33 процента", "33 foiz"},
      {"-5.25", "percent", Bound::exact, "-5.25 percent", "-5,25 процента", "-5,25 foiz"},
      {"3", "rank", Bound::exact, "no. 3", "3-е", "3-oʻrin"},
      {"5000000", "EUR", Bound::exact, "5 million euros", "5 млн евро", "5 mln yevro"},
      {"300", "m", Bound::more_than, "more than 300", "более 300", "300 dan ortiq"},
      {"12", "hectares", Bound::about, "about 12 hectares", "около 12 hectares",
       "taxminan 12 hectares"},
      {"1234567890123456789012345678901234567890", "hectares", Bound::exact,
       "1,234,567,890,123,456,789,012,345,678,901,234,567,890 hectares",
       "1 234 567 890 123 456 789 012 345 678 901 234 567 890 hectares",
       "1 234 567 890 123 456 789 012 345 678 901 234 567 890 hectares"},
  };
  for (const Number& each : numbers) {
    CAPTURE(each.en);
    const Quantity q = quantity(each.value, each.unit, each.bound);
    CHECK(typed(in_words(q, Language::en)) == each.en);
    CHECK(typed(in_words(q, Language::ru)) == each.ru);
    CHECK(typed(in_words(q, Language::uz)) == each.uz);
  }
  Quantity year = quantity("5", "companies");
  year.period = "2024";
  CHECK(in_words(year, Language::ru) == "5 компаний (2024 год)");
}

TEST_CASE("for a terminal numbers are short, with plurals and bounds all the same") {
  CHECK(phrase(quantity("10", "companies", Bound::more_than), Language::en) ==
        "more than 10 companies");
  CHECK(phrase(quantity("1", "companies"), Language::en) == "1 company");
  CHECK(phrase(quantity("2", "companies", Bound::more_than), Language::ru) == "более 2 компаний");
  CHECK(phrase(quantity("60000000", "USD"), Language::en) == "60 000 000 USD");
  CHECK(phrase(quantity("60000000", "USD", Bound::about), Language::ru) ==
        "около 60 000 000 долл. США");
}

TEST_CASE("a delay is told in days, as far as the dates leave it open") {
  using Days = std::optional<std::int64_t>;
  struct Delay {
    Days least, most;
    std::string en, ru, uz;
  };
  const Delay delays[] = {
      {0, 0, "on time", "в срок", "oʻz vaqtida"},
      {46, 46, "46 days late", "на 46 дней позже", "46 kun kech"},
      {1, 1, "1 day late", "на 1 день позже", "1 kun kech"},
      {-2, -2, "2 days early", "на 2 дня раньше", "2 kun erta"},
      {3, 20, "3 to 20 days late", "на 3–20 дней позже", "3–20 kun kech"},
      {0, 1, "0 to 1 day late", "на 0–1 день позже", "0–1 kun kech"},
      {-20, -3, "3 to 20 days early", "на 3–20 дней раньше", "3–20 kun erta"},
      {-3, 20, "between 3 days early and 20 days late",
       "от «на 3 дня раньше» до «на 20 дней позже»", "“3 kun erta”dan “20 kun kech”gacha"},
      {46, {}, "at least 46 days late", "не менее чем на 46 дней позже", "kamida 46 kun kech"},
      {-46,
       {},
       "at most 46 days early",
       "не более чем на 46 дней раньше",
       "koʻpi bilan 46 kun erta"},
      {{}, 20, "at most 20 days late", "не более чем на 20 дней позже", "koʻpi bilan 20 kun kech"},
      {{}, -1, "at least 1 day early", "не менее чем на 1 день раньше", "kamida 1 kun erta"},
      {{}, {}, "", "", ""},
  };
  for (const Delay& each : delays) {
    CAPTURE(each.en);
    const Slippage slippage{each.least, each.most};
    CHECK(in_words(slippage, Language::en) == each.en);
    CHECK(in_words(slippage, Language::ru) == each.ru);
    CHECK(in_words(slippage, Language::uz) == each.uz);
  }
}

TEST_CASE("how far a plan has moved is worded as an interval, with the forms of each language") {
  struct Way {
    std::optional<std::int64_t> least, most;
    std::string en, ru, uz;
  };
  const Way ways[] = {
      {0, 0, "to the same date", "на тот же срок", "oʻsha muddatga"},
      {184, 184, "184 days later", "на 184 дня позже", "184 kun keyinga"},
      {-1, -1, "1 day earlier", "на 1 день раньше", "1 kun oldinga"},
      {3, 20, "3 to 20 days later", "на 3–20 дней позже", "3–20 kun keyinga"},
      {-20, -3, "3 to 20 days earlier", "на 3–20 дней раньше", "3–20 kun oldinga"},
      {-3, 20, "between 3 days earlier and 20 days later",
       "от «на 3 дня раньше» до «на 20 дней позже»", "“3 kun oldinga”dan “20 kun keyinga”gacha"},
      {46, {}, "at least 46 days later", "не менее чем на 46 дней позже", "kamida 46 kun keyinga"},
      {{}, -1, "at least 1 day earlier", "не менее чем на 1 день раньше", "kamida 1 kun oldinga"},
      {{}, {}, "", "", ""},
  };
  for (const Way& each : ways) {
    CAPTURE(each.en);
    const Slippage moved{each.least, each.most};
    CHECK(moved_in_words(moved, Language::en) == each.en);
    CHECK(moved_in_words(moved, Language::ru) == each.ru);
    CHECK(moved_in_words(moved, Language::uz) == each.uz);
  }
}

TEST_CASE("what became of a plan is told in a phrase; of a moved one not that it was revised") {
  Plan plan;
  plan.revision = Revision{2};
  plan.baseline = Revision{1};
  CHECK(phrase(plan, Language::en) == "pending (revised)");
  plan.state = PlanState::moved;
  plan.moved_by = {184, 184};
  CHECK(phrase(plan, Language::en) == "moved, 184 days later");
  CHECK(phrase(plan, Language::ru) == "перенесён, на 184 дня позже");
  CHECK(phrase(plan, Language::uz) == "koʻchirilgan, 184 kun keyinga");
}

TEST_CASE("a vantage is told with its day, what was known, and the log's position") {
  Vantage vantage{day("2025-12-31"), day("2025-10-01"), Position{50}};
  CHECK(in_words(vantage, Language::en) ==
        "as of 31 December 2025, known by 1 October 2025, log position 50");
  CHECK(in_words(vantage, Language::ru) ==
        "по состоянию на 31 декабря 2025 года, по сведениям на 1 октября 2025 года, позиция "
        "журнала 50");
  CHECK(in_words(vantage, Language::uz) ==
        "2025-yil 31-dekabr holatiga koʻra, 2025-yil 1-oktabr kuniga qadar maʼlum boʻlgani "
        "boʻyicha, jurnalning 50-oʻrni");
  vantage.known_by = kOpenFuture;
  CHECK(phrase(vantage, Language::en) == "as of 2025-12-31, all that is known, log position 50");
}

TEST_CASE("what came from outside is made safe to show") {
  Event e = event("a", "\x1b[31mred", "2022", "2022-05-01");
  e.title = {};
  CHECK(title(e, Language::ru) == "\\u{1b}[31mred");
  CHECK(type_in_words(e.type, Language::en) == "\\u{1b}[31mred");
  CHECK(in_words(quantity("5", "\x1b]0;"), Language::en) == "5 \\u{1b}]0;");
  e.sources = {{"P\x07", "20\x1b", "", ""}};
  CHECK(publishers_in_words(e, Language::uz).find('\x1b') == std::string::npos);
}
