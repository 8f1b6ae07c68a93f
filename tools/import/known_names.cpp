#include "tools/import/known_names.hpp"

#include <algorithm>

#include "events/codec.hpp"
#include "events/text/slip.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kNewest = 1000;

/// Those of the shipped history, and the currencies that its neighbours trade in.
constexpr std::string_view kMeasures[] = {
    "agreements",           "buildings",    "countries",      "foreign-direct-investment",
    "investment",           "participants", "projects",       "residents",
    "trading-partner-rank", "turnover",     "turnover-change"};
constexpr std::string_view kUnits[] = {
    "buildings", "companies", "countries", "participants", "percent", "projects", "rank", "AED",
    "AFN",       "AZN",       "BYN",       "CHF",          "CNY",     "EUR",      "GBP",  "INR",
    "JPY",       "KGS",       "KRW",       "KZT",          "PKR",     "RUB",      "SAR",  "TJS",
    "TMT",       "TRY",       "UAH",       "USD",          "UZS"};
constexpr std::string_view kKinds[] = {"exhibition-programme", "industrial-cooperation",
                                       "industrial-park",      "sector-investment",
                                       "technopark",           "trade-relation"};
constexpr std::string_view kMagnitudes[] = {
    "thousand", "million", "billion", "trillion", "thousands", "millions", "billions", "trillions",
    "mln",      "mio",     "bln",     "bn",       "mn",        "tn",       "thd"};

/// "eur" of "million-eur" and of "EUR million"; empty: there is no such word in it.
std::string_view without_magnitude(std::string_view unit) {
  const auto separates = [](char c) { return c == '-' || c == ' '; };
  for (const std::string_view word : kMagnitudes) {
    if (unit.size() < word.size() + 2) continue;
    if (unit.starts_with(word) && separates(unit[word.size()])) return unit.substr(word.size() + 1);
    const std::size_t rest = unit.size() - word.size();
    if (unit.ends_with(word) && separates(unit[rest - 1])) return unit.substr(0, rest - 1);
  }
  return {};
}

/// Decodes what is visited into `names`, up to so many events.
struct Reader {
  KnownNames& names;
  std::size_t left = kNewest;

  bool operator()(const RecordedEvent& recorded) {
    // What a newer program has recorded may not be readable: it is no reason to refuse an event.
    if (auto stored = decode(recorded)) names.add(stored->event);
    return --left > 0;
  }
};

}  // namespace

std::string_view name(NameUse use) {
  switch (use) {
    case NameUse::measure:
      return "measure";
    case NameUse::unit:
      return "unit";
    case NameUse::kind:
      return "kind";
  }
  return {};
}

KnownNames::KnownNames() {
  for (const auto each : kMeasures) add(NameUse::measure, each);
  for (const auto each : kUnits) add(NameUse::unit, each);
  for (const auto each : kKinds) add(NameUse::kind, each);
}

Result<void> KnownNames::add_newest(const Log& log, Position upto) {
  if (upto.value == 0) return {};
  return log.read(upto, Direction::backwards, Reader{*this});
}

Result<void> KnownNames::add_newest(const Log& log, std::string_view subject) {
  auto number = log.subject(subject);
  if (!number) return std::unexpected(number.error());
  if (!*number) return {};
  return log.read_subject(subject, Revision{UINT32_MAX}, Direction::backwards, Reader{*this});
}

void KnownNames::add(const Event& event) {
  each_name(event, [&](NameUse use, const std::string& name) { add(use, name); });
}

void KnownNames::add(NameUse use, std::string_view name) {
  names_[static_cast<std::size_t>(use)].emplace(name);
}

const std::set<std::string, std::less<>>& KnownNames::of(NameUse use) const {
  return names_[static_cast<std::size_t>(use)];
}

bool KnownNames::has(NameUse use, std::string_view name) const {
  return of(use).contains(name);
}

std::optional<std::string> KnownNames::slip_of(NameUse use, std::string_view name) const {
  if (has(use, name)) return std::nullopt;
  const std::string_view unit = use == NameUse::unit ? without_magnitude(name) : "";
  for (const std::string& known : of(use))
    if (looks_like_slip(name, known) ||
        (!unit.empty() && (unit == known || looks_like_slip(unit, known))))
      return known;
  return std::nullopt;
}

void each_name(const Event& event, const std::function<void(NameUse, const std::string&)>& visit) {
  for (const Quantity& quantity : event.quantities) {
    visit(NameUse::measure, quantity.measure);
    visit(NameUse::unit, quantity.unit);
  }
  if (event.description && !event.description->kind.empty())
    visit(NameUse::kind, event.description->kind);
}

}  // namespace solnoma
