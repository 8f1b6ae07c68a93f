// The catalogues against the sources: nothing missing, fuzzy, superfluous or without its places.

#include <doctest/doctest.h>
#include <gettext-po.h>

#include <algorithm>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "events/event_type.hpp"
#include "events/history.hpp"
#include "events/language.hpp"
#include "projections/plans.hpp"
#include "projections/status.hpp"
#include "tools/report/words/description.hpp"
#include "tools/report/words/numbers.hpp"

using namespace solnoma;

namespace {

/// Context and English text.
using Key = std::pair<std::string, std::string>;

struct Entry {
  Key key;
  std::string plural;
  std::vector<std::string> translations;
  bool fuzzy = false;
};

std::string text_of(const char* text) {
  return text != nullptr ? text : "";
}

/// Without the header.
std::vector<Entry> read_po(const std::string& path) {
  const auto ignore = [](auto...) {};
  const po_xerror_handler handler{ignore, ignore};
  const std::unique_ptr<po_file, decltype(&po_file_free)> file(po_file_read(path.c_str(), &handler),
                                                               &po_file_free);
  REQUIRE(file != nullptr);
  std::vector<Entry> entries;
  po_message_iterator_t iterator = po_message_iterator(file.get(), nullptr);
  while (const po_message_t message = po_next_message(iterator)) {
    if (po_message_is_obsolete(message) != 0) continue;
    Entry entry;
    entry.key = {text_of(po_message_msgctxt(message)), po_message_msgid(message)};
    if (entry.key.second.empty()) continue;
    entry.plural = text_of(po_message_msgid_plural(message));
    entry.fuzzy = po_message_is_fuzzy(message) != 0;
    if (entry.plural.empty())
      entry.translations.push_back(po_message_msgstr(message));
    else
      for (int i = 0; po_message_msgstr_plural(message, i) != nullptr; ++i)
        entry.translations.push_back(po_message_msgstr_plural(message, i));
    entries.push_back(std::move(entry));
  }
  po_message_iterator_free(iterator);
  return entries;
}

/// "{}", "{year}", each as often as it stands there.
std::multiset<std::string> places(const std::string& text) {
  static const std::regex place(R"(\{[^}]*\})");
  std::multiset<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), place), end; it != end; ++it)
    found.insert(it->str());
  return found;
}

/// What reaches translate() by a name that lies elsewhere.
std::set<Key> names() {
  std::set<Key> keys;
  for (std::size_t i = 0; i < kStatuses; ++i) keys.emplace("", name(static_cast<Status>(i)));
  for (const EventType& type : kEventTypes) keys.emplace("event", type.name);
  for (std::size_t i = 0; i < kPlanStates; ++i) keys.emplace("", name(static_cast<PlanState>(i)));
  for (std::size_t i = 0; i < kBounds; ++i) {
    const auto bound = static_cast<Bound>(i);
    if (bound == Bound::exact || bound == Bound::between) continue;
    std::string pattern(name(bound));
    std::ranges::replace(pattern, '-', ' ');
    for (const std::string around : {"", "count", "amount"}) keys.emplace(around, pattern + " {}");
  }
  for (const std::string around : {"", "count"})
    for (const std::string range : {"between {low} and {high}", "about {low} to {high}"})
      keys.emplace(around, range);
  for (const std::string& month : month_names(Language::en).alone) keys.emplace("in", month);
  for (const std::string unit :
       {"company", "building", "participant", "country", "project", "US dollar", "percent"})
    keys.emplace("bounded", "{} " + unit);
  for (const std::string_view role : kRoles) keys.emplace("role", role);
  for (const std::string unit : {"USD", "percent", "rank"}) keys.emplace("", unit);  // short
  const auto history = shipped_history();
  REQUIRE(history);
  for (const Event& event : *history)
    for (const Quantity& quantity : event.quantities) keys.emplace("", quantity.measure);
  return keys;
}

std::string text(const Key& key) {
  return key.first.empty() ? key.second : key.first + " | " + key.second;
}

/// The languages that have a catalogue: all but English, which is the key.
std::vector<std::string> translated() {
  std::vector<std::string> codes;
  for (const auto& each : solnoma::kLanguages)
    if (each.language != solnoma::Language::en) codes.emplace_back(each.code);
  return codes;
}

}  // namespace

TEST_CASE("every catalogue has every word that the sources use, and no other") {
  // Collected by xgettext when the tests were built.
  const std::vector<Entry> used = read_po(SOLNOMA_MESSAGES_IN_SOURCES);
  const std::set<Key> elsewhere = names();
  for (const std::string& language : translated()) {
    CAPTURE(language);
    std::set<Key> known = elsewhere;  // what is used, by the key under which it is looked up
    std::set<Key> catalogue;
    std::set<std::string> plurals;
    for (const Entry& entry : read_po(SOLNOMA_CATALOGUES "/" + language + ".po")) {
      catalogue.insert(entry.key);
      if (!entry.plural.empty()) plurals.insert(entry.plural);
    }
    for (const Entry& entry : used) known.insert(entry.key);
    for (const Key& key : known) {
      CAPTURE(text(key));
      const bool there =
          catalogue.contains(key) || (key.first.empty() && plurals.contains(key.second));
      CHECK(there);
    }
    for (const Key& key : catalogue) {
      CAPTURE(text(key));
      CHECK(known.contains(key));
    }
  }
}

TEST_CASE("every translation is finished and has the places of the English text") {
  for (const std::string& language : translated())
    for (const Entry& entry : read_po(SOLNOMA_CATALOGUES "/" + language + ".po")) {
      CAPTURE(language);
      CAPTURE(text(entry.key));
      CHECK(!entry.fuzzy);
      const auto wanted = places(entry.plural.empty() ? entry.key.second : entry.plural);
      if (!entry.plural.empty()) CHECK(places(entry.key.second) == wanted);
      REQUIRE(!entry.translations.empty());
      for (const std::string& translation : entry.translations) {
        CHECK(!translation.empty());
        CHECK(places(translation) == wanted);
      }
    }
}

TEST_CASE("Uzbek is written with its own letters") {
  for (const Entry& entry : read_po(SOLNOMA_CATALOGUES "/uz.po"))
    for (const std::string& translation : entry.translations) {
      CAPTURE(translation);
      for (const std::string mark : {"'", "`", "‘", "’"})
        CHECK(translation.find(mark) == std::string::npos);
    }
}
