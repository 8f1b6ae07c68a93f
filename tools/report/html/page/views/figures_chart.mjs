// Reported numbers as bars. Bounds are drawn as what they are: a number that is "more than" has an
// open end, a range is pale between its ends.

import {
  chartSize,
  drawRows,
  firstRows,
  niceTicks,
  restOf,
  shortNumber,
  wordsBesides,
} from "../parts/chart_parts.mjs";
import { svg } from "../parts/dom.mjs";
import { textWidth } from "../parts/text_width.mjs";
import { t } from "../data/words.mjs";

const kEnded = new Set(["exact", "between"]); // nothing is drawn beyond the number

/** One bar of a row with its bound, from zero at `x0`: [elements]. `x` places a number. */
function boundedBar({ bound, value, upper, open, planned }, x0, x, y, height, end) {
  const cls = `bar-mark${planned ? " planned" : ""}`;
  const bar = (a, b, pale = "") =>
    svg("rect", {
      class: cls + pale,
      x: a.toFixed(1),
      y,
      width: Math.max(1, b - a).toFixed(1),
      height,
    });
  const at = x(value);
  const middle = y + height / 2;
  const line = (d) => svg("path", { class: "open-end", d });
  const onwards = (by) =>
    [bar(x0, at), line(`M${at + 1} ${middle}H${Math.min(end, at + by)}m-5-4l5 4l-5 4`)];
  const backwards = () => [
    bar(x0, at, " under"),
    line(`M${at} ${y - 1}v${height + 2}M${at - 2} ${middle}h-12m5-4l-5 4l5 4`),
  ];
  switch (bound) {
    case "more-than":
    case "at-least":
      return onwards(26);
    case "slightly-more-than":
      return onwards(12);
    case "less-than":
    case "at-most":
      return backwards();
    case "between": {
      const last = x(upper);
      return [
        bar(x0, at),
        bar(at, last, " under"),
        line(`M${at} ${y - 1}v${height + 2}M${last} ${y - 1}v${height + 2}`),
      ];
    }
    case "about":
      if (open) return open === "above" ? onwards(26) : backwards();
      if (upper > value) return [bar(x0, at), bar(at, x(upper), " under")];
      return [bar(x0, at), line(`M${at} ${middle}m-6 0q3-5 6 0t6 0`)];
    default:
      return [bar(x0, at)];
  }
}

const isRank = (row) => row.unit === "rank"; // twice of it is not twice as much

/** "plan: about 60 million US dollars", "33 percent (2024)": what stands at a bar. */
const barWords = (row) => (row.planned ? `${t("plan")}: ${row.text}` : row.text);

/** Bars of `rows`, which begin with the largest: [elements]. */
export function figuresChart(app, frame, rows, label) {
  const { width, narrow } = chartSize(frame);
  const left = narrow ? 8 : 240;
  const shown = firstRows(rows).map((row) => ({ ...row, words: barWords(row) }));
  const besides = wordsBesides(shown, left, width);
  const rowHeight = (narrow ? 44 : 30) + besides.height;
  const height = shown.length * rowHeight + (shown.some(isRank) ? 6 : 26);
  const most = Math.max(1, ...shown.map((row) => row.upper));
  const x = (v) => left + (Math.max(0, v) / most) * (besides.right - left);
  const root = svg("svg", { width, height, role: "group", "aria-label": label });
  let end = -Infinity;
  const whole = shown.every((row) => Number.isInteger(row.value) && Number.isInteger(row.upper));
  const ticks = niceTicks(most, narrow ? 3 : 5).filter((v) => !whole || Number.isInteger(v));
  for (const v of shown.some(isRank) ? [] : ticks) {
    const words = shortNumber(v);
    const half = textWidth(words) / 2;
    const from = v === 0 ? x(v) : x(v) - half;
    const tick = svg("g", { class: "axis" });
    tick.append(svg("line", { class: "grid", x1: x(v), x2: x(v), y1: 0, y2: height - 20 }));
    if (from > end + 6) {
      tick.append(svg("text", { x: from, y: height - 5 }, words));
      end = from + 2 * half;
    }
    root.append(tick);
  }
  drawRows(app, root, shown, { width, narrow, left, rowHeight }, (row, y) =>
    isRank(row)
      ? [besides.words(row, left, y)]
      : [
          boundedBar(row, left, x, y - 8, 15, width - 4),
          besides.words(row, x(row.upper) + (kEnded.has(row.bound) ? 8 : 34), y),
        ],
  );
  return [root, restOf(rows)];
}

/** The row of a number; `place` says where it is explained. */
function rowOf(seen, place, quantity, part, planned) {
  const value = Number(quantity.value);
  return {
    name: part ? `${seen.name} (${part})` : seen.name,
    place,
    key: ["bar", place, quantity.unit, quantity.period, part].filter(Boolean).join(":"),
    value,
    upper: quantity.upper === undefined ? value : Number(quantity.upper),
    unit: quantity.unit,
    bound: quantity.bound,
    open: quantity.open,
    text: quantity.text,
    planned,
  };
}

/** Adds to a Map of "measure\nunit" to rows: numbers in two units never stand in one chart. */
function addRow(charts, quantity, row) {
  const key = `${quantity.measure}\n${quantity.unit}`;
  if (!charts.has(key)) charts.set(key, []);
  charts.get(key).push(row);
}

function addFigures(charts, seen) {
  for (const figure of seen.figures)
    addRow(
      charts,
      figure,
      rowOf(seen, `${seen.subject.subject}:${figure.measure}`, figure, figure.part, false),
    );
}

const kFirst = ["residents", "investment"];

/** Reported numbers of parks, largest first, and planned ones as hollow bars. */
export function measureRows(app) {
  const charts = new Map();
  for (const seen of app.rows) {
    if (!seen.subject.hasStatus) continue;
    addFigures(charts, seen);
    for (const plan of seen.plans)
      if (plan.state === "pending" || plan.state === "overdue")
        for (const quantity of seen.subject.events[plan.event].quantities) {
          const place = `${seen.subject.subject}@${plan.event}`;
          const { part } = seen.subject.events[plan.event];
          addRow(charts, quantity, rowOf(seen, place, quantity, part, true));
        }
  }
  for (const rows of charts.values()) rows.sort((a, b) => b.value - a.value);
  const rank = ([key]) => {
    const place = kFirst.indexOf(key.split("\n")[0]);
    return place < 0 ? kFirst.length : place;
  };
  return new Map([...charts].sort((a, b) => rank(a) - rank(b)));
}

/** Numbers of relations and programmes. */
export function indicatorRows(app) {
  const charts = new Map();
  for (const seen of app.rows) if (!seen.subject.hasStatus) addFigures(charts, seen);
  return charts;
}
