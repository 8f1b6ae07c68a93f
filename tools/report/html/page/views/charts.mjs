// Charts of what is to be seen from the vantage.

import { firstRows } from "../parts/chart_parts.mjs";
import { byId, el } from "../parts/dom.mjs";
import { figuresChart, indicatorRows, measureRows } from "./figures_chart.mjs";
import { Kept } from "../parts/lists.mjs";
import { kPaperWidth } from "../parts/paper.mjs";
import { measureLabel } from "../parts/parts.mjs";
import { slippageChart, slippageRows } from "./slippage_chart.mjs";
import { statusChart } from "./status_chart.mjs";
import { makeSums } from "./sums.mjs";
import { grouped, t } from "../data/words.mjs";

const kTwoFrom = 1000; // pixels from which figures stand side by side
const kBetween = 40;

const figure = (title, parts) => el("figure", {}, el("figcaption", {}, title), parts);

export function makeCharts(app) {
  const root = byId("charts-grid");
  const wide = el("div", { class: "wide" });
  const half = el("div", { class: "half" });
  const sums = makeSums(app);
  root.replaceChildren(wide, sums.node, half);
  const kept = new Kept();
  let frame = null; // of a figure in the grid; measured when the page's width changes
  let whole = null;

  /** Of more subjects than the page holds a sum is one of those that it has. */
  const notAll = () => {
    const shown = app.data.subjects.filter((s) => s.hasStatus).length;
    const all = Number(byId("board-count")?.dataset.of ?? shown);
    const words = { shown: grouped(String(shown)), all: grouped(String(all)) };
    return shown < all
      ? el("p", { class: "facts" }, t("the first {shown} of {all} are shown", words))
      : null;
  };

  const drawStatus = () => {
    const parks = app.rows.filter((s) => s.subject.hasStatus);
    const chart = kept.get(
      "status",
      [whole.clientWidth, whole.paper, app.scale, app.state.knownBy, parks.map((s) => s.subject.index).join()],
      () => {
        const made = statusChart(app, whole);
        return { ...made, node: figure(t("By status over time"), [...made.parts, notAll()]) };
      },
    );
    chart.move(app.state.asOf);
    if (wide.firstChild !== chart.node || parks.length === 0)
      wide.replaceChildren(...(parks.length ? [chart.node] : []));
  };

  /** A figure that is drawn anew only when what it shows differs. */
  const shown = (key, title, rows, draw) =>
    kept.get(
      key,
      [
        frame.clientWidth,
        frame.paper,
        rows.length,
        firstRows(rows)
          .map((row) => `${row.place} ${row.key} ${row.name} ${row.text ?? `${row.least} ${row.most}`}`)
          .join("|"),
      ],
      () => figure(title, draw(rows)),
    );

  const drawRest = () => {
    const charts = [];
    const add = (prefix, rowsOf) => {
      for (const [key, rows] of rowsOf) {
        const [measure, unit] = key.split("\n");
        const currency = /^[A-Z]{3}$/.test(unit);
        const label = currency ? `${measureLabel(measure)}, ${unit}` : measureLabel(measure);
        charts.push(
          shown(`${prefix} ${key}`, label, rows, () => figuresChart(app, frame, rows, label)),
        );
      }
    };
    add("parks", measureRows(app));
    const late = slippageRows(app);
    if (late.length)
      charts.push(
        shown("slippage", t("Slippage of plans"), late, () => slippageChart(app, frame, late)),
      );
    add("of", indicatorRows(app));
    if (
      charts.length === half.children.length &&
      charts.every((chart, i) => chart === half.children[i])
    )
      return;
    app.keepFocus(half, () => half.replaceChildren(...charts));
  };

  // Of the page, not of the figures: these may be out of sight, and then have no size.
  const measure = () => {
    const main = document.querySelector("main");
    const style = getComputedStyle(main);
    const width = app.printing
      ? kPaperWidth
      : Math.floor(
          main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
        );
    const two = app.printing || width >= kTwoFrom;
    half.classList.toggle("two", two);
    const paper = app.printing === true;
    whole = { clientWidth: width, paper };
    frame = { paper, clientWidth: two ? Math.floor((width - kBetween) / 2) : width };
  };
  return {
    where: byId("charts"),
    needsWhole: true,
    draw(flags) {
      if (flags.size || !frame) measure();
      if (flags.sums) sums.draw(whole);
      if (!(flags.vantage || flags.filter || flags.size || flags.scale)) return;
      drawStatus();
      sums.draw(whole);
      drawRest();
    },
  };
}
