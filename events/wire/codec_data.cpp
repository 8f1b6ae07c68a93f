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

void write(const LocalText& from, schema::LocalText::Builder to) {
  if (has(from.en)) to.setEn(as_capnp(from.en));
  if (has(from.ru)) to.setRu(as_capnp(from.ru));
  if (has(from.uz)) to.setUz(as_capnp(from.uz));
}

LocalText read(schema::LocalText::Reader from) {
  return {text(from.getEn()), text(from.getRu()), text(from.getUz())};
}

void write(const Quantity& from, schema::Quantity::Builder to) {
  if (has(from.measure)) to.setMeasure(as_capnp(from.measure));
  if (has(from.value)) to.setValue(as_capnp(from.value));
  if (has(from.unit)) to.setUnit(as_capnp(from.unit));
  to.setBound(static_cast<schema::Bound>(from.bound));
  if (has(from.period)) to.setPeriod(as_capnp(from.period));
}

Quantity read(schema::Quantity::Reader from) {
  return {text(from.getMeasure()), text(from.getValue()), text(from.getUnit()),
          static_cast<Bound>(from.getBound()), text(from.getPeriod())};
}

void write(const Source& from, schema::Source::Builder to) {
  if (has(from.publisher)) to.setPublisher(as_capnp(from.publisher));
  if (has(from.published)) to.setPublished(as_capnp(from.published));
  if (has(from.url)) to.setUrl(as_capnp(from.url));
  if (has(from.note)) to.setNote(as_capnp(from.note));
}

Source read(schema::Source::Reader from) {
  return {text(from.getPublisher()), text(from.getPublished()), text(from.getUrl()),
          text(from.getNote())};
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
  if (!from.sectors.empty()) {
    auto sectors = to.initSectors(static_cast<unsigned>(from.sectors.size()));
    for (unsigned i = 0; i < sectors.size(); ++i) write(from.sectors[i], sectors[i]);
  }
  if (!from.partner.empty()) write(from.partner, to.initPartner());
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
  return to;
}

}  // namespace

static_assert(static_cast<int>(Bound::about) == static_cast<int>(schema::Bound::ABOUT));
static_assert(static_cast<int>(Modality::planned) == static_cast<int>(schema::Modality::PLANNED));

void write_data(const Event& event, schema::Data::Builder data) {
  data.setModality(static_cast<schema::Modality>(event.modality));
  if (!event.title.empty()) write(event.title, data.initTitle());
  if (!event.quantities.empty()) {
    auto quantities = data.initQuantities(static_cast<unsigned>(event.quantities.size()));
    for (unsigned i = 0; i < quantities.size(); ++i) write(event.quantities[i], quantities[i]);
  }
  if (!event.parties.empty()) {
    auto parties = data.initParties(static_cast<unsigned>(event.parties.size()));
    for (unsigned i = 0; i < parties.size(); ++i) parties.set(i, as_capnp(event.parties[i]));
  }
  if (!event.sources.empty()) {
    auto sources = data.initSources(static_cast<unsigned>(event.sources.size()));
    for (unsigned i = 0; i < sources.size(); ++i) write(event.sources[i], sources[i]);
  }
  if (has(event.note)) data.setNote(as_capnp(event.note));
  if (event.description) write(*event.description, data.initDescription());
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
  for (const auto quantity : data.getQuantities()) {
    if (quantity.getBound() > schema::Bound::ABOUT)
      return newer(fmt::format("data.quantities[{}].bound", event.quantities.size()));
    event.quantities.push_back(read(quantity));
  }
  for (const auto party : data.getParties()) event.parties.push_back(text(party));
  for (const auto source : data.getSources()) event.sources.push_back(read(source));
  event.note = text(data.getNote());
  if (data.hasDescription()) event.description = read(data.getDescription());
  return {};
}

}  // namespace solnoma
