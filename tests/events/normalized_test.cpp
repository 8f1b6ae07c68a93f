#include "events/normalized.hpp"

#include <doctest/doctest.h>

#include <string>

#include "events/exchange.hpp"
#include "events/text/nfc.hpp"
#include "events/validate.hpp"
#include "tests/events/samples.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

const std::string kApart = "и\u0306";  // й in two characters
const std::string kOne = "й";

void add(LocalText& local, const std::string& text) {
  for (const LocalPlace& each : kLocalTexts) local.*each.text += text;
  for (TaggedText& other : local.others) other.text += text;
}

/// A full event with `text` in every field that takes any.
Event event_of(const std::string& text) {
  Event e = full_event();
  for (std::string* field :
       {&e.id, &e.source, &e.supersedes, &e.supersedes_source, &e.label, &e.fulfils[0]})
    *field += text;
  Description& d = *e.description;
  for (LocalText* each : {&e.title, &e.note, &d.names, &d.region, &d.sectors[0], &d.partner,
                          &d.other_names[0], &d.partners[0].name})
    add(*each, text);
  for (std::string* field : {&d.identifiers[0].scheme, &d.identifiers[0].id, &d.partners[0].id})
    *field += text;
  for (Quantity& quantity : e.quantities) quantity.unit += text;
  for (LocalText& party : e.parties) add(party, text);
  for (Source& source : e.sources) {
    add(source.publisher, text);
    add(source.note, text);
  }
  return e;
}

}  // namespace

TEST_CASE("every text of an event is kept in NFC") {
  CHECK(normalized(event_of(kApart)) == event_of(kOne));
  CHECK(normalized(event_of(kOne)) == event_of(kOne));
  Event e = full_event();
  e.sources[0].url = "https://example.org/" + kApart;
  CHECK(normalized(e) == e);  // its server compares bytes
}

TEST_CASE("the lines of a note end alike") {
  Event e = full_event();
  e.note = "one\r\ntwo\n\tthree\r\n";
  e.sources[0].note = "a\r\nb";
  e = normalized(e);
  CHECK(e.note == "one\ntwo\n\tthree\n");
  CHECK(e.sources[0].note == "a\nb");
  CHECK(validate(e));
  e.note = "a\rb";
  CHECK(refused(validate(e), "data.note"));
}

TEST_CASE("the exchange format is read in NFC, and keeps the lines of a note") {
  Event e = event_of(kApart);
  e.note = "one\r\ntwo\tthree \u2068";
  const auto read = event_from_json(event_to_json(e), "");
  REQUIRE(read);
  CHECK(read->event == normalized(e));
  const auto escaped = event_from_json(
      R"({"specversion":"1.0","id":"и\u0306","source":"urn:t","type":"solnoma.opened",)"
      R"("subject":"park/a","known":"2024-01-01","data":{"note":"a\u000d\u000ab\u0009c"}})",
      "");
  REQUIRE(escaped);
  CHECK(escaped->event.id == kOne);
  CHECK(escaped->event.note == "a\nb\tc");
}

TEST_CASE("an event that was not normalized is refused where its id would be another's") {
  Event e = full_event();
  e.id = kApart;
  CHECK(refused(validate(e), "id"));
  e = full_event();
  e.source = "urn:" + kApart;
  CHECK(refused(validate(e), "source"));
  e = full_event();
  e.supersedes = kApart + " ";  // as an older log has it
  CHECK(validate(e));
}
