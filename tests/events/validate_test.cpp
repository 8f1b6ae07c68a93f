#include "events/validate.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <tuple>

#include "events/event_type.hpp"
#include "tests/events/samples.hpp"
#include "tests/support/builders.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// What is done to a full event, and the field that it is then refused for.
struct Wrong {
  std::string_view where;
  std::string_view what;
  std::function<void(Event&)> spoil;
};

void check_refused(const std::vector<Wrong>& cases) {
  for (const auto& [where, what, spoil] : cases) {
    CAPTURE(what);
    Event e = full_event();
    spoil(e);
    CHECK(refused(validate(e), where));
  }
}

bool about_the_record(std::string_view type) {
  return type == "retracted" || type == "delisted" || type == "imported";
}

Bounds bounds(const std::string& earliest, const std::string& latest) {
  return {day(earliest), day(latest)};
}

}  // namespace

TEST_CASE("a full event and the least event are valid") {
  CHECK(validate(full_event()));
  Event least = event("a", "opened", "", "2024-02-02");
  least.title = {};
  const auto mark = validate(least);
  REQUIRE(mark);
  CHECK(mark->bounds == Bounds{kOpenPast, day("2024-02-02")});  // not later than known
  CHECK(mark->known == day("2024-02-02"));
  CHECK(mark->kind == row_kind(type_code("opened"), false));
}

TEST_CASE(
    "every type may be recorded, as actual and as planned, but for what is about the record") {
  for (const auto& type : kEventTypes) {
    Event e = full_event();
    e.type = type.name;
    if (e.type != "described") e.description.reset();
    if (e.type == "imported") {
      e.subject = "dataset/iati-uz";
      e.import_record = ImportRecord{"iati.xml", std::string(64, '0'), "iati", 7};
    }
    e.fulfils.clear();
    for (const Modality modality : {Modality::actual, Modality::planned}) {
      CAPTURE(e.type);
      if (modality == Modality::planned && about_the_record(e.type)) continue;
      e.modality = modality;
      const auto mark = validate(e);
      REQUIRE(mark);
      CHECK(mark->kind ==
            row_kind(type_code(type.name), modality == Modality::planned, /*measured=*/true));
    }
  }
}

TEST_CASE("what an event cannot do without is named when it is missing") {
  check_refused({
      {"id", "no id", [](Event& e) { e.id.clear(); }},
      {"source", "no source", [](Event& e) { e.source.clear(); }},
      {"type", "no type", [](Event& e) { e.type.clear(); }},
      {"subject", "no subject", [](Event& e) { e.subject.clear(); }},
      {"known", "the open past", [](Event& e) { e.known = kOpenPast; }},
      {"known", "the open future", [](Event& e) { e.known = kOpenFuture; }},
      {"known", "the year -10000",
       [](Event& e) { e.known.number = day("-9999-01-01").number - 1; }},
      {"known", "the year 10000", [](Event& e) { e.known.number = day("9999-12-31").number + 1; }},
      {"data.quantities[1].measure", "", [](Event& e) { e.quantities[1].measure.clear(); }},
      {"data.quantities[1].value", "", [](Event& e) { e.quantities[1].value.clear(); }},
      {"data.quantities[1].unit", "", [](Event& e) { e.quantities[1].unit.clear(); }},
  });
}

TEST_CASE("an unknown type is refused with the one that was probably meant") {
  Event e = event("a", "construction-start", "2022", "2024-02-02");
  const auto outcome = validate(e);
  REQUIRE(refused(outcome, "type"));
  CHECK(outcome.error().what == "'construction-start' is no event type");
  CHECK(outcome.error().remedy == "did you mean construction-started?");
  e.type = "solnoma.exploded-and-vanished";
  CHECK(validate(e).error().advice == Advice::list_types);
}

TEST_CASE("a subject is kind/name in lower-case ASCII, of at most 200 bytes") {
  Event e = event("a", "opened", "2022", "2024-02-02");
  for (const std::string good : {"park/chirchik", "relation/russia-uzbekistan", "p/1"}) {
    e.subject = good;
    CHECK(validate(e));
  }
  for (const std::string bad :
       {"park", "/", "park/", "/chirchik", "park/a/b", "Park/chirchik", "park/chirchik ", "park/-a",
        "park/чирчик", "park chirchik", "park/a_b", "park/a\nb", "park//a"}) {
    CAPTURE(bad);
    e.subject = bad;
    CHECK(refused(validate(e), "subject"));
  }
  e.subject = "park/" + std::string(195, 'a');
  CHECK(validate(e));
  e.subject += 'a';
  CHECK(refused(validate(e), "subject"));
}

TEST_CASE("a source is a URI-reference, which has no spaces, quotes or angle brackets") {
  Event e = event("a", "opened", "2022", "2024-02-02");
  for (const std::string good : {"urn:solnoma:history", "/x", "https://a.uz/b?c#d", "#1"}) {
    e.source = good;
    CHECK(validate(e));
  }
  for (const std::string bad : {"a b", " ", "<a>", "a\"b"}) {
    e.source = bad;
    CHECK(refused(validate(e), "source"));
  }
}

TEST_CASE("dates are EDTF, and named where they are not") {
  check_refused({
      {"occurred", "", [](Event& e) { e.occurred = "March 2022"; }},
      {"occurred", "", [](Event& e) { e.occurred = "2022-02-30"; }},
      {"occurred", "", [](Event& e) { e.occurred = "Y170000002"; }},
      {"data.quantities[0].period", "", [](Event& e) { e.quantities[0].period = "2024/2023"; }},
      {"data.sources[1].published", "", [](Event& e) { e.sources[1].published = "yesterday"; }},
  });
}

TEST_CASE("an actual event cannot have happened only after it was known") {
  struct Case {
    std::string occurred;
    bool accepted;
  };
  for (const auto& [occurred, accepted] :
       {Case{"2024-02-02", true}, Case{"2024-02-03", false}, Case{"2024-03", false},
        Case{"2025", false}, Case{"2024-02-03/..", false}, Case{"2024-02", true},
        Case{"[2024-02-02,2025]", true}, Case{"9999", false}}) {
    CAPTURE(occurred);
    Event e = event("a", "opened", occurred, "2024-02-02");
    if (accepted)
      CHECK(validate(e));
    else
      CHECK(refused(validate(e), "occurred"));
    e.modality = Modality::planned;  // a target may lie ahead
    CHECK(validate(e));
  }
}

TEST_CASE("the latest day of an actual event is cut at the day it was known") {
  const auto mark = [](const std::string& occurred, Modality modality) {
    Event e = event("a", "opened", occurred, "2024-02-02");
    e.modality = modality;
    return validate(e).value().bounds;
  };
  const auto actual = [&](const std::string& occurred) { return mark(occurred, Modality::actual); };
  CHECK(actual("2024") == bounds("2024-01-01", "2024-02-02"));
  CHECK(actual("2024-02") == bounds("2024-02-01", "2024-02-02"));
  CHECK(actual("2023") == bounds("2023-01-01", "2023-12-31"));
  CHECK(actual("2022-03/..") == bounds("2022-03-01", "2024-02-02"));
  CHECK(actual("../2022") == Bounds{kOpenPast, day("2022-12-31")});
  CHECK(actual("../2030") == Bounds{kOpenPast, day("2024-02-02")});
  const auto plan = [&](const std::string& occurred) { return mark(occurred, Modality::planned); };
  CHECK(plan("2024") == bounds("2024-01-01", "2024-12-31"));
  CHECK(plan("2030-05") == bounds("2030-05-01", "2030-05-31"));
  CHECK(plan("2020") == bounds("2020-01-01", "2020-12-31"));
  CHECK(plan("") == Bounds{kOpenPast, kOpenFuture});
}

TEST_CASE("quantities have a slug, a decimal value and a unit") {
  check_refused({
      {"data.quantities[0].measure", "", [](Event& e) { e.quantities[0].measure = "Residents"; }},
      {"data.quantities[0].measure", "",
       [](Event& e) { e.quantities[0].measure = std::string(501, 'a'); }},
      {"data.quantities[1].value", "", [](Event& e) { e.quantities[1].value = "1e9"; }},
      {"data.quantities[1].value", "", [](Event& e) { e.quantities[1].value = "10 000"; }},
      {"data.quantities[1].value", "", [](Event& e) { e.quantities[1].value = "1,5"; }},
  });
}

TEST_CASE("an address of a source is of the web") {
  for (const std::string bad :
       {"ftp://a.uz", "javascript:alert(1)", "data:text/html,x", "example.org", "https://",
        "https:///a", "https://a b", "https://a\"b", "https://a<b", "https://a>b", "HTTPS:/a"}) {
    CAPTURE(bad);
    Event e = full_event();
    e.sources[0].url = bad;
    CHECK(refused(validate(e), "data.sources[0].url"));
  }
}

TEST_CASE("events of type described, and only they, have a description") {
  check_refused({
      {"data.description", "missing", [](Event& e) { e.description.reset(); }},
      {"data.description", "elsewhere", [](Event& e) { e.type = "opened"; }},
      {"data.description.names", "nameless", [](Event& e) { e.description->names = {}; }},
      {"data.description.kind", "no slug", [](Event& e) { e.description->kind = "Techno park"; }},
  });
}

TEST_CASE("coordinates are a pair of decimal degrees on the earth") {
  const auto with = [](std::string latitude, std::string longitude) {
    Event e = full_event();
    e.description->latitude = std::move(latitude);
    e.description->longitude = std::move(longitude);
    return validate(e);
  };
  CHECK(with("", ""));
  CHECK(with("-90", "180"));
  CHECK(with("90.000", "-180.0"));
  for (const auto& [latitude, longitude] :
       std::vector<std::pair<std::string, std::string>>{{"41.47", ""},
                                                        {"", "69.58"},
                                                        {"north", "69.58"},
                                                        {"41.47", "1e2"},
                                                        {"90.1", "69.58"},
                                                        {"-91", "0"},
                                                        {"41.47", "180.5"},
                                                        {"41.47", std::string(40, '9')}})
    CHECK(refused(with(latitude, longitude), "data.description.coordinates"));
}

TEST_CASE("a retraction names the event that it retracts, and says why") {
  Event e = event("b", "retracted", "", "2024-02-02");
  e.title = {};
  CHECK(refused(validate(e), "supersedes"));
  e.supersedes = "a";
  CHECK(refused(validate(e), "data.note"));
  e.note = "a misreading";
  CHECK(validate(e));
}

TEST_CASE("an event cannot supersede itself, nor a source without an id") {
  Event e = event("a", "opened", "2022", "2024-02-02");
  e.supersedes = "a";
  CHECK(refused(validate(e), "supersedes"));
  e.supersedes_source = e.source;
  CHECK(refused(validate(e), "supersedes"));
  e.supersedes_source = "urn:other";  // another event that has the same id
  CHECK(validate(e));
  e.supersedes.clear();
  CHECK(refused(validate(e), "supersedessource"));
}

TEST_CASE("a retraction, a delisting and an import are not planned") {
  Event e = event("b", "retracted", "2030", "2024-02-02");
  e.supersedes = "a";
  e.note = "a misreading";
  e.modality = Modality::planned;
  CHECK(refused(validate(e), "data.modality"));
  Event delisted = event("b", "delisted", "2030", "2024-02-02");
  delisted.modality = Modality::planned;
  CHECK(refused(validate(delisted), "data.modality"));
}

TEST_CASE("a range has two ends in their order, compared by value") {
  const auto with = [](Bound bound, std::string value, std::string upper) {
    Event e = event("a", "opened", "", "2024-02-02");
    e.quantities = {{"residents", std::move(value), "companies", bound, "", std::move(upper)}};
    return validate(e);
  };
  CHECK(with(Bound::between, "4", "9"));
  CHECK(with(Bound::between, "9", "10"));
  CHECK(with(Bound::between, "10", "10.0"));
  CHECK(with(Bound::between, "-3.5", "-3.49"));
  CHECK(with(Bound::between, "0.000000000000000000000000000000000001", "0.1"));
  CHECK(with(Bound::at_least, "4", ""));
  for (const auto& [bound, value, upper] : {std::tuple{Bound::between, "10", "9"},
                                            {Bound::between, "10", ""},
                                            {Bound::between, "10", "many"},
                                            {Bound::between, "-3.49", "-3.5"},
                                            {Bound::exact, "4", "9"},
                                            {Bound::at_most, "4", "9"}})
    CHECK(refused(with(bound, value, upper), "data.quantities[0].upper"));
}

TEST_CASE("texts in further languages are tagged by BCP 47, in the form that it prescribes") {
  const auto with = [](std::vector<TaggedText> others) {
    Event e = event("a", "opened", "", "2024-02-02");
    e.title.others = std::move(others);
    return validate(e);
  };
  CHECK(with({{"fa", "a"}, {"uz-Cyrl", "b"}, {"zh-Hans", "c"}, {"zh-Hant-TW", "d"}}));
  CHECK(refused(with({{"zh_Hans", "a"}}), "data.title.zh_Hans"));
  CHECK(refused(with({{"x y", "a"}}), "data.title.x y"));
  CHECK(refused(with({{"", "a"}}), "data.title"));
  CHECK(refused(with({{"fa", ""}}), "data.title.fa"));
  CHECK(refused(with({{"ru", "has a place of its own"}}), "data.title.ru"));
  CHECK(refused(with({{"zh-Hans", "a"}, {"fa", "out of order"}}), "data.title.fa"));
  CHECK(refused(with({{"fa", "a"}, {"fa", "b"}}), "data.title.fa"));
  const auto case_wrong = with({{"ZH-hans", "a"}});
  REQUIRE(refused(case_wrong, "data.title.ZH-hans"));
  CHECK(case_wrong.error().remedy == "write zh-Hans");
}

TEST_CASE("what a description says beside the names keeps to the standards it names") {
  check_refused({
      {"data.description.country", "", [](Event& e) { e.description->country = "uz"; }},
      {"data.description.country", "", [](Event& e) { e.description->country = "UZB"; }},
      {"data.description.country", "", [](Event& e) { e.description->country = "XX"; }},
      {"data.description.partOf", "", [](Event& e) { e.description->part_of = "technoparks"; }},
      {"data.description.partOf", "itself", [](Event& e) { e.description->part_of = e.subject; }},
      {"data.description.identifiers[0].id", "",
       [](Event& e) { e.description->identifiers[0].id.clear(); }},
      {"data.description.identifiers[0].scheme", "",
       [](Event& e) { e.description->identifiers[0].scheme.clear(); }},
      {"data.description.otherNames[0].Persian", "",
       [](Event& e) { e.description->other_names[0].others[0].language = "Persian"; }},
      {"data.description.otherNames[1]", "", [](Event& e) { e.description->other_names[1] = {}; }},
      {"data.description.partners[0].name", "",
       [](Event& e) { e.description->partners[0].name = {}; }},
      {"data.description.partners[0].role", "",
       [](Event& e) { e.description->partners[0].role = "Chief Operator"; }},
      {"data.description.partners[0].share", "",
       [](Event& e) { e.description->partners[0].share = "49%"; }},
      {"data.description.partners[0].share", "",
       [](Event& e) { e.description->partners[0].share = "100.01"; }},
  });
}

TEST_CASE("a geometry is GeoJSON: degrees of longitude, then latitude; rings are closed") {
  const auto with = [](std::string geometry) {
    Event e = full_event();
    e.description->geometry = std::move(geometry);
    return validate(e);
  };
  for (const std::string good :
       {R"({"type":"Point","coordinates":[69.58,41.47]})",
        R"({"type":"Point","coordinates":[69.58,41.47,412.5]})",
        R"({"type":"MultiLineString","coordinates":[[[69,41],[70,42]]]})",
        R"({"type":"Polygon","coordinates":[[[69,41],[70,41],[70,42],[69,41]]]})",
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,0]}]})"}) {
    CAPTURE(good);
    CHECK(with(good));
  }
  CHECK(refused(with(R"({"type":"Point","coordinates":[41.47,169.58]})"),
                "data.description.geometry, coordinates"));
  for (const std::string bad :
       {R"({"type":"LineString","coordinates":[[69,41]]})",
        R"({"type":"Polygon","coordinates":[[[69,41],[70,41],[70,42],[69,42]]]})",
        R"({"type":"Point"})", R"({"type":"Point","coordinates":["69","41"]})"}) {
    CAPTURE(bad);
    CHECK(refused(with(bad), "data.description.geometry, coordinates"));
  }
  CHECK(refused(with(R"({"type":"Feature"})"), "data.description.geometry, type"));
  CHECK(refused(with("[]"), "data.description.geometry"));
}

TEST_CASE("an import is told of a dataset, with the file's name and SHA-256") {
  Event e = event("a", "imported", "", "2024-02-02");
  e.subject = "dataset/iati-uz";
  e.import_record = ImportRecord{"iati.xml", std::string(64, 'f'), "iati", 7};
  CHECK(validate(e));
  e.import_record->sha256.back() = 'F';
  CHECK(refused(validate(e), "data.import.sha256"));
  e.import_record = ImportRecord{"", std::string(64, 'f'), "iati", 7};
  CHECK(refused(validate(e), "data.import.file"));
  e.import_record.reset();
  CHECK(refused(validate(e), "data.import"));
  e.import_record = ImportRecord{"iati.xml", std::string(64, 'f'), "iati", 7};
  e.subject = "park/x";
  CHECK(refused(validate(e), "subject"));
  e.type = "opened";
  CHECK(refused(validate(e), "data.import"));
}

TEST_CASE("a part is a slug, and only what was done meets plans") {
  check_refused({
      {"data.part", "", [](Event& e) { e.part = "Phase 2"; }},
      {"data.fulfils[1]", "", [](Event& e) { e.fulfils[1].clear(); }},
      {"data.fulfils", "a plan", [](Event& e) { e.modality = Modality::planned; }},
      {"data.label", "", [](Event& e) { e.label = std::string(9'000, 'a'); }},
  });
}

TEST_CASE("a month or a year of knowledge counts from its last day") {
  Event e = event("a", "opened", "2024-02", "2024-02-29");
  e.known_precision = Precision::month;
  CHECK(validate(e));
  e.known = day("2024-02-28");
  CHECK(refused(validate(e), "known"));
  e.known = day("2024-12-31");
  e.known_precision = Precision::year;
  CHECK(validate(e));
}
