// The pictures as an XML parser sees them.

#include "tools/report/markup.hpp"
#include "tools/report/svg/pictures.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "events/chronicle.hpp"
#include "events/history.hpp"
#include "tests/support/builders.hpp"
#include "tools/report/svg/writer.hpp"
#include "tools/report/view/subject_views.hpp"

using namespace solnoma;
using namespace solnoma::test;

namespace {

/// A log in memory, and what is seen of it.
class Scene {
 public:
  explicit Scene(const std::vector<Event>& events) {
    REQUIRE(Journal::create(disk_, "/store"));
    auto opened = open_journal(disk_, "/store", clock_);
    REQUIRE(opened);
    journal_ = std::move(*opened);
    const auto appended = append(*journal_, events);
    REQUIRE_MESSAGE(appended, appended.error().what);
    vantage.at = journal_->log().head();
  }

  [[nodiscard]] std::vector<SubjectView> views() const {
    auto found = view_subjects(journal_->log(), {}, {.vantage = vantage});
    REQUIRE(found);
    return std::move(*found);
  }

  Vantage vantage{day("2025-12-31"), kOpenFuture, kNewest};

 private:
  ManualClock clock_;
  Disk disk_ = Disk::memory();
  std::unique_ptr<Journal> journal_;
};

std::vector<Event> history() {
  auto events = shipped_history();
  REQUIRE(events);
  return *events;
}

Event plan(const std::string& id, const std::string& type, const std::string& target,
           const std::string& known, const std::string& subject) {
  Event e = event(id, type, target, known, subject);
  e.modality = Modality::planned;
  return e;
}

/// Well-formed, or the test fails.
class Xml {
 public:
  explicit Xml(const std::string& text)
      : document_(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                  &xmlFreeDoc) {
    REQUIRE(document_ != nullptr);
  }

  /// The value of an XPath expression; the prefix s is SVG's.
  [[nodiscard]] std::string text(const std::string& expression) const {
    const auto result = evaluate("string(" + expression + ")");
    return reinterpret_cast<const char*>(result->stringval);
  }
  [[nodiscard]] std::size_t count(const std::string& expression) const {
    return static_cast<std::size_t>(evaluate("count(" + expression + ")")->floatval);
  }

 private:
  using Object = std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)>;
  [[nodiscard]] Object evaluate(const std::string& expression) const {
    const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(
        xmlXPathNewContext(document_.get()), &xmlXPathFreeContext);
    xmlXPathRegisterNs(context.get(), BAD_CAST "s", BAD_CAST "http://www.w3.org/2000/svg");
    Object result(xmlXPathEvalExpression(BAD_CAST expression.c_str(), context.get()),
                  &xmlXPathFreeObject);
    REQUIRE(result != nullptr);
    return result;
  }

  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document_;
};

struct Picture {
  std::string name;
  std::function<std::string(const Vantage&, const std::vector<SubjectView>&, Language,
                            const SvgOptions&)>
      draw;
};

constexpr auto kText = [](auto draw) {
  return [draw](const Vantage& vantage, const std::vector<SubjectView>& views, Language language,
                const SvgOptions& options) { return draw(vantage, views, language, options).text; };
};

const std::vector<Picture> kPictures{
    {"timeline", kText(&svg_timeline)},       {"board", kText(&svg_board)},
    {"statuses", kText(&svg_status_chart)},   {"figures", kText(&svg_figures_chart)},
    {"slippage", kText(&svg_slippage_chart)}, {"indicators", kText(&svg_indicators_chart)}};
constexpr std::string_view kMark = "//s:path[contains(concat(' ', @class, ' '), ' sn-mark ')]";

std::size_t marks_of(const std::vector<SubjectView>& views) {
  std::size_t count = 0;
  for (const SubjectView& view : views) count += view.marks.size();
  return count;
}

}  // namespace

TEST_CASE("every picture is whole XML in every language, with a title and a description") {
  const Scene scene(history());
  const auto views = scene.views();
  for (const Picture& picture : kPictures)
    for (const auto& [language, code, english, own] : kLanguages) {
      CAPTURE(picture.name);
      const std::string svg = picture.draw(scene.vantage, views, language, {});
      const Xml xml(svg);
      CHECK(xml.count("/s:svg[@role='img'][@viewBox][@width][@height]") == 1);
      CHECK(xml.text("/s:svg/*[1][self::s:title]") != "");
      CHECK(xml.text("/s:svg/*[2][self::s:desc]") != "");
      CHECK(xml.text("/s:svg/@lang") == code);
      CHECK(xml.count("//s:text") > 1);
      CHECK(svg == picture.draw(scene.vantage, views, language, {}));
      CHECK(svg.find("nan") == svg.npos);
      CHECK(svg.find("inf,") == svg.npos);
    }
}

TEST_CASE("a program that knows no custom properties finds a plain value for every colour first") {
  const Scene scene(history());
  const auto views = scene.views();
  for (const Picture& picture : kPictures) {
    CAPTURE(picture.name);
    const Xml xml(picture.draw(scene.vantage, views, Language::en, {}));
    // The first sheet is plain; the second, which it need not read, is not.
    CHECK(xml.count("//s:style") == 2);
    CHECK(xml.count("//s:style[1][contains(., 'var(')]") == 0);
    CHECK(xml.count("//s:style[2][starts-with(., '@supports')]") == 1);
    CHECK(xml.count("//@*[contains(., 'var(') and local-name() != 'style']") == 0);
    CHECK(xml.count("//@style[contains(., ':var(') and "
                    "not(starts-with(substring-after(., ':'), '#'))]") == 0);
  }
}

TEST_CASE("every id is used or unique, and begins as asked for") {
  const Scene scene(history());
  for (const Picture& picture : kPictures) {
    CAPTURE(picture.name);
    const std::string svg =
        picture.draw(scene.vantage, scene.views(), Language::en, {.id = "second"});
    const Xml xml(svg);
    CHECK(xml.count("//@id[not(starts-with(., 'second-'))]") == 0);
    CHECK(xml.count("//*[@id = preceding::*/@id]") == 0);
    CHECK(svg.find("url(#timeline") == svg.npos);
  }
}

TEST_CASE("the timeline has as many marks as the model, and says what they are") {
  auto events = history();
  events.push_back(event("x", "cancelled", "2025-01/2025-11", "2025-12-01", "park/x"));
  events.push_back(event("y", "opened", "2025-12/2026-02", "2026-03-01", "park/x"));
  const Scene scene(events);
  const auto views = scene.views();
  const Xml xml(svg_timeline(scene.vantage, views, Language::en).text);
  CHECK(xml.count(std::string(kMark)) == marks_of(views));
  std::size_t planned = 0;
  std::size_t possible = 0;
  for (const SubjectView& view : views)
    for (const TimelineMark& mark : view.marks) {
      planned += mark.happened == Happened::planned;
      possible += mark.happened == Happened::possibly;
    }
  CHECK(planned > 0);
  CHECK(possible > 0);
  CHECK(xml.count(std::string(kMark) + "[contains(@class, 'sn-plan')]") == planned);
  CHECK(xml.count(std::string(kMark) + "[contains(@class, 'sn-maybe')]") == possible);
  CHECK(xml.count(std::string(kMark) + "[not(s:title)]") == 0);
  CHECK(xml.count("//s:text[. = 'Bukhara Industry Development']") == 1);  // and a second line
  CHECK(xml.count("//s:text[. = 'as of 31 December 2025']") == 1);
}

TEST_CASE("a plan is tied to what became of it, with its delay") {
  const Scene scene({plan("p", "opened", "2023-12", "2023-01-01", "park/x"),
                     event("a", "opened", "2024-02-15", "2024-02-20", "park/x")});
  const Xml xml(svg_timeline(scene.vantage, scene.views(), Language::ru).text);
  CHECK(xml.count("//s:path[contains(@class, 'sn-tie') and contains(@class, 'sn-late')]") == 1);
  CHECK(xml.count("//s:text[. = 'на 46–76 дней позже']") == 1);
  const Xml chart(svg_slippage_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(chart.count("//s:text[. = '46 to 76 days late']") == 1);
}

TEST_CASE("a plan that moved is tied to the newest of its key, with the way between them") {
  const Scene scene({plan("p", "opened", "2024-12-31", "2023-01-01", "park/x"),
                     plan("q", "opened", "2025-06-30", "2023-06-01", "park/x"),
                     plan("r", "opened", "2026-12-31", "2024-06-01", "park/x")});
  const Xml xml(svg_timeline(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:path[contains(@class, 'sn-tie') and contains(@class, 'sn-moved')]") == 1);
  CHECK(xml.count("//s:text[. = '730 days later']") == 1);
  CHECK(xml.count("//s:text[. = 'plan: opened (moved)']") == 2);
  const Xml chart(svg_slippage_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(chart.count("//s:text[. = 'moved, 730 days later']") == 1);
}

TEST_CASE("a plan that lapsed is struck out, and tells of the part that it is about") {
  Event phase = plan("p", "opened", "2024-12-31", "2023-01-01", "park/x");
  phase.part = "phase-2";
  const Scene scene({phase, event("c", "cancelled", "2024-02-15", "2024-02-20", "park/x")});
  const Xml xml(svg_timeline(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:text[. = 'plan: opened, phase-2 (lapsed)']") == 1);
  const Xml chart(svg_slippage_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(chart.count("//s:text[contains(., 'days late')]") <= 1);  // the axis
}

TEST_CASE("an overdue plan has been waiting at least since its target") {
  const Scene scene({plan("p", "opened", "2025-11-30", "2023-01-01", "park/x")});
  const Xml xml(svg_slippage_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:text[. = 'at least 31 days late']") == 1);
}

TEST_CASE("years without events are cut out of the axis") {
  const Scene scene({event("a", "announced", "1975", "1976-01-01", "park/x"),
                     event("b", "opened", "2024", "2024-12-31", "park/x")});
  const Xml xml(svg_timeline(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:path[contains(@class, 'sn-break')]") == 1);
  CHECK(xml.count("//s:text[. = '1976']") == 1);
  CHECK(xml.count("//s:text[. = '2000']") == 0);
}

TEST_CASE("numbers of bounds go on beyond their bars, and plans are outlines") {
  const auto quantity = [](Event e, const std::string& value, Bound bound) {
    e.quantities.push_back({"residents", value, "companies", bound, ""});
    return e;
  };
  const Scene scene({quantity(event("a", "residents-reported", "2024", "2024-12-31", "park/a"),
                              "10", Bound::more_than),
                     quantity(event("b", "residents-reported", "2024", "2024-12-31", "park/b"), "5",
                              Bound::exact),
                     quantity(plan("c", "residents-reported", "2027", "2024-12-31", "park/c"), "30",
                              Bound::exact)});
  const Xml xml(svg_figures_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:rect[contains(@class, 'sn-bar')]") == 2);
  CHECK(xml.count("//s:rect[contains(@fill, '-fades')]") == 1);
  CHECK(xml.count("//s:rect[contains(@class, 'sn-outline')]") == 1);
  CHECK(xml.count("//s:text[. = 'more than 10 companies']") == 1);
  CHECK(xml.count("//s:text[. = '30 companies (planned)']") == 1);
}

TEST_CASE("a range is drawn as one, and amounts in two currencies in two panels") {
  Event a = event("a", "residents-reported", "2024", "2024-12-31", "park/a");
  a.quantities = {{"residents", "4", "companies", Bound::more_than},
                  {"residents", "9", "companies", Bound::less_than},
                  {"investment", "5", "USD"},
                  {"investment", "7000", "RUB"}};
  Event b = event("b", "residents-reported", "2024", "2024-12-31", "park/b");
  b.quantities = {{"residents", "5", "companies"}, {"investment", "6", "USD"}};
  b.part = "phase-2";
  Event c = plan("c", "residents-reported", "2027", "2024-12-31", "park/c");
  c.quantities = {{"residents", "8", "companies", Bound::between, "", "12"}};
  const Scene scene({a, b, c});
  const Xml xml(svg_figures_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:rect[contains(@class, 'sn-weak')]") == 1);
  CHECK(xml.count("//s:rect[contains(@class, 'sn-outline')]") == 1);
  CHECK(xml.count("//s:line[contains(@class, 'sn-openend')]") == 4);
  CHECK(xml.count("//s:text[. = 'more than 4, less than 9 companies']") == 1);
  CHECK(xml.count("//s:text[. = 'between 8 and 12 companies (planned)']") == 1);
  CHECK(xml.count("//s:text[. = 'investment']") == 2);
  CHECK(xml.count("//s:text[. = 'park/b (phase-2)']") == 2);
}

TEST_CASE("what is about a number goes on where it is open, and a range of it has no sharp ends") {
  const auto told = [](const char* id, const char* park, std::vector<Quantity> quantities) {
    Event e = event(id, "residents-reported", "2024", "2024-12-31", park);
    for (Quantity& each : quantities) {
      each.measure = "residents";
      each.unit = "companies";
      each.accrual = Accrual::flow;
    }
    e.quantities = std::move(quantities);
    return e;
  };
  const auto about = [](const char* value) { return Quantity{"", value, "", Bound::about}; };
  const Scene scene({told("a", "park/a", {about("100"), {"", "50", "", Bound::more_than}}),
                     told("b", "park/b", {about("100"), {"", "50", "", Bound::at_most}}),
                     told("c", "park/c", {about("90"), {"", "20", "", Bound::between, "", "30"}})});
  const Xml xml(svg_figures_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count("//s:text[. = 'about 150 companies, or more']") == 1);
  CHECK(xml.count("//s:text[. = 'about 150 companies, or less']") == 1);
  CHECK(xml.count("//s:text[. = 'about 110 to 120 companies']") == 1);
  CHECK(xml.count("//s:rect[contains(@fill, '-fades')]") == 1);  // a goes on
  CHECK(xml.count("//s:path[contains(@class, 'sn-openend')]") == 1);
  CHECK(xml.count("//s:rect[contains(@class, 'sn-weak')]") == 2);     // b, and what c may be
  CHECK(xml.count("//s:line[contains(@class, 'sn-openend')]") == 1);  // of b
}

TEST_CASE("the chart of statuses counts the parks as of the vantage, and at no other") {
  Scene scene(history());
  const Xml now(svg_status_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(now.count("//s:text[. = '2 operating']") == 1);
  CHECK(now.count("//s:text[. = '1 completed']") == 1);
  scene.vantage.known_by = day("2025-10-01");
  const Xml before(svg_status_chart(scene.vantage, scene.views(), Language::en).text);
  CHECK(before.count("//s:text[. = '1 operating']") == 1);
  CHECK(before.count("//s:text[contains(., 'completed')]") == 0);
}

TEST_CASE("what came from outside stays text") {
  Event hostile = event("a", "opened", "2024-03", "2024-05-01", "park/x");
  hostile.title.en = "</text><script>alert(1)</script> & \"q\" ]]> &#0;";
  hostile.sources = {{"<b>P</b>", "2024-05-01", "https://example.org/?a=1&b=2", ""}};
  hostile.quantities.push_back({"m", "5", "<u>", Bound::exact, ""});
  Event named = event("b", "described", "", "2024-05-01", "park/x");
  named.description = Description{};
  named.description->names.en = "<img src=x onerror=alert(1)>";
  named.description->kind = "park";
  const Scene scene({hostile, named});
  for (const Picture& picture : kPictures) {
    CAPTURE(picture.name);
    const std::string svg = picture.draw(scene.vantage, scene.views(), Language::en, {});
    const Xml xml(svg);
    CHECK(xml.count("//*[local-name() = 'script' or local-name() = 'img' or local-name() = 'b']") ==
          0);
    CHECK(svg.find("<script") == svg.npos);
  }
  CHECK(markup_escape("a\xEF\xBF\xBF") == "a\xEF\xBF\xBD");
  CHECK(markup_escape("<&\">\x01") == "&lt;&amp;&quot;&gt;\\u{1}");
}

TEST_CASE("where nothing is seen, pictures say so") {
  Scene scene(history());
  scene.vantage.known_by = day("2000-01-01");
  for (const Picture& picture : kPictures) {
    CAPTURE(picture.name);
    const Xml xml(picture.draw(scene.vantage, scene.views(), Language::uz, {}));
    CHECK(xml.count("//s:text") >= 2);
    CHECK(xml.count(std::string(kMark)) == 0);
  }
}

TEST_CASE("more subjects than there is room for are counted, not drawn") {
  std::vector<Event> events;
  for (std::size_t i = 0; i < kMostLanes + 5; ++i)
    events.push_back(event(fmt::format("e{}", i), "opened", "2024-03", "2024-05-01",
                           fmt::format("park/p{:03}", i)));
  const Scene scene(events);
  const Xml xml(svg_timeline(scene.vantage, scene.views(), Language::en).text);
  CHECK(xml.count(std::string(kMark)) == kMostLanes);
  CHECK(xml.count("//s:text[. = 'the first 200 of 205 are shown']") == 1);
}

TEST_CASE("a text that is too wide ends in an ellipsis, and never within a letter") {
  CHECK(svg_fitted("short", 11, 100) == "short");
  const std::string cut = svg_fitted("Химико-индустриальный технопарк", 11, 100);
  CHECK(cut.ends_with("…"));
  CHECK(svg_text_width(cut, 11) <= 100);
  CHECK(markup_escape(cut) == cut);  // still UTF-8
}
