#include "tools/report/html/page_words.hpp"

#include <array>
#include <string>

#include "tools/report/words/messages.hpp"
#include "tools/report/words/numbers.hpp"

namespace solnoma {
namespace {

// Whatever page/*.mjs hands to t(), and what it tells of bounds: the tests of the page find what is
// missing here.
constexpr std::array kWords = {
    message("All about it"),
    message(
        "At the end of each year shown, and on {day}: bars are what is sure, lines above them what "
        "is possible."),
    message("As of"),
    message("As of, from"),
    message("By status over time"),
    message("Considered and rejected"),
    message("Coarser than exact: {n}. So many vague dates overlap there that not every order of "
            "events was gone through: what is possible is among the statuses that are told, but "
            "some of these may not be."),
    message("Country"),
    message("Event"),
    message("Known by"),
    message("Known by, from"),
    message("Left edge of the window"),
    message("Map; the arrow keys go from mark to mark"),
    message("Not printed: {n} more. Filter the page to print others; csv, xlsx and json hold all."),
    message("Partner"),
    message("Plans"),
    message("Play"),
    message("Region"),
    message("Relations and programmes"),
    message("Right edge of the window"),
    message("Sectors"),
    message("See it on both axes of time"),
    message("Show only those with this status"),
    message("Slippage of plans"),
    message("Status"),
    message("Sums"),
    message("The same as a table"),
    message("Status on both axes of time; the arrow keys move the vantage"),
    message("What has several sectors stands in each of them."),
    message("Why this status"),
    message("a newer number stands"),
    message("all that is known"),
    message("and {n} more"),
    message("as of {day}"),
    message("by"),
    message("certain"),
    message("somewhere in {place}"),
    message("without a place: {n}"),
    message("compared with {vantage}"),
    message("counts"),
    message("first planned for"),
    message("from the beginning"),
    message("known by {day}"),
    message("known since {day}"),
    message("log position {n}"),
    message("next change"),
    message("no date"),
    message("no difference"),
    message("no longer counts"),
    message("no such number is known from here"),
    message("not heard of"),
    message("not yet happened"),
    message("not yet known"),
    message("nothing was known yet"),
    message("not told"),
    message("now counts"),
    message("number"),
    message("on time"),
    message("others"),
    message("over time"),
    message("plan"),
    message("plan: {}"),
    message("position {n}"),
    message("possibly"),
    message("possibly among: {}"),
    message("previous change"),
    message("rule"),
    message("since"),
    message("source not named"),
    message("superseded"),
    message("superseded by"),
    message("in the source's words"),
    message("supersedes"),
    message("today"),
    message("together"),
    message("what decided"),
    message("what has no effect on a status"),
    message("what made no difference"),
    message("what may have happened by then"),
    message("what may have made a difference"),
    message("more than {}"),
    message("slightly more than {}"),
    message("less than {}"),
    message("at least {}"),
    message("at most {}"),
    message("between {low} and {high}"),
    message("about {}"),
    message("about {low} to {high}"),
    message("{}, or more"),
    message("{}, or less"),
    message("“{text}” is no date. Write {iso}, {words}, or a month or year alone."),
    message("{day} {month} {year}"),
    message("{n} bn"),
    message("{n} k"),
    message("{n} m"),
    message("the first {shown} of {all} are shown"),
    message("{shown} of {all}"),
    message("{status}, possibly {others}"),
};

struct Counted {
  std::string_view one, many;
};
/// Marks a text and its plural as message() does.
constexpr Counted counted(std::string_view one, std::string_view many) {
  return {one, many};
}
constexpr auto kCounted = std::to_array<Counted>({
    counted("and {n} more subject", "and {n} more subjects"),
    counted("at least {} day late", "at least {} days late"),
    counted("{n} event", "{n} events"),
    counted("{n} event fewer", "{n} events fewer"),
    counted("{n} event more", "{n} events more"),
    counted("{n} month", "{n} months"),
    counted("{n} plan differs", "{n} plans differ"),
    counted("{n} source", "{n} sources"),
    counted("{n} subject", "{n} subjects"),
    counted("{n} status differs", "{n} statuses differ"),
    counted("{n} year", "{n} years"),
});

void write_list(JsonWriter& json, std::string_view key, const std::vector<std::string>& list) {
  json.key(key).begin_array();
  for (const std::string& each : list) json.text(each);
  json.end_array();
}

void write_forms(JsonWriter& json, std::string_view key, const PluralForms& forms) {
  json.key(key).begin_object();
  for (const auto& [category, text] : forms) json.key(category).text(text);
  json.end_object();
}

}  // namespace

void write_page_words(JsonWriter& json, Language language, const PluralForms& counted) {
  json.begin_object();
  for (const std::string_view word : kWords) json.key(word).text(translate(language, word));
  for (const auto& [one, many] : kCounted)
    write_forms(json, many, plural_forms(language, one, many));
  write_forms(json, "noun", counted);
  json.key("months").begin_object();
  write_list(json, "inDate", month_names(language).in_date);
  write_list(json, "brief", month_names(language).brief);
  json.end_object();
  // The marks between thousands and before the fraction, out of a number that has both.
  const std::string sample = number_in_words("111111.1", language);
  json.key("numbers").begin_object();
  json.key("thousands").text(std::string_view(sample).substr(3, sample.size() - 8));
  json.key("fraction").text(std::string_view(sample).substr(sample.size() - 2, 1));
  json.end_object();
  json.end_object();
}

}  // namespace solnoma
