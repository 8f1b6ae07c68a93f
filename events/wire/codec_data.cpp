#include "events/wire/codec_data.hpp"

#include <fmt/format.h>

#include "events/wire/capnp_text.hpp"

namespace solnoma {
namespace {

std::string text(capnp::Text::Reader reader) {
  return std::string(as_view(reader));
}

/// An enumerant that is not in our schema, although the bytes are sound.
std::unexpected<Error> newer(std::string field) {
  return at(std::move(field), Error{Errc::unsupported,
                                    "its value was recorded by a newer program",
                                    {},
                                    "upgrade this program"});
}

/// Absent and empty are the same to us: an empty text is not written, so that an event
/// has one canonical form.
bool has(const std::string& value) {
  return !value.empty();
}

void write(const TaggedText& from, schema::TaggedText::Builder to);
void write(const LocalText& from, schema::LocalText::Builder to);
void write(const Quantity& from, schema::Quantity::Builder to);
void write(const Source& from, schema::Source::Builder to);
void write(const Identifier& from, schema::Identifier::Builder to);
void write(const Partner& from, schema::Partner::Builder to);

/// Writes the items into the list that `init` makes, if there are any.
template <class Items, class Init>
void write_all(const Items& items, Init init) {
  if (items.empty()) return;
  auto list = init(static_cast<unsigned>(items.size()));
  for (unsigned i = 0; i < list.size(); ++i) write(items[i], list[i]);
}

template <class Items, class Init>
void write_texts(const Items& items, Init init) {
  if (items.empty()) return;
  auto list = init(static_cast<unsigned>(items.size()));
  for (unsigned i = 0; i < list.size(); ++i) list.set(i, as_capnp(items[i]));
}

/// Texts that were plain in version 1 of the schema have a place for that, and one for more.
template <class SetPlain, class Init>
void write_text(const LocalText& text, SetPlain set_plain, Init init) {
  if (text.empty()) return;
  if (const std::string* plain = text.plain())
    set_plain(as_capnp(*plain));
  else
    write(text, init());
}

void write(const TaggedText& from, schema::TaggedText::Builder to) {
  if (has(from.language)) to.setLanguage(as_capnp(from.language));
  if (has(from.text)) to.setText(as_capnp(from.text));
}

TaggedText read(schema::TaggedText::Reader from) {
  return {text(from.getLanguage()), text(from.getText())};
}

void write(const LocalText& from, schema::LocalText::Builder to) {
  if (has(from.en)) to.setEn(as_capnp(from.en));
  if (has(from.ru)) to.setRu(as_capnp(from.ru));
  if (has(from.uz)) to.setUz(as_capnp(from.uz));
  write_all(from.others, [&](unsigned size) { return to.initOthers(size); });
}

LocalText read(schema::LocalText::Reader from) {
  LocalText to{text(from.getEn()), text(from.getRu()), text(from.getUz())};
  for (const auto other : from.getOthers()) to.others.push_back(read(other));
  return to;
}

void write(const Quantity& from, schema::Quantity::Builder to) {
  if (has(from.measure)) to.setMeasure(as_capnp(from.measure));
  if (has(from.value)) to.setValue(as_capnp(from.value));
  if (has(from.unit)) to.setUnit(as_capnp(from.unit));
  to.setBound(static_cast<schema::Bound>(from.bound));
  if (has(from.period)) to.setPeriod(as_capnp(from.period));
  if (has(from.upper)) to.setUpper(as_capnp(from.upper));
  to.setAccrual(static_cast<schema::Accrual>(from.accrual));
}

Result<Quantity> read(schema::Quantity::Reader from) {
  if (from.getBound() > schema::Bound::BETWEEN) return newer("bound");
  if (from.getAccrual() > schema::Accrual::FLOW) return newer("flow");
  return Quantity{text(from.getMeasure()),
                  text(from.getValue()),
                  text(from.getUnit()),
                  static_cast<Bound>(from.getBound()),
                  text(from.getPeriod()),
                  text(from.getUpper()),
                  static_cast<Accrual>(from.getAccrual())};
}

void write(const Source& from, schema::Source::Builder to) {
  write_text(
      from.publisher, [&](auto text) { to.setPublisher(text); },
      [&] { return to.initLocalPublisher(); });
  if (has(from.published)) to.setPublished(as_capnp(from.published));
  if (has(from.url)) to.setUrl(as_capnp(from.url));
  write_text(from.note, [&](auto text) { to.setNote(text); }, [&] { return to.initLocalNote(); });
}

LocalText read_text(capnp::Text::Reader plain, bool has_more, schema::LocalText::Reader more) {
  return has_more ? read(more) : LocalText(text(plain));
}

Source read(schema::Source::Reader from) {
  return {read_text(from.getPublisher(), from.hasLocalPublisher(), from.getLocalPublisher()),
          text(from.getPublished()), text(from.getUrl()),
          read_text(from.getNote(), from.hasLocalNote(), from.getLocalNote())};
}

void write(const Identifier& from, schema::Identifier::Builder to) {
  if (has(from.scheme)) to.setScheme(as_capnp(from.scheme));
  if (has(from.id)) to.setId(as_capnp(from.id));
}

Identifier read(schema::Identifier::Reader from) {
  return {text(from.getScheme()), text(from.getId())};
}

void write(const Partner& from, schema::Partner::Builder to) {
  if (!from.name.empty()) write(from.name, to.initName());
  if (has(from.role)) to.setRole(as_capnp(from.role));
  if (has(from.share)) to.setShare(as_capnp(from.share));
  if (has(from.id)) to.setId(as_capnp(from.id));
}

Partner read(schema::Partner::Reader from) {
  return {read(from.getName()), text(from.getRole()), text(from.getShare()), text(from.getId())};
}

void write(const Description& from, schema::Description::Builder to) {
  if (!from.names.empty()) write(from.names, to.initNames());
  if (has(from.kind)) to.setKind(as_capnp(from.kind));
  if (!from.region.empty()) write(from.region, to.initRegion());
  if (has(from.latitude) || has(from.longitude)) {
    auto coordinates = to.initCoordinates();
    coordinates.setLatitude(as_capnp(from.latitude));
    coordinates.setLongitude(as_capnp(from.longitude));
  }
  write_all(from.sectors, [&](unsigned size) { return to.initSectors(size); });
  if (!from.partner.empty()) write(from.partner, to.initPartner());
  write_all(from.identifiers, [&](unsigned size) { return to.initIdentifiers(size); });
  write_all(from.other_names, [&](unsigned size) { return to.initOtherNames(size); });
  if (has(from.part_of)) to.setPartOf(as_capnp(from.part_of));
  if (has(from.country)) to.setCountry(as_capnp(from.country));
  if (has(from.geometry)) to.setGeometry(as_capnp(from.geometry));
  write_all(from.partners, [&](unsigned size) { return to.initPartners(size); });
}

Description read(schema::Description::Reader from) {
  Description to;
  to.names = read(from.getNames());
  to.kind = text(from.getKind());
  to.region = read(from.getRegion());
  const auto coordinates = from.getCoordinates();
  to.latitude = text(coordinates.getLatitude());
  to.longitude = text(coordinates.getLongitude());
  for (const auto sector : from.getSectors()) to.sectors.push_back(read(sector));
  to.partner = read(from.getPartner());
  for (const auto identifier : from.getIdentifiers()) to.identifiers.push_back(read(identifier));
  for (const auto other : from.getOtherNames()) to.other_names.push_back(read(other));
  to.part_of = text(from.getPartOf());
  to.country = text(from.getCountry());
  to.geometry = text(from.getGeometry());
  for (const auto partner : from.getPartners()) to.partners.push_back(read(partner));
  return to;
}

void write(const ImportRecord& from, schema::ImportRecord::Builder to) {
  if (has(from.file)) to.setFile(as_capnp(from.file));
  if (has(from.sha256)) to.setSha256(as_capnp(from.sha256));
  if (has(from.mapping)) to.setMapping(as_capnp(from.mapping));
  to.setRows(from.rows);
  to.setEvents(from.events);
  if (has(from.first)) to.setFirst(as_capnp(from.first));
}

ImportRecord read(schema::ImportRecord::Reader from) {
  return {text(from.getFile()), text(from.getSha256()), text(from.getMapping()),
          from.getRows(),       from.getEvents(),       text(from.getFirst())};
}

void write_parties(const std::vector<LocalText>& parties, schema::Data::Builder data) {
  std::vector<std::string> plain;
  for (const LocalText& party : parties)
    if (const std::string* text = party.plain()) plain.push_back(*text);
  if (plain.size() == parties.size())
    write_texts(plain, [&](unsigned size) { return data.initParties(size); });
  else
    write_all(parties, [&](unsigned size) { return data.initLocalParties(size); });
}

}  // namespace

static_assert(static_cast<int>(Bound::between) == static_cast<int>(schema::Bound::BETWEEN));
static_assert(static_cast<int>(Modality::planned) == static_cast<int>(schema::Modality::PLANNED));
static_assert(static_cast<int>(Accrual::flow) == static_cast<int>(schema::Accrual::FLOW));

void write_data(const Event& event, schema::Data::Builder data) {
  data.setModality(static_cast<schema::Modality>(event.modality));
  if (!event.title.empty()) write(event.title, data.initTitle());
  write_all(event.quantities, [&](unsigned size) { return data.initQuantities(size); });
  write_parties(event.parties, data);
  write_all(event.sources, [&](unsigned size) { return data.initSources(size); });
  write_text(
      event.note, [&](auto text) { data.setNote(text); }, [&] { return data.initLocalNote(); });
  if (event.description) write(*event.description, data.initDescription());
  if (has(event.label)) data.setLabel(as_capnp(event.label));
  if (has(event.part)) data.setPart(as_capnp(event.part));
  write_texts(event.fulfils, [&](unsigned size) { return data.initFulfils(size); });
  if (event.import_record) write(*event.import_record, data.initImportRecord());
}

Result<Modality> read_modality(schema::Data::Reader data) {
  if (data.getModality() > schema::Modality::PLANNED) return newer("data.modality");
  return static_cast<Modality>(data.getModality());
}

Result<void> read_data(schema::Data::Reader data, Event& event) {
  const auto modality = read_modality(data);
  if (!modality) return std::unexpected(modality.error());
  event.modality = *modality;
  event.title = read(data.getTitle());
  for (const auto from : data.getQuantities()) {
    auto quantity = read(from);
    if (!quantity)
      return at(
          fmt::format("data.quantities[{}].{}", event.quantities.size(), quantity.error().where),
          Error{quantity.error().code, quantity.error().what, {}, quantity.error().remedy});
    event.quantities.push_back(std::move(*quantity));
  }
  for (const auto party : data.getParties()) event.parties.push_back(text(party));
  for (const auto party : data.getLocalParties()) event.parties.push_back(read(party));
  for (const auto source : data.getSources()) event.sources.push_back(read(source));
  event.note = read_text(data.getNote(), data.hasLocalNote(), data.getLocalNote());
  if (data.hasDescription()) event.description = read(data.getDescription());
  event.label = text(data.getLabel());
  event.part = text(data.getPart());
  for (const auto plan : data.getFulfils()) event.fulfils.push_back(text(plan));
  if (data.hasImportRecord()) event.import_record = read(data.getImportRecord());
  return {};
}

}  // namespace solnoma
