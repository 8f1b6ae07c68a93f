#include "events/normalized.hpp"

#include "events/text/nfc.hpp"

namespace solnoma {
namespace {

void normalize(LocalText& text) {
  for (const auto each : kLocalTexts) make_nfc(text.*each);
}

void normalize_lines(std::string& text) {
  make_nfc(text);
  for (std::size_t i = text.find("\r\n"); i != std::string::npos; i = text.find("\r\n", i))
    text.erase(i, 1);
}

void normalize(Description& description) {
  normalize(description.names);
  normalize(description.region);
  for (LocalText& sector : description.sectors) normalize(sector);
  normalize(description.partner);
}

}  // namespace

Event normalized(Event event) {
  for (std::string* text : {&event.id, &event.source, &event.supersedes, &event.supersedes_source})
    make_nfc(*text);
  normalize(event.title);
  for (Quantity& quantity : event.quantities) make_nfc(quantity.unit);
  for (std::string& party : event.parties) make_nfc(party);
  for (Source& source : event.sources) {
    make_nfc(source.publisher);
    normalize_lines(source.note);
  }
  normalize_lines(event.note);
  if (event.description) normalize(*event.description);
  return event;
}

}  // namespace solnoma
