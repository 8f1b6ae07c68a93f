#pragma once

#include <type_traits>

#include "events/event.hpp"

namespace solnoma {

/// The fields of an event in the exchange format, each named once, in the order in which they are
/// written. A visitor is called with each name and the member that it stands for: reading, writing
/// and the hints of errors all go through these.

/// Values that stand for members which JSON has in another shape.
template <class Owner>
struct Coordinates {
  Owner& owner;  ///< a Description
};
template <class Text>
struct RawJson {
  Text& text;  ///< any JSON object, as compact JSON
};

template <class Part, class Whole>
concept Same = std::is_same_v<std::remove_const_t<Part>, Whole>;

template <class Visitor, Same<Quantity> T>
void visit_fields(Visitor& visit, T& quantity) {
  visit("measure", quantity.measure);
  visit("value", quantity.value);
  visit("upper", quantity.upper);
  visit("unit", quantity.unit);
  visit("bound", quantity.bound);
  visit("period", quantity.period);
  visit("flow", quantity.accrual);
}

template <class Visitor, Same<Source> T>
void visit_fields(Visitor& visit, T& source) {
  visit("publisher", source.publisher);
  visit("published", source.published);
  visit("url", source.url);
  visit("note", source.note);
}

template <class Visitor, Same<Identifier> T>
void visit_fields(Visitor& visit, T& identifier) {
  visit("scheme", identifier.scheme);
  visit("id", identifier.id);
}

template <class Visitor, Same<Partner> T>
void visit_fields(Visitor& visit, T& partner) {
  visit("name", partner.name);
  visit("role", partner.role);
  visit("share", partner.share);
  visit("id", partner.id);
}

template <class Visitor, class Owner>
void visit_fields(Visitor& visit, const Coordinates<Owner>& coordinates) {
  visit("latitude", coordinates.owner.latitude);
  visit("longitude", coordinates.owner.longitude);
}

template <class Visitor, Same<Description> T>
void visit_fields(Visitor& visit, T& description) {
  visit("names", description.names);
  visit("kind", description.kind);
  visit("region", description.region);
  Coordinates<T> coordinates{description};
  visit("coordinates", coordinates);
  visit("sectors", description.sectors);
  visit("partner", description.partner);
  visit("identifiers", description.identifiers);
  visit("otherNames", description.other_names);
  visit("partOf", description.part_of);
  visit("country", description.country);
  RawJson<std::remove_reference_t<decltype((description.geometry))>> geometry{description.geometry};
  visit("geometry", geometry);
  visit("partners", description.partners);
}

template <class Visitor, Same<ImportRecord> T>
void visit_fields(Visitor& visit, T& record) {
  visit("file", record.file);
  visit("sha256", record.sha256);
  visit("mapping", record.mapping);
  visit("rows", record.rows);
  visit("events", record.events);
  visit("first", record.first);
}

/// The `data` of a CloudEvent.
template <class Owner>
struct EventData {
  Owner& event;
};

template <class Visitor, class Owner>
void visit_fields(Visitor& visit, const EventData<Owner>& data) {
  auto& event = data.event;
  visit("modality", event.modality);
  visit("title", event.title);
  visit("label", event.label);
  visit("part", event.part);
  visit("fulfils", event.fulfils);
  visit("quantities", event.quantities);
  visit("parties", event.parties);
  visit("sources", event.sources);
  visit("note", event.note);
  visit("description", event.description);
  visit("import", event.import_record);
}

}  // namespace solnoma
