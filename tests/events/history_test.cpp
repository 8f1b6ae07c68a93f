#include "events/history.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "events/chronicle.hpp"
#include "events/subject.hpp"
#include "events/validate.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

struct Figure {
  std::string measure, value;
  Bound bound = Bound::exact;
  std::string period = "";
};

/// A row of the facts, as the five sources have them.
struct Fact {
  std::string subject, type;
  Modality modality;
  std::string occurred, known, publisher;
  std::vector<Figure> figures = {};
};

constexpr auto kActual = Modality::actual;
constexpr auto kPlanned = Modality::planned;
constexpr auto kMore = Bound::more_than;
const std::string kRia = "RIA Novosti";
const std::string kSputnik = "Sputnik Uzbekistan";
const std::string kBelta = "BelTA";

const std::vector<Fact>& facts() {
  static const std::vector<Fact> kFacts = {
      // S1
      {"park/chirchik", "construction-started", kActual, "2022-03", "2024-02-02", kRia},
      {"park/chirchik",
       "residents-reported",
       kActual,
       "2024-02-02",
       "2024-02-02",
       kRia,
       {{"residents", "10", kMore}}},
      {"park/chirchik",
       "investment-reported",
       kActual,
       "2024-02-02",
       "2024-02-02",
       kRia,
       {{"investment", "30000000", kMore}}},
      {"park/jizzakh", "opened", kActual, "2023-04", "2024-02-02", kRia},
      {"park/jizzakh",
       "residents-reported",
       kPlanned,
       "",
       "2024-02-02",
       kRia,
       {{"residents", "30", kMore}}},
      {"park/jizzakh",
       "investment-reported",
       kPlanned,
       "",
       "2024-02-02",
       kRia,
       {{"investment", "60000000"}}},
      {"park/alabuga-model", "agreement-signed", kActual, "2023-10", "2024-02-02", kRia},
      {"park/master-model", "agreement-signed", kActual, "2023-10", "2024-02-02", kRia},
      {"park/eltech", "announced", kActual, "", "2024-02-02", kRia},
      {"park/eltech", "operator-engaged", kPlanned, "", "2024-02-02", kRia},
      {"park/eltech", "meeting-held", kActual, "", "2024-02-02", kRia},
      {"park/eltech", "meeting-held", kPlanned, "", "2024-02-02", kRia},
      // S0
      {"park/navoi", "production-started", kPlanned, "", "2025-09-27", kSputnik},
      {"park/bukhara", "production-started", kPlanned, "", "2025-09-27", kSputnik},
      {"relation/russia-uzbekistan",
       "indicator-reported",
       kActual,
       "2024",
       "2025-09-27",
       kSputnik,
       {{"turnover", "10200000000", kMore, "2024"}}},
      {"relation/russia-uzbekistan",
       "indicator-reported",
       kActual,
       "2025-01/2025-07",
       "2025-09-27",
       kSputnik,
       {{"turnover-change", "5", Bound::slightly_more_than, "2025-01/2025-07"}}},
      // S3
      {"park/bukhara",
       "building-completed",
       kActual,
       "2025",
       "2025-11-12",
       kSputnik,
       {{"buildings", "2"}}},
      {"park/bukhara", "production-started", kActual, "", "2025-11-12", kSputnik},
      {"park/bukhara", "residents-reported", kActual, "", "2025-11-12", kSputnik},
      {"park/navoi", "construction-completed", kActual, "2025", "2025-11-12", kSputnik},
      {"park/navoi", "utilities-connected", kActual, "", "2025-11-12", kSputnik},
      {"park/navoi", "landscaped", kActual, "", "2025-11-12", kSputnik},
      {"park/navoi", "residents-reported", kActual, "", "2025-11-12", kSputnik},
      {"park/bukhara", "visited", kActual, "", "2025-11-12", kSputnik},
      {"park/navoi", "visited", kActual, "", "2025-11-12", kSputnik},
      {"park/navoi", "meeting-held", kActual, "", "2025-11-12", kSputnik},
      // S4
      {"park/future-metals-tashkent", "announced", kActual, "", "2025-09-29", kBelta},
      {"park/future-metals-samarkand", "announced", kActual, "", "2025-09-29", kBelta},
      {"programme/innoprom-central-asia",
       "exhibition-held",
       kActual,
       "2025",
       "2025-09-29",
       kBelta,
       {{"participants", "11000", kMore},
        {"countries", "35"},
        {"agreements", "5000000000", kMore}}},
      {"relation/uzbekistan-cis-eaeu",
       "indicator-reported",
       kActual,
       "",
       "2025-09-29",
       kBelta,
       {{"projects", "600", kMore}, {"investment", "70000000000"}}},
      {"relation/uzbekistan-energy",
       "indicator-reported",
       kActual,
       "",
       "2025-09-29",
       kBelta,
       {{"foreign-direct-investment", "6000000000", kMore}}},
      // S2
      {"relation/altai-uzbekistan", "meeting-held", kActual, "", "2025-12-18", kSputnik},
      {"relation/altai-uzbekistan",
       "indicator-reported",
       kActual,
       "",
       "2025-12-18",
       kSputnik,
       {{"trading-partner-rank", "3"}}},
      {"relation/altai-uzbekistan",
       "indicator-reported",
       kActual,
       "2025-01/2025-09",
       "2025-12-18",
       kSputnik,
       {{"turnover-change", "33", Bound::exact, "2025-01/2025-09"}}},
      {"relation/altai-uzbekistan", "visited", kPlanned, "2026", "2025-12-18", kSputnik},
      {"relation/altai-uzbekistan", "visited", kPlanned, "", "2025-12-18", kSputnik},
  };
  return kFacts;
}

bool tells(const Event& event, const Fact& fact) {
  return event.subject == fact.subject && event.type == fact.type &&
         event.modality == fact.modality && event.occurred == fact.occurred &&
         event.known == day(fact.known) &&
         std::ranges::any_of(event.sources,
                             [&](const Source& s) {
                               return s.publisher.en == fact.publisher && s.published == fact.known;
                             }) &&
         std::ranges::equal(event.quantities, fact.figures, [](const auto& q, const auto& f) {
           return q.measure == f.measure && q.value == f.value && q.bound == f.bound &&
                  q.period == f.period;
         });
}

std::vector<Event> history() {
  auto events = shipped_history();
  REQUIRE_MESSAGE(events, events.error().where, ": ", events.error().what);
  return *events;
}

bool in_three_languages(const LocalText& text) {
  return !text.en.empty() && !text.ru.empty() && !text.uz.empty() && text.others.empty();
}

/// Every text of an event that is not empty.
std::vector<LocalText> texts_of(const Event& e) {
  std::vector<LocalText> texts{e.title, e.note};
  texts.insert(texts.end(), e.parties.begin(), e.parties.end());
  for (const Source& source : e.sources) {
    texts.push_back(source.publisher);
    texts.push_back(source.note);
  }
  if (e.description) {
    const Description& d = *e.description;
    texts.insert(texts.end(), {d.names, d.region, d.partner});
    texts.insert(texts.end(), d.sectors.begin(), d.sectors.end());
    for (const Partner& partner : d.partners) texts.push_back(partner.name);
  }
  std::erase_if(texts, [](const LocalText& text) { return text.empty(); });
  return texts;
}

}  // namespace

TEST_CASE("every event of the shipped history is valid and cited, once") {
  std::set<std::string> ids;
  for (const Event& e : history()) {
    CAPTURE(e.id);
    const auto mark = validate(e);
    CHECK_MESSAGE(mark, mark.error().where, ": ", mark.error().what);
    CHECK(ids.insert(e.source + ' ' + e.id).second);
    CHECK_FALSE(e.sources.empty());
  }
}

TEST_CASE("every text of the shipped history is told in three languages") {
  for (const Event& e : history()) {
    CAPTURE(e.id);
    CHECK(in_three_languages(e.title));
    for (const LocalText& text : texts_of(e))
      CHECK_MESSAGE(in_three_languages(text), text.in(Language::en));
  }
}

TEST_CASE("Uzbek texts of the shipped history have the letters of the alphabet of 1995") {
  for (const Event& e : history())
    for (const LocalText& text : texts_of(e)) {
      CAPTURE(text.uz);
      // oʻ and gʻ with U+02BB, the tutuq belgisi U+02BC: no sign of a keyboard in their place.
      for (const char* wrong : {"'", "`", "´", "‘", "’"})
        CHECK(text.uz.find(wrong) == std::string::npos);
    }
}

TEST_CASE("every park of the shipped history names its country and its partners") {
  for (const Event& e : history()) {
    if (!e.description || kind_of(e.subject) != "park") continue;
    CAPTURE(e.subject);
    CHECK(e.description->country == "UZ");
    CHECK(e.description->partner.empty() == e.description->partners.empty());
  }
}

TEST_CASE("two visits that are planned of one relation are two plans") {
  std::set<std::string> parts;
  for (const Event& e : history())
    if (e.type == "visited" && e.modality == Modality::planned) parts.insert(e.part);
  CHECK(parts == std::set<std::string>{"business-mission", "governor-visit"});
}

TEST_CASE("the shipped history comes in the order of its publication") {
  const auto events = history();
  CHECK(std::ranges::is_sorted(events, {}, &Event::known));
}

TEST_CASE("every fact of the sources is told exactly once, and nothing else is") {
  const auto events = history();
  for (const Fact& fact : facts()) {
    CAPTURE(fact.subject);
    CAPTURE(fact.type);
    CAPTURE(fact.occurred);
    CHECK(std::ranges::count_if(events, [&](const Event& e) { return tells(e, fact); }) == 1);
  }
  const auto described =
      std::ranges::count_if(events, [](const Event& e) { return e.type == "described"; });
  CHECK(events.size() == facts().size() + static_cast<std::size_t>(described));
}

TEST_CASE("every subject of the shipped history is described once") {
  std::set<std::string> subjects;
  std::multiset<std::string> described;
  for (const Event& e : history()) {
    subjects.insert(e.subject);
    if (e.type == "described") described.insert(e.subject);
  }
  CHECK(subjects.size() == 14);
  CHECK(std::vector(subjects.begin(), subjects.end()) ==
        std::vector(described.begin(), described.end()));
}

TEST_CASE("the shipped history is recorded as one batch, and a second time changes nothing") {
  ManualClock clock;
  const Disk disk = Disk::memory();
  REQUIRE(Journal::create(disk, "/store"));
  const auto journal = open_journal(disk, "/store", clock);
  REQUIRE(journal);
  const auto events = history();
  const auto first = append(**journal, events);
  REQUIRE_MESSAGE(first, first.error().where, ": ", first.error().what);
  CHECK(first->recorded == events.size());
  const auto again = append(**journal, events);
  REQUIRE(again);
  CHECK(again->recorded == 0);
  CHECK(again->already == events.size());
}
