// The texts and lists of an event: what they may hold, and how much.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "engine/event.hpp"
#include "events/text/text.hpp"
#include "events/validate.hpp"
#include "tests/events/samples.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

bool is_id(std::string_view where) {
  return where == "id" || where == "source" || where.starts_with("supersedes") ||
         where.starts_with("data.fulfils");
}

bool is_note(std::string_view where) {
  return where.ends_with("note") || where.contains(".note.");
}

/// Breaks a line, and that alone is wrong with it.
bool breaks_lines(std::string_view text) {
  return text == "a\nb" || text == "a\tb";
}

/// A text of an event; `limit` 0: it has a form of its own, which other tests are about.
struct Field {
  std::string_view where;
  std::size_t limit;
  std::string& (*of)(Event&);
};

const std::vector<Field>& fields() {
  static const std::vector<Field> kFields = {
      {"id", kMaxId, [](Event& e) -> auto& { return e.id; }},
      {"source", kMaxSourceName, [](Event& e) -> auto& { return e.source; }},
      {"supersedes", kMaxId, [](Event& e) -> auto& { return e.supersedes; }},
      {"supersedessource", kMaxSourceName, [](Event& e) -> auto& { return e.supersedes_source; }},
      {"subject", 0, [](Event& e) -> auto& { return e.subject; }},
      {"type", 0, [](Event& e) -> auto& { return e.type; }},
      {"occurred", 0, [](Event& e) -> auto& { return e.occurred; }},
      {"data.title.en", 500, [](Event& e) -> auto& { return e.title.en; }},
      {"data.title.ru", 500, [](Event& e) -> auto& { return e.title.ru; }},
      {"data.title.uz", 500, [](Event& e) -> auto& { return e.title.uz; }},
      {"data.quantities[1].measure", 500,
       [](Event& e) -> auto& { return e.quantities[1].measure; }},
      {"data.quantities[1].value", 0, [](Event& e) -> auto& { return e.quantities[1].value; }},
      {"data.quantities[1].unit", 500, [](Event& e) -> auto& { return e.quantities[1].unit; }},
      {"data.quantities[1].period", 0, [](Event& e) -> auto& { return e.quantities[1].period; }},
      {"data.parties[0]", 500, [](Event& e) -> auto& { return e.parties[0].others[0].text; }},
      {"data.parties[1].ru", 500, [](Event& e) -> auto& { return e.parties[1].ru; }},
      {"data.sources[1].publisher.en", 500,
       [](Event& e) -> auto& { return e.sources[1].publisher.en; }},
      {"data.sources[1].published", 0, [](Event& e) -> auto& { return e.sources[1].published; }},
      {"data.sources[1].url", 2000, [](Event& e) -> auto& { return e.sources[1].url; }},
      {"data.sources[0].note", 8000,
       [](Event& e) -> auto& { return e.sources[0].note.others[0].text; }},
      {"data.sources[1].note.ru", 8000, [](Event& e) -> auto& { return e.sources[1].note.ru; }},
      {"data.note", 8000, [](Event& e) -> auto& { return e.note.others[0].text; }},
      {"data.label", 500, [](Event& e) -> auto& { return e.label; }},
      {"data.fulfils[1]", kMaxId, [](Event& e) -> auto& { return e.fulfils[1]; }},
      {"data.description.partner.zh-Hans", 500,
       [](Event& e) -> auto& { return e.description->partner.others[0].text; }},
      {"data.description.partners[0].id", 500,
       [](Event& e) -> auto& { return e.description->partners[0].id; }},
      {"data.description.names.en", 500, [](Event& e) -> auto& { return e.description->names.en; }},
      {"data.description.names.ru", 500, [](Event& e) -> auto& { return e.description->names.ru; }},
      {"data.description.names.uz", 500, [](Event& e) -> auto& { return e.description->names.uz; }},
      {"data.description.kind", 500, [](Event& e) -> auto& { return e.description->kind; }},
      {"data.description.region.en", 500,
       [](Event& e) -> auto& { return e.description->region.en; }},
      {"data.description.region.ru", 500,
       [](Event& e) -> auto& { return e.description->region.ru; }},
      {"data.description.region.uz", 500,
       [](Event& e) -> auto& { return e.description->region.uz; }},
      {"data.description.coordinates", 0,
       [](Event& e) -> auto& { return e.description->latitude; }},
      {"data.description.coordinates", 0,
       [](Event& e) -> auto& { return e.description->longitude; }},
      {"data.description.sectors[1].en", 500,
       [](Event& e) -> auto& { return e.description->sectors[1].en; }},
      {"data.description.sectors[1].ru", 500,
       [](Event& e) -> auto& { return e.description->sectors[1].ru; }},
      {"data.description.sectors[1].uz", 500,
       [](Event& e) -> auto& { return e.description->sectors[1].uz; }},
      {"data.description.partner.en", 500,
       [](Event& e) -> auto& { return e.description->partner.en; }},
      {"data.description.partner.ru", 500,
       [](Event& e) -> auto& { return e.description->partner.ru; }},
      {"data.description.partner.uz", 500,
       [](Event& e) -> auto& { return e.description->partner.uz; }},
  };
  return kFields;
}

}  // namespace

TEST_CASE("every text field refuses what could not be shown safely, and names itself") {
  for (const Field& field : fields()) {
    for (const auto& [name, text] : unsafe_texts()) {
      CAPTURE(name);
      if (is_note(field.where) && breaks_lines(text)) continue;
      Event e = full_event();
      field.of(e) = text;
      CHECK(refused(validate(e), field.where));
      e = full_event();
      field.of(e) += text;
      CHECK(refused(validate(e), field.where));
    }
  }
}

TEST_CASE("every text field takes its limit of characters and not one more; ids count bytes") {
  CHECK(kMaxShortText == 500);
  CHECK(kMaxLongText == 8000);
  CHECK(kMaxUrl == 2000);
  for (const Field& field : fields()) {
    if (field.limit == 0) continue;
    CAPTURE(field.where);
    const bool ascii =
        is_id(field.where) || field.where.ends_with("measure") || field.where.ends_with("kind");
    for (const std::string letter : {"a", "Ш", "🏗"}) {
      if (ascii && letter != "a") continue;
      Event e = full_event();
      std::string& text = field.of(e);
      text = field.where.ends_with(".url") ? "https://" : "";
      for (std::size_t i = text.size(); i < field.limit; ++i) text += letter;
      CHECK(validate(e));
      text += letter;
      const auto outcome = validate(e);
      REQUIRE(refused(outcome, field.where));
      if (!ascii) CHECK(outcome.error().what.contains("characters, more than"));
    }
  }
  Event e = full_event();
  e.id = std::string(254, 'a') + "Ш";
  CHECK(refused(validate(e), "id"));
}

TEST_CASE("notes keep lines and tabs; all other texts say that they are one line") {
  for (const Field& field : fields()) {
    if (field.limit == 0 || field.where.ends_with("measure") || field.where.ends_with("kind"))
      continue;
    CAPTURE(field.where);
    Event e = full_event();
    field.of(e) += "\n\tb";
    const auto outcome = validate(e);
    if (is_note(field.where)) {
      CHECK(outcome);
    } else {
      REQUIRE(refused(outcome, field.where));
      const bool id = field.where == "id" || field.where == "source";
      CHECK(outcome.error().what.contains(id ? "U+000A" : "is a line break (U+000A)"));
    }
  }
}

TEST_CASE("names in Persian, Arabic and Hindi keep their joiners and marks") {
  for (const std::string text :
       {"می\u200Cخواهم", "क्\u200Dष", "C++\u200E شرکت", "\u200Fنام", "\u061Cنام"}) {
    Event e = full_event();
    e.title.en = text;
    e.parties[0] = text;
    e.description->names.ru = text;
    CHECK(validate(e));
    e.id = text;
    CHECK(refused(validate(e), "id"));
  }
}

TEST_CASE("every list takes 100 entries and not one more") {
  CHECK(kMaxEntries == 100);
  const auto check = [](std::string_view where, auto list_of) {
    Event e = full_event();
    auto& list = list_of(e);
    list.resize(kMaxEntries, list.front());
    CHECK(validate(e));
    list.push_back(list.front());
    CHECK(refused(validate(e), where));
  };
  check("data.quantities", [](Event& e) -> auto& { return e.quantities; });
  check("data.parties", [](Event& e) -> auto& { return e.parties; });
  check("data.sources", [](Event& e) -> auto& { return e.sources; });
  check("data.description.sectors", [](Event& e) -> auto& { return e.description->sectors; });
}

TEST_CASE("an error quotes a long text in part, without cutting through a character") {
  for (std::size_t offset = 0; offset < 4; ++offset) {
    std::string emoji(offset, 'a');
    for (int i = 0; i < 100; ++i) emoji += "🏗";
    for (const Field& field : fields()) {
      if (field.limit != 0 && !field.where.ends_with(".url")) continue;
      Event e = full_event();
      field.of(e) = emoji;
      const auto outcome = validate(e);
      REQUIRE(refused(outcome, field.where));
      CHECK_MESSAGE(check_text(outcome.error().what, 300), outcome.error().what);
    }
  }
}
