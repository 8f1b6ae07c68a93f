#include "tests/events/samples.hpp"

#include "events/event_type.hpp"
#include "tests/support/builders.hpp"

namespace solnoma::test {
namespace {

class Chooser {
 public:
  explicit Chooser(Random& random) : random_(random) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool coin() { return below(2) == 0; }
  template <class Options>
  auto of(const Options& options) {
    return options[below(std::size(options))];
  }

  /// May be empty.
  std::string text() {
    static constexpr std::string_view kPieces[] = {
        "technopark", " ",           "Чирчик", "Oʻzbekiston", "\"", "\\", "\\u0041", "/",
        "'",          "👩‍🏭", "🏗",     "{",           "}",  "[",  ":",       ",",
        "«",          "»",           "𐏿",   "ß",           "$",  "é"};
    std::string text;
    for (auto n = below(6); n > 0; --n) text += of(kPieces);
    return text;
  }
  LocalText local() {
    LocalText local{text(), text(), text()};
    for (const auto* tag : {"fa", "uz-Cyrl", "zh-Hans"})
      if (below(6) == 0) local.others.push_back({tag, "x" + text()});
    return local;
  }
  std::string slug() {
    return std::string(of(std::to_array<std::string_view>({"", "phase-2", "owner", "a1"})));
  }
  std::string edtf() {
    return std::string(of(std::to_array<std::string_view>(
        {"", "2022", "2022-03", "2021-12-31", "2019~", "201X", "../2020", "2020/2021-05", "2021-21",
         "[2019,2020-05]", "2018?/..", "-0044-03-15"})));
  }
  std::string decimal() {
    return std::string(
        of(std::to_array<std::string_view>({"0", "10", "-3.50", "10200000000", "33.3"})));
  }

 private:
  Random& random_;
};

Description random_description(Chooser& pick) {
  Description d;
  d.names = pick.local();
  d.names.en += "x";
  if (pick.coin()) d.kind = "technopark";
  d.region = pick.local();
  if (pick.coin()) {
    d.latitude = pick.of(std::to_array<std::string>({"41.47", "-90", "0"}));
    d.longitude = pick.of(std::to_array<std::string>({"69.58", "-179.999", "180"}));
  }
  for (auto n = pick.below(3); n > 0; --n) d.sectors.push_back(pick.local());
  d.partner = pick.local();
  for (auto n = pick.below(2); n > 0; --n)
    d.identifiers.push_back({"GEM" + pick.text(), "P1" + pick.text()});
  for (auto n = pick.below(3); n > 0; --n)
    d.other_names.push_back(pick.coin() ? LocalText("x" + pick.text())
                                        : LocalText("", "", "", {{"fa", "x" + pick.text()}}));
  if (pick.coin()) d.part_of = "programme/whole";
  if (pick.coin()) d.country = pick.of(std::to_array<std::string>({"UZ", "RU", "KZ"}));
  if (pick.coin()) d.geometry = R"({"type":"Point","coordinates":[69.58,41]})";
  for (auto n = pick.below(3); n > 0; --n) {
    LocalText name = pick.local();
    name.en += "x";
    d.partners.push_back({name, pick.slug(), pick.coin() ? "49.5" : "", pick.text()});
  }
  return d;
}

}  // namespace

Event full_event() {
  Event e = event("id-1", "described", "2022-03", "2024-02-02");
  e.supersedes = "id-0";
  e.supersedes_source = "urn:other";
  e.title = {"Title", "Заголовок", "Sarlavha"};
  e.quantities = {{"residents", "10", "companies", Bound::more_than, "2024"},
                  {"investment", "-30.5", "USD", Bound::about, "2023/2024"},
                  {"payments", "9.50", "USD", Bound::between, "", "9.6", Accrual::flow}};
  e.parties = {"Khimgrad technopolis", {"Company", "Компания", "Kompaniya"}};
  e.sources = {
      {"RIA Novosti", "2024-02-02", "https://example.org/a?b=c#d", "A note"},
      {{"BelTA", "БелТА", "BelTA"}, "2024", "http://example.org", {"Note", "Заметка", "Eslatma"}}};
  e.note = "A note of the event";
  e.label = "under development";
  e.part = "phase-2";
  e.fulfils = {"plan-1", "plan-2"};
  e.description = Description{{"Name", "Имя", "Nom"},
                              "technopark",
                              {"Region", "Область", "Viloyat"},
                              "41.47",
                              "69.58",
                              {{"Chemistry", "Химия", "Kimyo"}, {"Metals", "", ""}},
                              {"Partner", "Партнёр", "Hamkor", {{"zh-Hans", "伙伴"}}},
                              {{"GEM", "P100000119642"}},
                              {LocalText("", "", "", {{"fa", "چیرچیک"}}), "Chirchik TP"},
                              "programme/technoparks",
                              "UZ",
                              R"({"type":"LineString","coordinates":[[69.58,41.47],[69.6,41.5]]})",
                              {{{"Khimgrad", "Химград", ""}, "operator", "49", "INN 1655"}}};
  return e;
}

Event random_event(Random& random) {
  Chooser pick(random);
  Event e = event("id-" + std::to_string(random()), "opened", pick.edtf(), "2024-02-02");
  e.type = pick.of(kEventTypes).name;
  if (pick.coin()) e.id += "/ид \"\\";
  e.source = pick.of(std::to_array<std::string>({"urn:solnoma:history", "/источник", "a#b\\"}));
  e.subject = pick.of(std::to_array<std::string>({"park/chirchik", "relation/a-b", "project/7"}));
  e.known.number += static_cast<int>(pick.below(400));
  const auto plannable = [](std::string_view type) {
    return type != "retracted" && type != "delisted" && type != "imported";
  };
  if (pick.coin() && plannable(e.type)) e.modality = Modality::planned;
  e.title = pick.local();
  e.note = pick.coin() ? LocalText(pick.text()) : pick.local();
  if (pick.coin() || e.type == "retracted") e.supersedes = "earlier " + pick.text();
  if (!e.supersedes.empty() && pick.coin()) e.supersedes_source = "urn:other";
  if (e.type == "retracted") e.note = "a misreading" + pick.text();
  if (e.type == "described") e.description = random_description(pick);
  if (e.type == "imported") {
    e.subject = "dataset/iati";
    e.import_record = ImportRecord{"f" + pick.text(), std::string(64, 'a'), pick.text(),
                                   pick.below(9),     pick.below(9),        pick.text()};
  }
  if (pick.coin()) e.label = pick.text();
  if (pick.coin()) e.part = pick.slug();
  if (e.modality == Modality::actual && e.type != "retracted")
    for (auto n = pick.below(3); n > 0; --n) e.fulfils.push_back("plan " + pick.text());
  for (auto n = pick.below(4); n > 0; --n)
    e.quantities.push_back({"residents", pick.decimal(), "u" + pick.text(),
                            static_cast<Bound>(pick.below(7)), pick.edtf(), "",
                            static_cast<Accrual>(pick.below(3))});
  if (pick.coin()) e.quantities.push_back({"payments", "-4", "USD", Bound::between, "", "10.50"});
  for (auto n = pick.below(4); n > 0; --n)
    e.parties.push_back(pick.coin() ? LocalText("x" + pick.text()) : pick.local());
  for (auto n = pick.below(3); n > 0; --n)
    e.sources.push_back(
        {pick.text(), pick.edtf(), pick.coin() ? "https://пример.uz/a\\b" : "", pick.text()});
  return e;
}

const std::vector<UnsafeText>& unsafe_texts() {
  using namespace std::string_literals;
  static const std::vector<UnsafeText> kTexts = {
      {"a zero byte", "a\0b"s},
      {"a line feed", "a\nb"},
      {"a carriage return", "a\rb"},
      {"a tab", "a\tb"},
      {"a terminal escape", "\x1b[31mred"},
      {"a delete character", "a\x7f"},
      {"a C1 control sequence introducer",
       "\xc2\x9b"
       "31m"},
      {"a line separator", "a\u2028b"},
      {"a paragraph separator", "a\u2029b"},
      {"a right-to-left override", "a\u202Eb"},
      {"a left-to-right embedding", "a\u202Ab"},
      {"a bidirectional isolate", "a\u2066b"},
      {"the end of an isolate", "a\u2069b"},
      {"a byte order mark", "\uFEFFa"},
      {"a lone continuation byte", "a\x80"},
      {"an overlong slash of two bytes", "\xc0\xaf"},
      {"an overlong slash of three bytes", "\xe0\x80\xaf"},
      {"an overlong slash of four bytes", "\xf0\x80\x80\xaf"},
      {"an overlong zero", "\xc0\x80"},
      {"a high surrogate", "\xed\xa0\x80"},
      {"a low surrogate", "\xed\xbf\xbf"},
      {"a code point above U+10FFFF", "\xf4\x90\x80\x80"},
      {"a lead byte that UTF-8 lost", "\xf8\x88\x80\x80\x80"},
      {"the byte FF", "\xff"},
      {"a character cut short at the end", "a\xd0"},
      {"an emoji cut short in the middle",
       "\xf0\x9f\x8f"
       "a"},
  };
  return kTexts;
}

const std::string_view kExample =
    R"({"specversion":"1.0","id":"s1-chirchik-start","source":"urn:solnoma:history","type":"solnoma.construction-started",
 "subject":"park/chirchik","occurred":"2022-03","known":"2024-02-02","datacontenttype":"application/json",
 "data":{"modality":"actual","title":{"en":"Construction begins","ru":"…","uz":"…"},
  "quantities":[{"measure":"residents","value":"10","unit":"companies","bound":"more-than"}],
  "parties":["Khimgrad technopolis"],
  "sources":[{"publisher":"RIA Novosti","published":"2024-02-02","url":"","note":""}]}})";

}  // namespace solnoma::test
