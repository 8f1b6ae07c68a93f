#include "tools/report/html/columns.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "events/subject.hpp"
#include "tools/report/words/quantities.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kColumns = 2;
constexpr auto kUsual = std::to_array<std::string_view>({"residents", "investment"});

}  // namespace

std::vector<std::string> html_measures(std::span<const SubjectView> views) {
  std::map<std::string, std::size_t> subjects;
  for (const SubjectView& view : views) {
    if (!has_status(view.subject)) continue;
    std::set<std::string> measures;
    for (const Figure& figure : view.figures) measures.insert(figure.quantity.measure);
    for (const Plan& plan : view.plans)
      for (const Quantity& quantity : view.event(plan.revision).quantities)
        measures.insert(quantity.measure);
    for (const std::string& measure : measures) ++subjects[measure];
  }
  std::vector<std::pair<std::string, std::size_t>> most(subjects.begin(), subjects.end());
  std::ranges::stable_sort(most, [](const auto& a, const auto& b) {
    const auto usual = [](const std::string& measure) {
      return std::ranges::find(kUsual, measure);
    };
    return a.second != b.second ? a.second > b.second : usual(a.first) < usual(b.first);
  });
  std::vector<std::string> found;
  for (const auto& [measure, count] : most)
    if (found.size() < kColumns) found.push_back(measure);
  return found;
}

std::string html_measure_head(std::string_view measure, Language language) {
  const std::string words = measure_in_words(measure, language);
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(words);
  if (!text.isEmpty()) {
    const UChar32 first = text.char32At(0);
    text.replace(0, U16_LENGTH(first), u_toupper(first));
  }
  std::string head;
  return text.toUTF8String(head);
}

}  // namespace solnoma
