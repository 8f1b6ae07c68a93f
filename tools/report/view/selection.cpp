#include "tools/report/view/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "events/event_type.hpp"
#include "events/subject.hpp"
#include "events/text/folded_name.hpp"
#include "events/text/nearest.hpp"
#include "events/text/quote.hpp"
#include "tools/report/view/subject_views.hpp"
#include "tools/report/words/countries.hpp"

namespace solnoma {
namespace {

/// A value that nothing has, of that part of a selection.
std::unexpected<Error> unknown(std::string_view part, std::string what, std::string remedy) {
  return std::unexpected(
      Error{Errc::not_found, std::move(what), std::string(part), std::move(remedy)});
}

/// Whether what is typed means a name of these words, or every name that has them.
enum class Match { whole, words };

/// One part of a selection that chooses by a name, and the names that were met.
class Wanted {
 public:
  Wanted(std::string_view part, const std::vector<std::string>& typed, Match match = Match::words)
      : part_(part), match_(match) {
    for (const std::string& value : typed) typed_.emplace_back(value, folded_name(value));
  }

  [[nodiscard]] bool any() const { return !typed_.empty(); }

  /// Keeps a name that subjects have, in every language.
  void met(const LocalText& names) {
    for (const LocalPlace& each : kLocalTexts)
      if (const std::string& name = names.*each.text; !name.empty())
        met_.try_emplace(folded_name(name), name);
    for (const TaggedText& other : names.others)
      met_.try_emplace(folded_name(other.text), other.text);
  }
  void met(const std::vector<LocalText>& all) {
    for (const LocalText& names : all) met(names);
  }

  /// To be called when all names were met. "Uzbekistan" takes "Uzbekistan" and "Navoi region,
  /// Uzbekistan": were the first all, nobody would learn of the second. Errors: not_found.
  Result<void> settle() {
    for (const auto& [value, folded] : typed_) {
      bool found = met_.contains(folded);
      if (found) taken_.insert(folded);
      if (found && match_ == Match::whole) continue;
      for (const auto& [name, as_written] : met_) {
        if (!has_words(name, folded)) continue;
        taken_.insert(name);
        found = true;
      }
      if (!found) return nothing(value, folded);
    }
    return {};
  }

  [[nodiscard]] bool takes(const LocalText& names) const {
    const auto taken = [&](const std::string& name) {
      return !name.empty() && taken_.contains(folded_name(name));
    };
    return !any() || std::ranges::any_of(kLocalTexts, [&](const LocalPlace& each) {
      return taken(names.*each.text);
    }) || std::ranges::any_of(names.others, taken, &TaggedText::text);
  }
  [[nodiscard]] bool takes(const std::vector<LocalText>& all) const {
    return !any() || std::ranges::any_of(all, [&](const LocalText& names) { return takes(names); });
  }

 private:
  /// The nearest may be nearest by one of its words.
  [[nodiscard]] std::unexpected<Error> nothing(const std::string& value,
                                               const std::string& folded) const {
    std::map<std::string_view, std::string_view> candidates;  // to the name as it is written
    for (const auto& [name, as_written] : met_) candidates.try_emplace(name, as_written);
    for (const auto& [name, as_written] : met_)
      for (std::string_view rest = name; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        candidates.try_emplace(word, as_written);
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
    std::vector<std::string_view> names;
    for (const auto& [name, as_written] : candidates) names.push_back(name);
    auto near = nearest(folded, names);
    if (!near) near = alike(folded, names);
    return unknown(part_, fmt::format("nothing that is recorded has '{}'", clipped(value)),
                   near ? fmt::format("did you mean '{}'?", candidates.at(*near)) : "");
  }

  /// The one that begins alike for more than half of what was typed: an inflected form.
  static std::optional<std::string> alike(std::string_view typed,
                                          const std::vector<std::string_view>& names) {
    std::optional<std::string> best;
    std::size_t longest = typed.size() / 2;
    for (const std::string_view name : names) {
      const auto common =
          static_cast<std::size_t>(std::ranges::mismatch(typed, name).in1 - typed.begin());
      if (common > longest) {
        best = name;
        longest = common;
      }
    }
    return best;
  }

  std::string_view part_;
  Match match_;
  std::vector<std::pair<std::string, std::string>> typed_;  // and folded
  std::map<std::string, std::string> met_;                  // folded, as it is written
  std::set<std::string> taken_;                             // folded
};

/// What a subject is chosen by.
struct Traits {
  LocalText kind, described_kind, region;
  std::vector<LocalText> partners;
  std::vector<LocalText> country;  // its code, and its name
};

Traits traits_of(const SubjectView& view, const Vantage& vantage) {
  Traits traits;
  traits.kind.en = kind_of(view.subject);
  const Description* d = view.description ? &*view.description : nullptr;
  if (d == nullptr)
    d = description(view.subject_events(),
                    effective(view.rows, {.known_by = kOpenFuture, .at = vantage.at}));
  if (d == nullptr) return traits;
  traits.described_kind.en = d->kind;
  traits.region = d->region;
  traits.partners.push_back(d->partner);
  for (const Partner& partner : d->partners) traits.partners.push_back(partner.name);
  if (d->country.empty()) return traits;
  traits.country.resize(2);
  traits.country[0].en = d->country;
  for (const auto& each : kLanguages)
    traits.country[1].put(each.code, country_name(d->country, each.language));
  return traits;
}

}  // namespace

bool Selection::takes(std::string_view type, Bounds bounds) const {
  return bounds.latest >= period.earliest && bounds.earliest <= period.latest &&
         (types.empty() || std::ranges::find(types, type) != types.end());
}

Result<void> check_types(const Selection& selection) {
  std::vector<std::string_view> known;
  for (const EventType& type : kEventTypes) known.push_back(type.name);
  for (const std::string& type : selection.types) {
    if (std::ranges::find(known, type) != known.end()) continue;
    const auto near = nearest(type, known);
    return unknown("type", fmt::format("there is no type '{}'", clipped(type)),
                   near ? fmt::format("did you mean {}?", *near) : "");
  }
  return {};
}

Result<std::vector<NamedSubject>> choose(const Log& log, const Selection& selection,
                                         const Vantage& vantage) {
  auto subjects = find_subjects(log, selection.subjects);
  if (!subjects) return std::unexpected(subjects.error());
  Wanted kinds("kind", selection.kinds, Match::whole);
  Wanted regions("region", selection.regions);
  Wanted countries("country", selection.countries, Match::whole);
  Wanted partners("partner", selection.partners);
  if (!kinds.any() && !regions.any() && !countries.any() && !partners.any()) return subjects;

  std::vector<Traits> traits;
  auto read = each_view(
      log, *subjects, {.vantage = vantage, .shown = Shown::names},
      [&](const SubjectView& view) { return traits_of(view, vantage); },
      [&](Traits&& each) { traits.push_back(std::move(each)); });
  if (!read) return std::unexpected(read.error());
  for (const Traits& each : traits) {
    kinds.met(each.kind);
    kinds.met(each.described_kind);
    regions.met(each.region);
    countries.met(each.country);
    partners.met(each.partners);
  }
  for (Wanted* wanted : {&kinds, &regions, &countries, &partners})
    if (auto ok = wanted->settle(); !ok) return std::unexpected(ok.error());
  std::vector<NamedSubject> chosen;
  for (std::size_t i = 0; i < subjects->size(); ++i)
    if ((kinds.takes(traits[i].kind) || kinds.takes(traits[i].described_kind)) &&
        regions.takes(traits[i].region) && countries.takes(traits[i].country) &&
        partners.takes(traits[i].partners))
      chosen.push_back(std::move((*subjects)[i]));
  return chosen;
}

}  // namespace solnoma
