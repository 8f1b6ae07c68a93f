// Reported numbers as bars. Bounds are drawn as what they are: a number that is "more than" has an
// open end.

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

/** One bar of a number with its bound, from zero at `x0`: [elements]. */
function boundedBar(bound, x0, x, y, height, planned, end) {
  const cls = `bar-mark${planned ? " planned" : ""}`;
  const bar = (a, b) =>
    svg("rect", { class: cls, x: a.toFixed(1), y, width: Math.max(1, b - a).toFixed(1), height });
  const middle = y + height / 2;
  switch (bound) {
    case "more-than":
    case "slightly-more-than": {
      const reach = Math.min(end, x + (bound === "more-than" ? 26 : 12));
      return [
        bar(x0, x),
        svg("path", { class: "open-end", d: `M${x + 1} ${middle}H${reach}m-5-4l5 4l-5 4` }),
      ];
    }
    case "less-than":
      return [
        svg("rect", {
          class: `${cls} under`,
          x: x0.toFixed(1),
          y,
          width: Math.max(1, x - x0).toFixed(1),
          height,
        }),
        svg("path", {
          class: "open-end",
          d: `M${x} ${y - 1}v${height + 2}M${x - 2} ${middle}h-12m5-4l-5 4l5 4`,
        }),
      ];
    case "about":
      return [
        bar(x0, x),
        svg("path", { class: "open-end", d: `M${x} ${middle}m-6 0q3-5 6 0t6 0` }),
      ];
    default:
      return [bar(x0, x)];
  }
}

/** "more than 10", "plan: about 60 m", "33 % (2024)": what stands at a bar. */
function barWords(row) {
  const patterns = {
    "more-than": "more than {}",
    "slightly-more-than": "slightly more than {}",
    "less-than": "less than {}",
    about: "about {}",
  };
  const number = shortNumber(row.value) + (row.unit === "percent" ? " %" : "");
  const pattern = patterns[row.bound];
  const words = pattern ? t(pattern, { "": number }) : number;
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
    return { ...row, words, told, key: `bar:${row.place}` };
  });
  const height = shown.length * rowHeight + 26;
  const most = Math.max(1, ...shown.map((row) => row.value));
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
    boundedBar(row.bound, left, x(row.value), y - 8, 15, row.planned, width - 4),
    besides(x(row.value) + (row.bound === "exact" ? 8 : 34), y + 4, row.words, width),
  ]);
  return [root, restOf(rows)];
}

const rowOf = (name, place, quantity, planned) => ({
  name,
  place,
  value: Number(quantity.value),
  unit: quantity.unit,
  bound: quantity.bound,
  text: quantity.text,
  period: quantity.periodText,
  planned,
});

/** Reported numbers of one measure, and planned ones as hollow bars. */
export function measureRows(app, measure) {
  const rows = [];
  for (const seen of app.rows) {
    if (!seen.subject.hasStatus) continue;
    const id = seen.subject.subject;
    for (const figure of seen.figures)
      if (figure.measure === measure)
        rows.push(rowOf(seen.name, `${id}:${measure}`, figure, false));
    for (const plan of seen.plans)
      if (plan.state === "pending" || plan.state === "overdue")
        for (const quantity of seen.subject.events[plan.event].quantities)
          if (quantity.measure === measure)
            rows.push(rowOf(seen.name, `${id}@${plan.event}`, quantity, true));
  }
  return rows.sort((a, b) => b.value - a.value);
}

/** Numbers of relations and programmes: a Map of "measure\nunit" to rows. */
export function indicatorRows(app) {
  const byMeasure = new Map();
  for (const seen of app.rows) {
    if (seen.subject.hasStatus) continue;
    for (const figure of seen.figures) {
      const key = `${figure.measure}\n${figure.unit}`;
      if (!byMeasure.has(key)) byMeasure.set(key, []);
      byMeasure
        .get(key)
        .push(rowOf(seen.name, `${seen.subject.subject}:${figure.measure}`, figure, false));
    }
  }
  return byMeasure;
}
