#include "tools/import/snapshot/renames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <set>

#include "events/text/folded_name.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/csv_record.hpp"

namespace solnoma {
namespace {

constexpr int kLikely = 60;
constexpr std::string_view kHeader[] = {"old key", "new key", "score", "why", "same"};

std::set<std::string> words_of(const Listed& listed) {
  std::string all;
  const LocalText& names = listed.description.names;
  for (const LocalPlace& each : kLocalTexts) all += " " + names.*each.text;
  for (const TaggedText& other : names.others) all += " " + other.text;
  std::set<std::string> words;
  const std::string folded = folded_name(all);
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.insert(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// How many of their words two names have in common, of 0 to 1 (the Jaccard index).
double likeness(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t both = 0;
  for (const std::string& word : a) both += b.count(word);
  return static_cast<double>(both) / static_cast<double>(a.size() + b.size() - both);
}

/// In kilometres, on a sphere (the haversine formula); negative where one has no place.
double distance(const Description& a, const Description& b) {
  if (a.latitude.empty() || b.latitude.empty()) return -1;
  constexpr double kRadius = 6371, kDegree = std::numbers::pi / 180;
  const auto degrees = [](const std::string& text) {
    return std::strtod(text.c_str(), nullptr) * kDegree;
  };
  const double lat_a = degrees(a.latitude), lat_b = degrees(b.latitude);
  const double half_lat = std::sin((lat_b - lat_a) / 2);
  const double half_long = std::sin((degrees(b.longitude) - degrees(a.longitude)) / 2);
  const double h = half_lat * half_lat + std::cos(lat_a) * std::cos(lat_b) * half_long * half_long;
  return 2 * kRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

Rename compared(const Listed& old_one, const Listed& new_one) {
  Rename rename{old_one.key, new_one.key, 0, {}};
  const double name = likeness(words_of(old_one), words_of(new_one));
  const double km = distance(old_one.description, new_one.description);
  const double place = km < 0 ? 0 : km < 1 ? 1 : km < 10 ? 0.6 : km < 50 ? 0.2 : 0;
  const bool same_country = !old_one.description.country.empty() &&
                            old_one.description.country == new_one.description.country;
  rename.score =
      static_cast<int>(std::lround(100 * (0.55 * name + 0.35 * place + (same_country ? 0.1 : 0))));
  rename.why = fmt::format("{} % of the words of their names", std::lround(100 * name));
  if (km >= 0) rename.why += fmt::format(", {:.1f} km apart", km);
  if (same_country) rename.why += ", one country";
  return rename;
}

}  // namespace

std::vector<Rename> likely_renames(const std::vector<Listed>& vanished,
                                   const std::vector<Listed>& appeared) {
  std::vector<Rename> all, chosen;
  for (const Listed& old_one : vanished)
    for (const Listed& new_one : appeared)
      if (Rename rename = compared(old_one, new_one); rename.score >= kLikely)
        all.push_back(std::move(rename));
  std::ranges::stable_sort(all, std::greater{}, &Rename::score);
  std::set<std::string> taken_old, taken_new;
  for (Rename& rename : all)
    if (!taken_old.contains(rename.old_key) && taken_new.insert(rename.new_key).second) {
      taken_old.insert(rename.old_key);
      chosen.push_back(std::move(rename));
    }
  return chosen;
}

std::string renames_to_csv(const std::vector<Rename>& renames) {
  std::string csv = csv_record({std::begin(kHeader), std::end(kHeader)}) + "\n";
  for (const Rename& rename : renames)
    csv += csv_record(
               {rename.old_key, rename.new_key, fmt::format("{}", rename.score), rename.why, ""}) +
           "\n";
  return csv;
}

Result<RenameAnswers> renames_from_csv(const FileContent& file) {
  RenameAnswers answers;
  auto cells = open_text_cells(file, {});
  if (!cells) return std::unexpected(cells.error());
  CellRow row;
  bool header = true;
  for (;;) {
    auto more = (*cells)->next(row);
    if (!more) return std::unexpected(more.error());
    if (!*more) return answers;
    const auto wrong = [&](std::string what, std::string remedy) {
      return at(fmt::format("{}:{}", file.name(), row.line),
                Error{Errc::invalid, std::move(what), {}, std::move(remedy)});
    };
    if (std::exchange(header, false)) {
      if (!std::ranges::equal(row.cells, kHeader))
        return wrong("these are no renames",
                     "let --renames write the file: name one that is not there");
      continue;
    }
    if (row.cells.size() != std::size(kHeader) || row.cells[0].empty() || row.cells[1].empty())
      return wrong("a rename has an old key, a new key, and an answer",
                   "write them in their columns");
    const std::string answer = folded_name(row.cells[4]);
    if (answer == "yes")
      answers.old_of_new[row.cells[1]] = row.cells[0];
    else if (answer == "no")
      answers.not_same.push_back(row.cells[1]);
    else if (answer.empty())
      answers.open.push_back(row.cells[1]);
    else
      return wrong(fmt::format("'{}' is no answer", row.cells[4]), "write yes or no");
  }
}

}  // namespace solnoma
