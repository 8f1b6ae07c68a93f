#include "tools/import/text_bytes.hpp"

#include <string>
#include <vector>

namespace solnoma {
namespace {

std::size_t text_bytes(const std::string& text) {
  return text.size();
}

std::size_t text_bytes(const LocalText& text) {
  std::size_t bytes = 0;
  for (const LocalPlace& each : kLocalTexts) bytes += (text.*each.text).size();
  for (const TaggedText& other : text.others) bytes += other.language.size() + other.text.size();
  return bytes;
}

std::size_t text_bytes(const Quantity& quantity) {
  return quantity.measure.size() + quantity.value.size() + quantity.unit.size() +
         quantity.period.size() + quantity.upper.size();
}

std::size_t text_bytes(const Source& source) {
  return text_bytes(source.publisher) + source.published.size() + source.url.size() +
         text_bytes(source.note);
}

std::size_t text_bytes(const Identifier& identifier) {
  return identifier.scheme.size() + identifier.id.size();
}

std::size_t text_bytes(const Partner& partner) {
  return text_bytes(partner.name) + partner.role.size() + partner.share.size() + partner.id.size();
}

template <class Item>
std::size_t text_bytes(const std::vector<Item>& items) {
  std::size_t bytes = 0;
  for (const Item& item : items) bytes += sizeof(Item) + text_bytes(item);
  return bytes;
}

std::size_t text_bytes(const Description& description) {
  return text_bytes(description.names) + text_bytes(description.region) +
         text_bytes(description.sectors) + text_bytes(description.partner) +
         text_bytes(description.identifiers) + text_bytes(description.other_names) +
         description.geometry.size() + text_bytes(description.partners);
}

}  // namespace

std::size_t text_bytes(const Event& event) {
  return event.id.size() + event.subject.size() + text_bytes(event.title) +
         text_bytes(event.quantities) + text_bytes(event.parties) + text_bytes(event.sources) +
         text_bytes(event.note) + text_bytes(event.fulfils) +
         (event.description ? text_bytes(*event.description) : 0);
}

}  // namespace solnoma
