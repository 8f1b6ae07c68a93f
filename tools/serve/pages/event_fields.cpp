#include "tools/serve/pages/event_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tools/report/words/messages.hpp"

namespace solnoma {
namespace {

constexpr std::string_view kDateHint = message("As in 15.03.2022, 2022-03, 31 December 2025");

constexpr std::array kWhen{
    FormField{.name = "occurred",
              .label = message("When it happened"),
              .hint = kDateHint,
              .kind = FieldKind::date},
    FormField{.name = "known",
              .label = message("When it was published"),
              .hint = message("Left empty: today"),
              .kind = FieldKind::date},
    FormField{.name = "plan", .label = message("It is planned, not done"), .kind = FieldKind::flag},
};
constexpr std::array kWords{
    FormField{.name = "title", .label = message("What happened, in English")},
    FormField{.name = "title-ru", .label = message("What happened, in Russian")},
    FormField{.name = "title-uz", .label = message("What happened, in Uzbek")},
};
constexpr std::array kSource{
    FormField{.name = "publisher", .label = message("Who published it"), .rows = 2},
    FormField{.name = "source-url",
              .label = message("Where it can be read"),
              .hint = message("An address for each publisher, or for none"),
              .rows = 2},
};
constexpr std::array kNumbers{
    FormField{.name = "quantity",
              .label = message("Measure and value"),
              .hint = message("As in residents=10:companies:more-than or investment=50..75:USD"),
              .rows = 2},
};
constexpr std::array kMore{
    FormField{.name = "party", .label = message("Who took part"), .rows = 3},
    FormField{.name = "part",
              .label = message("What part of the subject is meant"),
              .hint = message("As in phase-2; left empty: the whole")},
    FormField{.name = "fulfils",
              .label = message("The plan that it meets"),
              .hint = message("Its event id"),
              .rows = 2},
    FormField{.name = "label", .label = message("The source's own word for the status")},
    FormField{.name = "note", .label = message("Note, in English"), .kind = FieldKind::area},
    FormField{.name = "note-ru", .label = message("Note, in Russian"), .kind = FieldKind::area},
    FormField{.name = "note-uz", .label = message("Note, in Uzbek"), .kind = FieldKind::area},
    FormField{.name = "new",
              .label = message("What is new and looks like a slip is meant as it stands"),
              .kind = FieldKind::flag},
};
constexpr std::array kNameFields{
    FormField{.name = "name", .label = message("Name, in English")},
    FormField{.name = "name-ru", .label = message("Name, in Russian")},
    FormField{.name = "name-uz", .label = message("Name, in Uzbek")},
    FormField{.name = "other-name", .label = message("Other names"), .rows = 2},
    FormField{.name = "kind",
              .label = message("Kind"),
              .hint = message("As in technopark, industrial-park")},
    FormField{.name = "part-of",
              .label = message("Part of"),
              .hint = message("The subject that it is part of"),
              .list = "subjects"},
};
constexpr std::array kPlace{
    FormField{
        .name = "country", .label = message("Country"), .hint = message("Two letters, as in UZ")},
    FormField{.name = "region", .label = message("Region, in English")},
    FormField{.name = "region-ru", .label = message("Region, in Russian")},
    FormField{.name = "region-uz", .label = message("Region, in Uzbek")},
    FormField{
        .name = "latitude", .label = message("Latitude"), .hint = message("In decimal degrees")},
    FormField{
        .name = "longitude", .label = message("Longitude"), .hint = message("In decimal degrees")},
};
constexpr std::array kMakers{
    FormField{.name = "sector", .label = message("What is made there"), .rows = 3},
    FormField{.name = "with",
              .label = message("Partners"),
              .hint = message("As in Khimgrad;role=operator;share=49"),
              .rows = 3},
    FormField{.name = "identifier",
              .label = message("What a register calls it"),
              .hint = message("As in GEM=P100000119642"),
              .rows = 2},
};
constexpr std::array kKnownOnly{
    FormField{.name = "known",
              .label = message("When it was published"),
              .hint = message("Left empty: today"),
              .kind = FieldKind::date},
};
constexpr std::array kReason{
    FormField{.name = "reason", .label = message("Why"), .kind = FieldKind::area, .required = true},
};
constexpr std::array kSlip{
    FormField{.name = "slip",
              .label = message("Only the keyboard erred: the source never said so"),
              .kind = FieldKind::flag},
};

constexpr std::array kEventForm{
    FieldGroup{message("When"), kWhen},       FieldGroup{message("In words"), kWords},
    FieldGroup{message("Source"), kSource},   FieldGroup{message("Numbers"), kNumbers},
    FieldGroup{message("More"), kMore, true},
};
constexpr std::array kDescriptionForm{
    FieldGroup{message("Names"), kNameFields},  FieldGroup{message("Place"), kPlace},
    FieldGroup{message("What it is"), kMakers}, FieldGroup{message("When"), kKnownOnly},
    FieldGroup{message("Source"), kSource},     FieldGroup{message("In words"), kWords, true},
    FieldGroup{message("More"), kMore, true},
};
constexpr std::array kMendedForm{FieldGroup{message("News or a slip"), kSlip}};
constexpr std::array kRetractionForm{
    FieldGroup{message("Why"), kReason},
    FieldGroup{message("When"), kKnownOnly},
    FieldGroup{message("Source"), kSource},
    FieldGroup{message("News or a slip"), kSlip},
};

void add(NamedValues& values, const char* name, std::string value) {
  if (!value.empty()) values.emplace_back(name, std::move(value));
}

void add_text(NamedValues& values, const std::string& name, const LocalText& text) {
  for (const LanguageName& each : kLanguages) {
    const std::string& one = text.only(each.language);
    if (!one.empty())
      values.emplace_back(
          each.language == Language::en ? name : fmt::format("{}-{}", name, each.code), one);
  }
  if (const std::string* plain = text.plain()) values.emplace_back(name, *plain);
}

std::string quantity_text(const Quantity& quantity) {
  std::string text = fmt::format(
      "{}={}{}:{}", quantity.measure, quantity.value,
      quantity.bound == Bound::between ? ".." + quantity.upper : std::string(), quantity.unit);
  if (quantity.bound != Bound::exact && quantity.bound != Bound::between)
    text += fmt::format(":{}", name(quantity.bound));
  if (!quantity.period.empty()) text += ":" + quantity.period;
  if (quantity.accrual != Accrual::by_measure)
    text += quantity.accrual == Accrual::flow ? ":flow" : ":level";
  return text;
}

}  // namespace

std::span<const FieldGroup> event_fields(std::string_view type) {
  if (type == "described") return kDescriptionForm;
  return kEventForm;
}

std::span<const FieldGroup> slip_fields() {
  return kMendedForm;
}

std::span<const FieldGroup> retraction_fields() {
  return kRetractionForm;
}

bool is_list(std::string_view field) {
  const auto has = [&](const FieldGroup& group) {
    return std::ranges::any_of(
        group.fields, [&](const FormField& each) { return each.name == field && each.rows > 1; });
  };
  return std::ranges::any_of(kEventForm, has) || std::ranges::any_of(kDescriptionForm, has);
}

NamedValues values_of(const Event& event) {
  NamedValues values;
  add(values, "occurred", event.occurred);
  // `known` is that of the correction: it is not taken over.
  add_text(values, "title", event.title);
  for (const Source& source : event.sources) {
    values.emplace_back("publisher", source.publisher.in(Language::en));
    values.emplace_back("source-url", source.url);
  }
  for (const Quantity& each : event.quantities)
    values.emplace_back("quantity", quantity_text(each));
  for (const LocalText& party : event.parties) values.emplace_back("party", party.in(Language::en));
  add(values, "part", event.part);
  for (const std::string& id : event.fulfils) values.emplace_back("fulfils", id);
  add(values, "label", event.label);
  add_text(values, "note", event.note);
  if (!event.description) return values;
  const Description& d = *event.description;
  add_text(values, "name", d.names);
  for (const LocalText& each : d.other_names)
    values.emplace_back("other-name", each.in(Language::en));
  add(values, "kind", d.kind);
  add(values, "part-of", d.part_of);
  add(values, "country", d.country);
  add_text(values, "region", d.region);
  add(values, "latitude", d.latitude);
  add(values, "longitude", d.longitude);
  for (const LocalText& each : d.sectors) values.emplace_back("sector", each.in(Language::en));
  for (const Partner& each : d.partners) {
    std::string text = each.name.in(Language::en);
    if (!each.role.empty()) text += ";role=" + each.role;
    if (!each.share.empty()) text += ";share=" + each.share;
    if (!each.id.empty()) text += ";id=" + each.id;
    values.emplace_back("with", std::move(text));
  }
  for (const Identifier& each : d.identifiers)
    values.emplace_back("identifier", each.scheme + "=" + each.id);
  return values;
}

}  // namespace solnoma
