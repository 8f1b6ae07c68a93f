#include "tools/report/html/report.hpp"
#include "tools/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>
#include <span>
#include <vector>

#include "engine/base/parallel.hpp"
#include "engine/proof/base64.hpp"
#include "engine/proof/sha256.hpp"
#include "events/subject.hpp"
#include "tools/report/catalogue.hpp"
#include "tools/report/html/columns.hpp"
#include "tools/report/html/packed.hpp"
#include "tools/report/html/page_data.hpp"
#include "tools/report/html/page_files.hpp"
#include "tools/report/html/page_words.hpp"
#include "tools/report/html/sections.hpp"
#include "tools/report/html/status_style.hpp"
#include "tools/report/html/text.hpp"
#include "tools/report/svg/pictures.hpp"
#include "tools/report/words/messages.hpp"
#include "tools/report/words/phrases.hpp"

namespace solnoma {
namespace {

/// Of so many subjects the page tells in full without a script.
constexpr std::size_t kToldInFull = 100;
/// Of so many subjects the board has rows without a script.
constexpr std::size_t kRowsWithoutScript = 2000;
/// JSON above this size is packed: below, whoever looks into the file can read it.
constexpr std::size_t kPackedAbove = 32 * 1024;

/// The fades and arrows that all pictures of the script share; the patterns of statuses stand with
/// them.
constexpr std::string_view kDefinitions =
    R"(<linearGradient id="fade-both"><stop offset="0" stop-opacity="0.06"/><stop offset="1" stop-opacity="0.75"/></linearGradient>
<linearGradient id="fade-left"><stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="0.7"/></linearGradient>
<linearGradient id="fade-right"><stop offset="0" stop-opacity="0.7"/><stop offset="1" stop-opacity="0"/></linearGradient>
<marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8Z"/></marker>
)";

/// What the page's policy allows to run, and nothing else: "sha256-…" of what stands between the
/// tags.
std::string script_hash(std::string_view script) {
  return "sha256-" + to_base64(bytes_of(sha256({script})));
}

/// What the page is made of, one method for each part, in their order.
class Page {
 public:
  Page(const Report& report, const std::vector<SubjectView>& views, const PagePart& review,
       PageData&& data, std::size_t of, std::size_t with_status, const Sink& sink)
      : vantage_(report.vantage()),
        language_(report.language()),
        views_(views),
        review_(review),
        data_(std::move(data)),
        nouns_(kind_words(data_.kinds, language_, report.kind_names())),
        of_(of),
        with_status_(with_status),
        sink_(sink),
        packing_(beside([this] { pack(); })) {}

  void write() {
    head();
    top();
    scrubbers();
    sink_("<main>\n");
    board();
    timeline();
    map();
    picture();
    charts();
    review();
    table();
    sources();
    sink_("</main>\n");
    foot();
    panels();
    data();
    sink_("</body>\n</html>\n");
  }

 private:
  [[nodiscard]] std::string word(std::string_view english) const {
    return markup_escape(translate(language_, english));
  }

  template <class... Values>
  void put(fmt::format_string<Values...> pattern, Values&&... values) {
    sink_(fmt::format(pattern, std::forward<Values>(values)...));
  }

  void head() {
    put("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        code_of(language_));
    put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
        "'{}' '{}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "
        "'none'\">\n",
        script_hash(page_script()), script_hash(page_guard()));
    sink_(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n");
    put("<title>{}</title>\n", title());
    put("<style>\n{}{}</style>\n</head>\n<body>\n", page_style(), status_style());
    put("<svg class=\"hush\" width=\"0\" height=\"0\" aria-hidden=\"true\" "
        "focusable=\"false\"><defs>\n{}{}</defs></svg>\n",
        status_patterns("p", "s"), kDefinitions);
  }

  [[nodiscard]] std::string title() const {
    return fmt::format("{}, {}", word("Chronicle report"),
                       markup_escape(in_words(vantage_, language_)));
  }

  void top() {
    put("<header class=\"top\" id=\"top\">\n<div>\n<h1>{}</h1>\n<p class=\"vantage "
        "vantage-now\">{}</p>\n</div>\n",
        word("Chronicle report"), markup_escape(in_words(vantage_, language_)));
    put("<div class=\"tools script\">\n<button type=\"button\" class=\"tool\" id=\"vantage-back\" "
        "hidden>{}</button>\n<button type=\"button\" class=\"tool\" id=\"theme\" "
        "aria-pressed=\"false\">{}</button>\n<button type=\"button\" class=\"tool\" "
        "id=\"print\">{}</button>\n</div>\n",
        word("Back to the report's own dates"), word("Dark"), word("Print"));
    if (of_ > kMostOnPage)
      put("<p class=\"notice\">{}</p>\n",
          markup_escape(
              fill(translate(language_,
                             "This page shows {shown} of {all} subjects. Choose "
                             "others by name, region or partner; text, csv, "
                             "json and ics hold all."),
                   {{"shown", std::to_string(kMostOnPage)}, {"all", std::to_string(of_)}})));
    put("<p class=\"notice failure\">{}</p>\n",
        word("The moving part of this page did not start: this browser is too old for it, or the "
             "file is incomplete. What follows is the report on its own dates; a newer browser "
             "also shows every other day, and why."));
    put("<nav class=\"parts\" aria-label=\"{}\">", word("Parts of the report"));
    for (const auto& [id, english] : kParts)
      if (shown(id))
        put("<a {}href=\"#{}\">{}</a>", needs_script(id) ? "class=\"script\" " : "", id,
            word(english));
    sink_("</nav>\n</header>\n");
  }

  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kParts{{
      {"board", message("Board")},
      {"timeline", message("Timeline")},
      {"map", message("Map")},
      {"picture", message("Both axes of time")},
      {"charts", message("Charts")},
      {"review", message("What wants care")},
      {"table", message("Everything beneath")},
      {"sources", message("Sources")},
  }};

  [[nodiscard]] bool shown(std::string_view part) const {
    return parks() || (part != "board" && part != "map" && part != "picture");
  }
  [[nodiscard]] static bool needs_script(std::string_view part) {
    return part == "map" || part == "picture" || part == "table";
  }
  [[nodiscard]] bool parks() const {
    return std::ranges::any_of(views_, &has_status, &SubjectView::subject);
  }

  void scrubbers() {
    put("<section class=\"scrubbers script\" aria-label=\"{}\">\n<div class=\"bar-in\">\n",
        word("Vantage"));
    for (const auto& [id, english, hint] : {std::tuple{"as-of", message("As of"), "2025-12-31"},
                                            std::tuple{"known-by", message("Known by"), ""}})
      put("<div class=\"scrub\" id=\"scrub-{0}\"><label for=\"{0}-day\">{1}</label><input "
          "id=\"{0}-day\" type=\"text\" autocomplete=\"off\" "
          "spellcheck=\"false\" placeholder=\"{2}\" aria-errormessage=\"{0}-day-wrong\"><output "
          "for=\"{0}-day\"></output><p class=\"wrong\" id=\"{0}-day-wrong\" role=\"alert\" "
          "hidden></p></div>\n",
          id, word(english), *hint != '\0' ? hint : word("all that is known"));
    put("<details class=\"changes\" id=\"changes\" hidden><summary "
        "id=\"changes-line\">{}</summary><ul "
        "id=\"changes-list\"></ul></details>\n</div>\n</section>\n<p class=\"hush\" id=\"live\" "
        "aria-live=\"polite\"></p>\n",
        word("What changed"));
  }

  void part(std::string_view id, std::string_view english, std::string_view more = "") {
    put("<section class=\"part\" id=\"{0}\" aria-labelledby=\"{0}-title\">\n<div "
        "class=\"part-head\"><h2 id=\"{0}-title\" tabindex=\"-1\">{1}</h2>{2}</div>\n",
        id, word(english), more);
  }

  /// `key` is what the page sorts by, empty where it does not; of a measure "of MEASURE".
  struct Column {
    std::string key, head;
  };

  void table_head(std::string_view id, std::string_view caption, std::span<const Column> columns) {
    put("<table id=\"{}\" data-none=\"{}\"><caption class=\"hush\">{}</caption>\n<thead><tr>", id,
        word("nothing passes the filters"), word(caption));
    for (const auto& [key, head] : columns)
      key.empty() ? put("<th scope=\"col\">{}</th>", head)
                  : put("<th scope=\"col\" data-sort=\"{}\">{}</th>", markup_escape(key), head);
    sink_("</tr></thead>\n<tbody class=\"until-script\">\n");
  }

  void board() {
    part("board", message("Board"),
         fmt::format(R"(<span class="count script" id="board-count" data-of="{}"></span>)",
                     with_status_));
    sink_("<p class=\"notice script\" id=\"board-coarse\" hidden></p>\n");
    put("<div class=\"script\" id=\"board-legend\"></div>\n<div class=\"filters "
        "script\">\n<label>{}<input type=\"search\" id=\"filter-text\" "
        "autocomplete=\"off\"></label>\n<label>{}<select id=\"filter-region\"><option "
        "value=\"\">{}</option></select></label>\n<label>{}<select id=\"filter-partner\"><option "
        "value=\"\">{}</option></select></label>\n<button type=\"button\" class=\"tool\" "
        "id=\"filter-clear\" hidden>{}</button>\n</div>\n",
        word("Find"), word("Region"), word("all"), word("Partner"), word("all"),
        word("Clear filters"));
    sink_("<div class=\"frame wide-table\" id=\"board-frame\">\n");
    const std::vector<std::string> measures = html_measures(views_);
    std::vector<Column> columns{{"name", markup_escape(nouns_.head)},
                                {"status", word(message("Status"))},
                                {"since", word(message("Since"))},
                                {"latest", word(message("Latest event"))}};
    for (const std::string& measure : measures)
      columns.push_back({"of " + measure, markup_escape(html_measure_head(measure, language_))});
    columns.push_back({"plans", word(message("Plans"))});
    table_head("board-table", message("Board"), columns);
    std::vector<SubjectView>::const_iterator end = views_.begin();
    for (std::size_t rows = 0; end != views_.end() && rows < kRowsWithoutScript; ++end)
      if (has_status(end->subject)) ++rows;
    sink_(html_board_rows({views_.begin(), end}, measures, language_));
    sink_("</tbody>\n</table>\n</div>\n");
    if (with_status_ > kRowsWithoutScript)
      put("<noscript><p class=\"notice\">{}</p></noscript>\n",
          markup_escape(
              fill(translate(language_,
                             "Without a script the board has the first {shown} of {all}. The "
                             "charts count all that the page has; text, csv, json and xlsx hold "
                             "all."),
                   {{"shown", std::to_string(kRowsWithoutScript)},
                    {"all", std::to_string(with_status_)}})));
    sink_("</section>\n");
  }

  void timeline() {
    part(
        "timeline", "Timeline",
        fmt::format(
            R"(<span class="count script" id="tl-window"></span><div class="tools script"><label><input type="checkbox" id="whole-scale"> {}</label><button type="button" class="tool" id="zoom-out" aria-label="{}">−</button><button type="button" class="tool" id="zoom-in" aria-label="{}">+</button><button type="button" class="tool" id="zoom-all">{}</button></div>)",
            word("do not shorten empty stretches"), word("Zoom out"), word("Zoom in"),
            word("Whole")));
    put("<div class=\"script\">\n<div class=\"overview\" id=\"overview\"></div>\n<div class=\"tl\" "
        "id=\"tl\">\n<div class=\"tl-head\" id=\"tl-head-row\"><svg class=\"tl-axis\" "
        "id=\"tl-axis\" height=\"31\" aria-hidden=\"true\"></svg><div class=\"tl-names\" "
        "id=\"tl-names\" aria-hidden=\"true\"></div></div>\n<div class=\"frame\" "
        "id=\"tl-frame\"><div class=\"tl-plot\" id=\"tl-plot\" tabindex=\"0\" role=\"group\" "
        "aria-label=\"{}\"><div id=\"tl-lanes\"></div><div class=\"tl-over\" "
        "id=\"tl-over\" aria-hidden=\"true\"></div></div></div>\n</div>\n",
        word("Timeline: arrow keys move it, plus and minus zoom, Enter goes to the events"));
    signs();
    const std::vector<SubjectView> drawn(told_in_full().begin(), told_in_full().end());
    put("</div>\n<noscript>\n<div class=\"still\">{}</div>\n",
        svg_timeline(vantage_, drawn, language_).text);
    for (const SubjectView& view : told_in_full()) sink_(html_subject(view, language_));
    if (views_.size() > kToldInFull)
      put("<p>{}</p>\n",
          markup_escape(fill(translate(language_,
                                       "Without a script the page tells of the first {n} "
                                       "subjects in full."),
                             {{"n", std::to_string(kToldInFull)}})));
    sink_("</noscript>\n</section>\n");
  }

  /// What the marks of the timeline mean.
  void signs() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSigns{{
        {R"(<circle class="glyph" cx="15" cy="8" r="5"/>)", message("a milestone")},
        {R"(<circle class="glyph minor" cx="15" cy="8" r="3.6"/>)", message("another event")},
        {R"(<rect class="span fade-both" x="1" y="4" width="22" height="8" rx="4"/><circle class="glyph" cx="23" cy="8" r="5"/>)",
         message("on some day from the first to the last")},
        {R"(<path class="glyph hollow" d="M15 2l6 6l-6 6l-6-6z"/>)", message("a plan")},
        {R"(<path class="glyph hollow" d="M15 2l6 6l-6 6l-6-6z"/><path class="sign" d="M12.6 8l1.8 2l3-4"/>)",
         message("a plan that was met")},
        {R"(<path class="glyph hollow overdue" d="M15 2l6 6l-6 6l-6-6z"/><path class="sign" d="M15 5v3.4m0 1.7v1"/>)",
         message("an overdue plan")},
        {R"(<path class="glyph hollow moved" d="M15 2l6 6l-6 6l-6-6z"/><path class="sign" d="M12 8h5m-2-2.2l2.2 2.2l-2.2 2.2"/>)",
         message("a plan that has moved")},
        {R"(<path class="glyph hollow lapsed" d="M15 2l6 6l-6 6l-6-6z"/><path class="sign" d="M12 8h6"/>)",
         message("a plan that lapsed with its subject")},
    }};
    sink_("<ul class=\"signs\">");
    for (const auto& [drawing, english] : kSigns)
      put("<li><svg width=\"30\" height=\"16\" aria-hidden=\"true\">{}</svg>{}</li>", drawing,
          word(english));
    put("<li><svg width=\"30\" height=\"16\" aria-hidden=\"true\"><rect class=\"band fill-{}\" "
        "x=\"1\" "
        "y=\"2\" width=\"28\" height=\"6\"/><rect class=\"band maybe fill-{}\" x=\"1\" y=\"9\" "
        "width=\"28\" height=\"5\"/></svg>{}</li>",
        name(Status::under_construction), name(Status::operating),
        word("below the status: what else is possible"));
    sink_("</ul>\n");
    put("<p class=\"hint\">{}</p>\n",
        word("Drag to move; Ctrl and the wheel, or two fingers, to zoom. A click on a mark tells "
             "all about it."));
  }

  void map() {
    if (!parks()) return;
    sink_("<div class=\"script\">\n");
    part("map", message("Map"));
    put("<p class=\"lead\">{}</p>\n<div id=\"map-frame\"></div>\n<p class=\"facts\" "
        "id=\"map-nowhere\"></p>\n<p class=\"hint\">{}</p>\n<details><summary>{}</summary><div "
        "class=\"frame\" id=\"map-list\"><table id=\"map-table\"><caption "
        "class=\"hush\">{}</caption>\n<thead><tr><th "
        "scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n"
        "<tbody></tbody></table></div></details>\n</section>\n</div>\n",
        word("A round mark stands where the place is known. Where no more than the region or the "
             "country is known, that is shaded, and square marks stand for no place in it."),
        word(
            "Outlines: Natural Earth; regions of Uzbekistan: svg-maps by Abduvali Mamajonov, CC BY "
            "4.0, simplified"),
        word("The same as a table"), word("Map"), markup_escape(nouns_.head), word("Place"),
        word("Status"));
  }

  void picture() {
    if (!parks()) return;
    sink_("<div class=\"script\">\n");
    part("picture", message("Both axes of time"));
    put("<p class=\"lead\">{}</p>\n<div class=\"filters\"><label>{}<select "
        "id=\"picture-choose\"></select></label></div>\n<div class=\"axis-names\"><span>↑ "
        "{}</span></div>\n<div id=\"picture-frame\"></div>\n<div "
        "class=\"axis-names\"><span></span><span>{} "
        "→</span></div>\n<p class=\"says\" "
        "id=\"picture-says\"></p>\n<details><summary>{}</summary><div "
        "class=\"frame\"><table "
        "id=\"picture-table\"></table></div></details>\n</section>\n</div>\n",
        word("Across: as of which day. Upwards: known by which day. Each field is one answer; on "
             "the dotted line both days are the same, and what lies above it is hindsight. A click "
             "moves the vantage."),
        markup_escape(nouns_.head), word("Known by"), word("As of"), word("The same as a table"));
  }

  void charts() {
    part("charts", message("Charts"));
    sink_("<div class=\"script\" id=\"charts-grid\"></div>\n<noscript>\n<div class=\"still\">\n");
    if (parks())
      put("{}\n{}\n{}\n", svg_status_chart(vantage_, views_, language_).text,
          svg_figures_chart(vantage_, views_, language_).text,
          svg_slippage_chart(vantage_, views_, language_).text);
    put("{}\n</div>\n</noscript>\n</section>\n",
        svg_indicators_chart(vantage_, views_, language_).text);
  }

  void review() {
    part("review", message("What wants care"),
         fmt::format(R"(<span class="count">{}</span>)", review_.count));
    put("<p class=\"lead\">{}</p>\n{}</section>\n",
        markup_escape(fill(translate(language_,
                                     "As seen from the report's own dates: {vantage}. Nothing of "
                                     "it is recorded."),
                           {{"vantage", in_words(vantage_, language_)}})),
        review_.html);
  }

  void table() {
    sink_("<div class=\"script\">\n");
    part("table", message("Everything beneath"), R"(<span class="count" id="data-count"></span>)");
    sink_("<div class=\"frame wide-table\" id=\"data-frame\">\n");
    const std::vector<Column> columns{
        {"when", word(message("When"))},       {"subject", word(message("Subject"))},
        {"type", word(message("Type"))},       {"title", word(message("What"))},
        {"known", word(message("Known"))},     {"", word(message("Source"))},
        {"", word(message("At the vantage"))}, {"position", word(message("Position"))},
        {"", word(message("Event id"))},
    };
    table_head("data-table", message("Everything beneath"), columns);
    sink_("</tbody>\n</table>\n</div>\n</section>\n</div>\n");
  }

  void sources() {
    part("sources", message("Sources"), R"(<span class="count script" id="sources-count"></span>)");
    put("<div class=\"frame\" id=\"sources-frame\"><ul class=\"sources until-script\" "
        "id=\"sources-list\">\n{}</ul></div>\n</section>\n",
        html_sources(told_in_full(), language_));
  }

  /// Those of which the page tells all without a script.
  [[nodiscard]] std::span<const SubjectView> told_in_full() const {
    return std::span(views_).first(std::min(kToldInFull, views_.size()));
  }

  void foot() {
    put("<a class=\"to-top script\" id=\"to-top\" href=\"#top\" hidden aria-label=\"{}\"><span "
        "aria-hidden=\"true\">↑</span></a>\n",
        word("To the top"));
    put("<footer class=\"foot\">\n<p class=\"vantage-now\">{}</p>\n<p>{}: {}</p>\n<p>solnoma "
        "{}</p>\n</footer>\n",
        markup_escape(in_words(vantage_, language_)), word("Made for"),
        markup_escape(in_words(vantage_, language_)), SOLNOMA_VERSION);
  }

  void panels() {
    put("<aside class=\"why-panel script\" id=\"why\" hidden aria-labelledby=\"why-title\">\n<div "
        "class=\"why-head\"><h2 id=\"why-title\">{}</h2><button type=\"button\" id=\"why-close\" "
        "aria-label=\"{}\"><span aria-hidden=\"true\">×</span></button><p class=\"facts\" "
        "id=\"why-vantage\"></p></div>\n<div "
        "class=\"why-body\" id=\"why-body\" tabindex=\"0\" role=\"group\" "
        "aria-labelledby=\"why-title\"></div>\n</aside>\n<div class=\"tip\" id=\"tip\" "
        "role=\"status\" "
        "hidden></div>\n",
        word("Why this status"), word("Close"));
  }

  void data() {
    JsonWriter words;
    write_page_words(words, language_, nouns_.counted);
    put("<script type=\"application/json\" id=\"words\">{}</script>\n", in_script(words.text()));
    packing_.get();
    embed("id=\"data\"", data_.core);
    for (const std::string& part : data_.parts) embed("class=\"data-part\"", part);
    put("<script>{}</script>\n<script type=\"module\">{}</script>\n", page_guard(), page_script());
  }

  /// What is long is packed while the rest is written.
  void pack() {
    std::size_t bytes = data_.core.size();
    for (const std::string& part : data_.parts) bytes += part.size();
    packs_ = bytes > kPackedAbove;
    if (!packs_) return;
    data_.core = packed(data_.core);
    for (std::string& part : data_.parts) part = packed(part);
  }

  /// A text of the data, as it is or packed. `named`: an attribute.
  void embed(std::string_view named, std::string_view text) {
    packs_
        ? put("<script type=\"text/plain\" {} data-encoding=\"deflate\">{}</script>\n", named, text)
        : put("<script type=\"application/json\" {}>{}</script>\n", named, in_script(text));
  }

  /// JSON that no parser of HTML takes for the end of the script, or for the start of another.
  static std::string in_script(std::string_view json) {
    std::string out;
    for (const char c : json) c == '<' ? out += "\\u003c" : out += c;
    return out;
  }

  const Vantage& vantage_;
  Language language_;
  const std::vector<SubjectView>& views_;
  const PagePart& review_;
  PageData data_;
  KindWords nouns_;
  std::size_t of_;           ///< how many subjects there were to show
  std::size_t with_status_;  ///< of these, with a status
  const Sink& sink_;
  bool packs_ = false;
  std::future<void> packing_;  // last: it begins when all else is there
};

}  // namespace

Result<void> html_report(const Report& report, const PageReview& review, const Sink& sink) {
  const Report shown = report.first(kMostOnPage);
  auto views = shown.views();
  if (!views) return std::unexpected(views.error());
  const auto care = review(shown);
  if (!care) return std::unexpected(care.error());
  auto data = page_data(shown);
  if (!data) return std::unexpected(data.error());
  Page(shown, *views, *care, std::move(*data), report.subjects(),
       report.with_status(true).subjects(), sink)
      .write();
  return {};
}

}  // namespace solnoma
