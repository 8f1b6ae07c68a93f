#include "events/normalized.hpp"

#include "events/text/nfc.hpp"

namespace solnoma {
namespace {

/// Calls `change` with the text in each language.
template <class Change>
void each_language(LocalText& text, Change change) {
  for (const LocalPlace& each : kLocalTexts) change(text.*each.text);
  for (TaggedText& other : text.others) change(other.text);
}

void normalize(LocalText& text) {
  each_language(text, make_nfc);
}

void normalize(std::vector<LocalText>& texts) {
  for (LocalText& text : texts) normalize(text);
}

void end_lines(std::string& text) {
  for (std::size_t i = text.find("\r\n"); i != std::string::npos; i = text.find("\r\n", i))
    text.erase(i, 1);
}

void normalize_note(LocalText& note) {
  normalize(note);
  each_language(note, end_lines);
}

void normalize(Description& description) {
  normalize(description.names);
  normalize(description.region);
  normalize(description.sectors);
  normalize(description.partner);
  normalize(description.other_names);
  for (Identifier& identifier : description.identifiers) {
    make_nfc(identifier.scheme);
    make_nfc(identifier.id);
  }
  for (Partner& partner : description.partners) {
    normalize(partner.name);
    make_nfc(partner.id);
  }
}

}  // namespace

void normalize(Event& event) {
  for (std::string* text :
       {&event.id, &event.source, &event.supersedes, &event.supersedes_source, &event.label})
    make_nfc(*text);
  normalize(event.title);
  for (Quantity& quantity : event.quantities) make_nfc(quantity.unit);
  for (std::string& plan : event.fulfils) make_nfc(plan);
  normalize(event.parties);
  for (Source& source : event.sources) {
    normalize(source.publisher);
    normalize_note(source.note);
  }
  normalize_note(event.note);
  if (event.description) normalize(*event.description);
  if (event.import_record) {
    make_nfc(event.import_record->file);
    make_nfc(event.import_record->mapping);
    make_nfc(event.import_record->first);
  }
}

Event normalized(Event event) {
  normalize(event);
  return event;
}

}  // namespace solnoma
