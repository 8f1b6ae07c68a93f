#include "tools/import/standards/iati_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/day.hpp"
#include "events/text/decimal.hpp"
#include "events/text/text.hpp"
#include "tools/import/standards/iati_texts.hpp"

namespace solnoma {
namespace {

constexpr std::int64_t kLongestBudget = 366;  // days from its first to its last

class Rules {
 public:
  explicit Rules(const XmlElement& activity) : activity_(activity) {}

  std::vector<Problem> check(bool old) {
    check_required();
    check_date_order();
    for (const char* name : {"budget", "planned-disbursement"})
      for (const XmlElement* each : activity_.all(name)) check_period(*each, name, old);
    for (const XmlElement* result : activity_.all("result"))
      for (const XmlElement* indicator : result->all("indicator")) check_indicator(*indicator, old);
    if (old) return std::move(problems_);
    check_identifier();
    check_organizations();
    check_sectors();
    check_recipients();
    return std::move(problems_);
  }

 private:
  void wrong(const std::string& path, std::string what, std::string value, std::string remedy) {
    problems_.push_back(
        {"iati-activity/" + path, std::move(what), std::move(value), std::move(remedy)});
  }

  void check_required() {
    if (activity_.child("iati-identifier").own_text.empty())
      wrong("iati-identifier", "the activity has no identifier", {},
            "give it the one that its reporter uses everywhere");
    if (narrative_of(activity_, "title").empty())
      wrong("title", "the activity has no title", {}, "give it one, in a narrative");
  }

  void check_order(const IatiDates& dates, const char* less, const char* more) {
    const auto start = dates.find(less);
    const auto end = dates.find(more);
    if (start != dates.end() && end != dates.end() && start->second > end->second)
      wrong("activity-date", fmt::format("the {} lies after the {}", less, more),
            fmt::format("{} and {}", start->second, end->second), "exchange or correct the dates");
  }

  void check_date_order() {
    const IatiDates dates = dates_of(activity_);
    check_order(dates, "planned start", "planned end");
    check_order(dates, "actual start", "actual end");
  }

  void check_period(const XmlElement& element, const std::string& path, bool old) {
    const std::string start = iati_date(element.child("period-start"));
    const std::string end = iati_date(element.child("period-end"));
    if (start.empty() || end.empty()) return;
    if (start > end)
      return wrong(path, "the period starts after its end", fmt::format("{} to {}", start, end),
                   "exchange or correct the dates");
    const auto first = day_from_text(start);
    const auto last = day_from_text(end);
    if (!old && path == "budget" && first && last && *last - *first >= kLongestBudget)
      wrong(path, "the budget is for more than a year", fmt::format("{} to {}", start, end),
            "divide it into years");
  }

  void check_indicator(const XmlElement& indicator, bool old) {
    const std::string path = "result/indicator";
    const std::string measure = plain_attribute(indicator, "measure");
    const bool is_number = measure.size() == 1 && measure[0] >= '1' && measure[0] <= '4';
    const auto check_value = [&](const XmlElement& element, const std::string& place) {
      if (old || !is_number) return;
      const std::string value = plain_attribute(element, "value");
      if (value.empty())
        wrong(place, "the value is missing", {}, "give a number, or leave the element out");
      else if (!is_any_decimal(value))
        wrong(place, "the value is no number", value, "write it as in 12.5");
    };
    for (const XmlElement* each : indicator.all("baseline")) check_value(*each, path + "/baseline");
    for (const XmlElement* period : indicator.all("period")) {
      check_period(*period, path + "/period", old);
      for (const char* name : {"target", "actual"})
        for (const XmlElement* each : period->all(name))
          check_value(*each, path + "/period/" + name);
    }
  }

  void check_identifier() {
    const std::string& identifier = activity_.child("iati-identifier").own_text;
    const std::string reporter = plain_attribute(activity_.child("reporting-org"), "ref");
    bool begins = identifier.empty() || reporter.empty() || identifier.starts_with(reporter + "-");
    for (const XmlElement* other : activity_.all("other-identifier"))
      if (plain_attribute(*other, "type") == "B1")
        begins = begins || identifier.starts_with(plain_attribute(*other, "ref") + "-");
    if (!begins)
      wrong("iati-identifier", "it does not begin with the reference of who reports it", identifier,
            fmt::format("begin it with {}-", reporter));
    if (identifier.find_first_of(" \t\r\n") != std::string::npos)
      wrong("iati-identifier", "there is a space in it", identifier, "take it out");
    const IatiDates dates = dates_of(activity_);
    if (!dates.contains("planned start") && !dates.contains("actual start"))
      wrong("activity-date", "there is no start, planned or actual", {},
            "give an activity-date of type 1 or 2");
  }

  void check_organizations() {
    for (const XmlElement* each : activity_.all("participating-org"))
      if (plain_attribute(*each, "ref").empty() && narrative_text(*each).empty())
        wrong("participating-org", "the organization has neither a reference nor a name", {},
              "give it a ref or a narrative");
  }

  std::string percentage(const XmlElement& element, const std::string& path) {
    const std::string value = plain_attribute(element, "percentage");
    if (value.empty()) return value;
    if (is_any_decimal(value) && compare_decimals(value, "0") >= 0 &&
        compare_decimals(value, "100") <= 0)
      return value;
    wrong(path, "it is no percentage", value, "write a number from 0 to 100");
    return {};
  }

  static std::string sum_of(const std::vector<std::string>& shares) {
    std::string sum = "0";
    for (const std::string& share : shares) sum = decimal_sum(sum, share);
    return sum;
  }
  static bool is_whole(const std::vector<std::string>& shares) {
    return compare_decimals(sum_of(shares), "100") == 0;
  }

  void check_sum(const std::vector<std::string>& shares, const std::string& path) {
    if (shares.size() > 1 && !is_whole(shares))
      wrong(path, "the percentages are not 100 together", sum_of(shares),
            "give each its share of 100");
  }

  void check_sectors() {
    std::map<std::string, std::vector<std::string>> shares;
    for (const XmlElement* sector : activity_.all("sector")) {
      std::string vocabulary = plain_attribute(*sector, "vocabulary");
      if (vocabulary.empty()) vocabulary = "1";
      const std::string share = percentage(*sector, "sector");
      if (!share.empty()) shares[vocabulary].push_back(share);
      if ((vocabulary == "98" || vocabulary == "99") && narrative_text(*sector).empty())
        wrong("sector", "a sector of the reporter's own vocabulary has no name", {},
              "give it a narrative");
    }
    for (const auto& [vocabulary, each] : shares) check_sum(each, "sector");
  }

  void check_recipients() {
    std::vector<std::string> shares;
    for (const XmlElement* country : activity_.all("recipient-country"))
      if (std::string share = percentage(*country, "recipient-country"); !share.empty())
        shares.push_back(std::move(share));
    std::map<std::string, std::vector<std::string>> regions;
    for (const XmlElement* region : activity_.all("recipient-region"))
      if (const std::string share = percentage(*region, "recipient-region"); !share.empty())
        regions[plain_attribute(*region, "vocabulary")].push_back(share);
    if (regions.empty()) return check_sum(shares, "recipient-country");
    // Of several vocabularies each has 100, as the rules want it, or, as the standard's own example
    // has it, all of them together.
    std::vector<std::string> all = shares;
    for (const auto& [vocabulary, each] : regions) all.insert(all.end(), each.begin(), each.end());
    if (is_whole(all)) return;
    for (auto [vocabulary, each] : regions) {
      each.insert(each.end(), shares.begin(), shares.end());
      check_sum(each, "recipient-region");
    }
  }

  const XmlElement& activity_;
  std::vector<Problem> problems_;
};

}  // namespace

bool is_old_iati(const XmlElement& activity, const std::string& version) {
  if (!version.empty()) return version.starts_with("1.");
  for (const XmlElement* date : activity.all("activity-date"))
    if (const std::string type = plain_attribute(*date, "type"); type.size() > 1) return true;
  return !activity.child("title").own_text.empty();
}

std::vector<Problem> iati_problems(const XmlElement& activity, bool old) {
  return Rules(activity).check(old);
}

}  // namespace solnoma
