// Reported numbers as bars. Bounds are drawn as what they are: a number that is "more than" has an
// open end, a range is pale between its ends.

import {
  besides,
  chartSize,
  drawRows,
  firstRows,
  niceTicks,
  restOf,
  rightEdge,
  shortNumber,
} from "../parts/chart_parts.mjs";
import { svg } from "../parts/dom.mjs";
import { t } from "../data/words.mjs";

const kEnded = new Set(["exact", "between"]); // nothing is drawn beyond the number

/** One bar of a row with its bound, from zero at `x0`: [elements]. `x` places a number. */
function boundedBar({ bound, value, upper, planned }, x0, x, y, height, end) {
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
  switch (bound) {
    case "more-than":
    case "at-least":
    case "slightly-more-than": {
      const reach = Math.min(end, at + (bound === "slightly-more-than" ? 12 : 26));
      return [bar(x0, at), line(`M${at + 1} ${middle}H${reach}m-5-4l5 4l-5 4`)];
    }
    case "less-than":
    case "at-most":
      return [
        bar(x0, at, " under"),
        line(`M${at} ${y - 1}v${height + 2}M${at - 2} ${middle}h-12m5-4l-5 4l5 4`),
      ];
    case "between": {
      const last = x(upper);
      return [
        bar(x0, at),
        bar(at, last, " under"),
        line(`M${at} ${y - 1}v${height + 2}M${last} ${y - 1}v${height + 2}`),
      ];
    }
    case "about":
      return [bar(x0, at), line(`M${at} ${middle}m-6 0q3-5 6 0t6 0`)];
    default:
      return [bar(x0, at)];
  }
}

const kPatterns = {
  "more-than": "more than {}",
  "slightly-more-than": "slightly more than {}",
  "less-than": "less than {}",
  "at-least": "at least {}",
  "at-most": "at most {}",
  about: "about {}",
};

/** "more than 10", "more than 4, less than 9": a short number with its bound. */
function numberWords(row) {
  const number = (n) => shortNumber(n) + (row.unit === "percent" ? " %" : "");
  const bounded = (bound, n) => (kPatterns[bound] ? t(kPatterns[bound], { "": n }) : n);
  const value = number(row.value);
  if (row.bound !== "between") return bounded(row.bound, value);
  const upper = number(row.upper);
  if (row.excluded.length === 0)
    return t("between {low} and {high}", { low: value, high: upper });
  return [
    bounded(row.excluded.includes("value") ? "more-than" : "at-least", value),
    bounded(row.excluded.includes("upper") ? "less-than" : "at-most", upper),
  ].join(", ");
}

/** "more than 10", "plan: about 60 m", "33 % (2024)": what stands at a bar. */
function barWords(row) {
  const words = numberWords(row);
  if (row.planned) return `${t("plan")}: ${words}`;
  return row.period ? `${words} (${row.period})` : words;
}

/** Bars of `rows`, which begin with the largest: [elements]. */
export function figuresChart(app, frame, rows, label) {
  const { width, narrow } = chartSize(frame);
  const left = narrow ? 8 : 240;
  const rowHeight = narrow ? 44 : 30;
  const shown = firstRows(rows).map((row) => {
    const words = barWords(row);
    const told = `${words}. ${row.name}: ${row.planned ? `${t("plan")}: ` : ""}${row.text}`;
    return { ...row, words, told };
  });
  const height = shown.length * rowHeight + 26;
  const most = Math.max(1, ...shown.map((row) => row.upper));
  const right = rightEdge(shown, width);
  const x = (v) => left + (Math.max(0, v) / most) * (right - left);
  const root = svg("svg", { width, height, role: "group", "aria-label": label });
  for (const v of niceTicks(most, narrow ? 3 : 5))
    root.append(
      svg(
        "g",
        { class: "axis" },
        svg("line", { class: "grid", x1: x(v), x2: x(v), y1: 0, y2: height - 20 }),
        svg(
          "text",
          { x: x(v), y: height - 5, "text-anchor": v === 0 ? "start" : "middle" },
          shortNumber(v),
        ),
      ),
    );
  drawRows(app, root, shown, { width, narrow, left, rowHeight }, (row, y) => [
    boundedBar(row, left, x, y - 8, 15, width - 4),
    besides(x(row.upper) + (kEnded.has(row.bound) ? 8 : 34), y + 4, row.words, width),
  ]);
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
    excluded: quantity.excluded ?? [],
    unit: quantity.unit,
    bound: quantity.bound,
    text: quantity.text,
    period: quantity.periodText,
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
