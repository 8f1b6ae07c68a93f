// What a cell means: every rule of cleaning by example.

#include <doctest/doctest.h>

#include <string>

#include "tools/import/table/cell_amount.hpp"
#include "tools/import/table/cell_date.hpp"
#include "tools/import/table/cell_text.hpp"

namespace solnoma {
namespace {

std::string repairs_of(const Repairs& repairs) {
  std::string all;
  for (const auto& [what, count] : repairs.counts()) all += (all.empty() ? "" : "; ") + what;
  return all;
}

std::string text(const std::string& cell) {
  Repairs repairs;
  return cleaned_text(cell, repairs);
}

std::string date(const std::string& cell, const DateStyle& style = {}) {
  Repairs repairs;
  auto edtf = date_of_cell(cell, style, repairs);
  return edtf ? *edtf : "! " + edtf.error().what;
}

std::string amount(const std::string& cell, char decimal = 0) {
  Repairs repairs;
  auto found = amount_of_cell(cell, decimal, repairs);
  if (!found) return "! " + found.error().what;
  return found->value + (found->upper.empty() ? "" : ".." + found->upper) +
         (found->bound == Bound::exact ? "" : " " + std::string(name(found->bound))) +
         (found->percent ? " %" : "");
}

}  // namespace

TEST_CASE("a text is what was meant by it") {
  CHECK(text("Чирчик") == "Чирчик");
  CHECK(text("  a\u00A0 b\u2009c ") == "a b c");
  CHECK(text("zero\u200Bwidth\uFEFF \u00ADsoft") == "zerowidth soft");
  CHECK(text("Line\r\nbreak\tand\u2028more") == "Line break and more");
  CHECK(text("Oyu Tolgoi\u0092s \u0096 mine") == "Oyu Tolgoi’s – mine");
  CHECK(text("\u202Eevil\u202C") == "evil");
  CHECK(text("bell\u0007") == "bell");
  CHECK(text("می\u200Cخواهم") == "می\u200Cخواهم");  // a joiner is a letter
  CHECK(text("\xFF broken") == "\xFF broken");
  CHECK(text("") == "");
  CHECK(text(" \u00A0 ") == "");
  Repairs repairs;
  CHECK(cleaned_text("a\u00A0b\u200B", repairs) == "a b");
  CHECK(repairs_of(repairs) ==
        "marks that cannot be seen were taken out; no-break and other spaces became plain ones");
  Repairs none;
  CHECK(cleaned_text("plain text", none) == "plain text");
  CHECK(repairs_of(none).empty());
}

TEST_CASE("a date is read as tables write it") {
  CHECK(date("2018") == "2018");
  CHECK(date("2018.0") == "2018");
  CHECK(date("2024-03-15") == "2024-03-15");
  CHECK(date("2024-03") == "2024-03");
  CHECK(date("2024-03-15 00:00:00") == "2024-03-15");
  CHECK(date("2024-03-15T00:00:00.000Z") == "2024-03-15");
  CHECK(date("2024-03-15 13:45") == "2024-03-15");
  CHECK(date("45123") == "2023-07-16");
  CHECK(date("45123.0") == "2023-07-16");
  CHECK(date("31.12.2024") == "2024-12-31");
  CHECK(date("03.04.2024") == "2024-04-03");  // with points the day comes first
  CHECK(date("31/12/2024") == "2024-12-31");
  CHECK(date("12/31/2024") == "2024-12-31");
  CHECK(date("05/05/2024") == "2024-05-05");
  CHECK(date("03/04/2024") == "! the date may be two days");
  CHECK(date("03/04/2024", {.order = DayOrder::day_first, .fiscal = {}}) == "2024-04-03");
  CHECK(date("03/04/2024", {.order = DayOrder::month_first, .fiscal = {}}) == "2024-03-04");
  CHECK(date("2024/3/1") == "2024-03-01");
  CHECK(date("3/2024") == "2024-03");
  CHECK(date("2024/03") == "2024-03");
  CHECK(date("31.02.2022") == "! the date does not exist");
  CHECK(date("15 March 2024") == "2024-03-15");
  CHECK(date("March 15th, 2024") == "2024-03-15");
  CHECK(date("Mar 2024") == "2024-03");
  CHECK(date("12 марта 2024 г.") == "2024-03-12");
  CHECK(date("Март 2024") == "2024-03");
  CHECK(date("2024-yil 12-mart") == "2024-03-12");
  CHECK(date("2024 йил 12 март") == "2024-03-12");
  CHECK(date("Oktabr 2023") == "2023-10");
  CHECK(date("31 апреля 2024") == "! the date does not exist");
  CHECK(date("Q3 2024") == "2024-35");
  CHECK(date("2024Q3") == "2024-35");
  CHECK(date("2024-Q1") == "2024-33");
  CHECK(date("III кв. 2024") == "2024-35");
  CHECK(date("3 квартал 2024 года") == "2024-35");
  CHECK(date("3-chorak 2024") == "2024-35");
  CHECK(date("H1 2024") == "2024-40");
  CHECK(date("II полугодие 2024") == "2024-41");
  CHECK(date("1990s") == "199X");
  CHECK(date("1990-е") == "199X");
  CHECK(date("2018-2020") == "2018/2020");
  CHECK(date("2018 – 2020") == "2018/2020");
  CHECK(date("2021-22") == "2021/2022");
  CHECK(date("March 2018 to May 2019") == "2018-03/2019-05");
  CHECK(date("by 2030") == "[..2030]");
  CHECK(date("до 2030") == "[..2030]");
  CHECK(date("2015?") == "2015?");
  CHECK(date("ca. 2015") == "2015~");
  CHECK(date("~2015?") == "2015%");
  CHECK(date("около 2015") == "2015~");
  CHECK(date("2025 год") == "2025");
  CHECK(date("[2018..2020]") == "[2018..2020]");
  CHECK(date("FY2024") == "! the date is a fiscal year");
  CHECK(date("FY2024", {.order = {}, .fiscal = "07-01"}) == "2023-07-01/2024-06-30");
  CHECK(date("2024/25", {.order = {}, .fiscal = "07-01"}) == "2024-07-01/2025-06-30");
  CHECK(date("2024/25") == "2024/2025");
  CHECK(date("soon") == "! the date is not understood");
  CHECK(date("12") == "! the date is not understood");
  CHECK(date("99999") == "! the date is not understood");
  CHECK(date("2024-13-45") == "! the date does not exist");
  Repairs repairs;
  CHECK(date_of_cell("2024-03-15", {}, repairs));
  CHECK(date_of_cell("2024", {}, repairs));
  CHECK(repairs_of(repairs).empty());
}

TEST_CASE("a number is read as tables write it") {
  CHECK(amount("30") == "30");
  CHECK(amount("30.0") == "30");
  CHECK(amount("2.76") == "2.76");
  CHECK(amount("0.50") == "0.50");
  CHECK(amount("1,234") == "1234");
  CHECK(amount("1,234,567.8") == "1234567.8");
  CHECK(amount("1 234 567,8") == "1234567.8");
  CHECK(amount("1.234.567,8") == "1234567.8");
  CHECK(amount("12,5") == "12.5");
  CHECK(amount("1,234", ',') == "1.234");
  CHECK(amount("1.234", ',') == "1234");
  CHECK(amount("-5") == "-5");
  CHECK(amount("−5") == "-5");
  CHECK(amount("12 %") == "12 %");
  CHECK(amount("~50") == "50 about");
  CHECK(amount(">100") == "100 more-than");
  CHECK(amount("≥ 100") == "100 at-least");
  CHECK(amount("100+") == "100 at-least");
  CHECK(amount("More than 30") == "30 more-than");
  CHECK(amount("более 30") == "30 more-than");
  CHECK(amount("не менее 30") == "30 at-least");
  CHECK(amount("up to 30") == "30 at-most");
  CHECK(amount("около 1,2 млрд") == "1200000000 about");
  CHECK(amount("2.5 bn") == "2500000000");
  CHECK(amount("50–75") == "50..75 between");
  CHECK(amount("50-75 млн") == "50000000..75000000 between");
  CHECK(amount("007") == "7");
  CHECK(amount("0") == "0");
  CHECK(amount("12,34,56") == "! it is no number");
  CHECK(amount("75-50") == "! it is no number");
  CHECK(amount("n/a") == "! it is no number");
  CHECK(amount("1e5") == "! it is no number");
  CHECK(amount("5 MW") == "! it is no number");
}

}  // namespace solnoma
